using System.Globalization;
using PerfLab.Experiments.Plans;

namespace PerfLab.Experiments.Results;

/// <summary>
/// Finds launch sets that are copies, or of another run, by what they and the plan say. Checksums find every change; a run that was
/// killed, or made by an earlier version, has none.
/// </summary>
public static class RunConsistency
{
    // A clock that was set while the run began.
    private static readonly TimeSpan s_clockTolerance = TimeSpan.FromMinutes(1);

    // A launch set may count with fewer rounds than planned, and did so in no version with fewer than half of them.
    private const double LeastRounds = 0.5;

    // Of six standard deviations a Poisson count exceeds the least number of launch sets in a million runs; a schedule of few starts
    // rounds each slice.
    private const double Deviations = 6;
    private const double RateTolerance = 0.1;

    /// <summary>Checks all launch sets of a run, those that do not count among them.</summary>
    /// <param name="folder">The run.</param>
    /// <exception cref="InvalidDataException">A launch set is a copy or of another run, or the files cannot be compared; the message names it.</exception>
    public static void Check(RunFolder folder)
    {
        if (File.Exists(folder.PlanFile) && File.Exists(folder.ManifestFile) && Read(folder, () => FaultOf(folder)) is { } fault)
        {
            throw new InvalidDataException($"{folder.Path}: {fault} Restore the run from a copy, remove what does not belong to it, or run the scenario again.");
        }
    }

    /// <summary>Reads files that nothing vouches for: their numbers may contradict each other in any way, and what is always there may be missing.</summary>
    /// <param name="folder">The run.</param>
    /// <param name="read">Reads.</param>
    /// <param name="isExpected">Tells which errors say themselves what is wrong.</param>
    /// <exception cref="InvalidDataException">Reading failed with an error that is not expected.</exception>
    public static T Read<T>(RunFolder folder, Func<T> read, Func<Exception, bool>? isExpected = null)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (!(isExpected ?? IsExpected)(error))
        {
            throw new InvalidDataException($"{folder.Path}: its files contradict each other ({error.GetType().Name}: {error.Message}). Restore the run from a copy, or run the scenario again.", error);
        }
    }

    private static bool IsExpected(Exception error) => error is InvalidDataException or IOException or UnauthorizedAccessException or OperationCanceledException;

    private static string? FaultOf(RunFolder folder)
    {
        var (manifest, plan) = (folder.ReadManifest(), folder.ReadPlan());
        var counted = folder.ReadLaunches();
        LaunchRecord[] launches = [.. counted.Concat(folder.ReadVoidedLaunches()).OrderBy(launch => launch.Number)];
        return FaultOf(manifest, plan)
            ?? launches.Select(launch => FaultOf(launch, manifest)).FirstOrDefault(fault => fault is not null)
            ?? CopyAmong(launches)
            ?? MissingAmong(launches)
            ?? counted.SelectMany(launch => launch.Arms.Select(arm => FaultOf(launch, arm, plan))).FirstOrDefault(fault => fault is not null);
    }

    // Only a name that the program gave says of which scenario the run is.
    private static string? FaultOf(Manifest manifest, Plan plan) => !RunFinder.IsGivenName(manifest.RunId) || manifest.RunId.Contains($"-{plan.Scenario}-", StringComparison.Ordinal)
        ? null
        : $"manifest.json is of run {manifest.RunId}, and plan.json of scenario {plan.Scenario}.";

    private static string? FaultOf(LaunchRecord launch, Manifest manifest) => launch.StartedUtc >= manifest.StartedUtc - s_clockTolerance
        ? null
        : Text($"launch set {launch.Number} began at {launch.StartedUtc:u}, before the run did at {manifest.StartedUtc:u}.");

    // Two launch sets are never started at the same time, and no two processes have the same number and the same time to get ready.
    private static string? CopyAmong(LaunchRecord[] launches)
    {
        var starts = new Dictionary<DateTimeOffset, int>();
        var processes = new Dictionary<(int Id, double ReadySeconds), int>();
        foreach (var launch in launches)
        {
            if (!starts.TryAdd(launch.StartedUtc, launch.Number))
            {
                return Text($"launch sets {starts[launch.StartedUtc]} and {launch.Number} began at the same time, so one is a copy of the other.");
            }

            foreach (var process in launch.Arms.SelectMany(arm => arm.Processes).Select(process => (process.ProcessId, process.ReadySeconds)).Distinct())
            {
                if (!processes.TryAdd(process, launch.Number))
                {
                    return Text($"launch sets {processes[process]} and {launch.Number} have the same process {process.ProcessId}, so one is a copy of the other.");
                }
            }
        }

        return null;
    }

    // Each launch set that is completed gets the next number, whether it counts or not, also after a resumption.
    private static string? MissingAmong(LaunchRecord[] launches) => launches.Where((launch, index) => launch.Number != index + 1).FirstOrDefault() is { } after
        ? Text($"launch set {Array.IndexOf(launches, after) + 1} is in neither launches/ nor voided/, though launch set {launches[^1].Number} is.")
        : null;

    private static string? FaultOf(LaunchRecord launch, ArmRecord arm, Plan plan)
    {
        var rounds = arm.CountedSlices.Count();
        if (rounds > plan.Rounds || (launch.IsValid && rounds < LeastRounds * plan.Rounds))
        {
            return Text($"launch set {launch.Number} has {rounds} rounds of arm {arm.Arm}, and plan.json has {plan.Rounds}.");
        }

        var offered = arm.Slices.Sum(slice => slice.OfferedCount);
        var due = plan.RatePerSecond * arm.Slices.Sum(slice => slice.ScheduledSeconds);

        // A load tool has a rate of its own, which the checks of the run compare.
        return plan.Generator is null && Math.Abs(offered - due) > (Deviations * Math.Sqrt(due)) + (RateTolerance * due) + arm.Slices.Count
            ? Text($"launch set {launch.Number} offered {offered} requests to arm {arm.Arm}, and {due:0} are due by the rate in plan.json.")
            : null;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
