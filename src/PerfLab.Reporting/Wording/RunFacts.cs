using System.Globalization;
using PerfLab.Analysis.Findings;
using PerfLab.Analysis.Metrics;
using PerfLab.Analysis.Runs;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Reporting.Wording;

/// <summary>Gathers the few figures that say how much work the numbers rest on.</summary>
internal static class RunFacts
{
    /// <summary>What to know where processors were busy nearly all the time.</summary>
    public const string MeaningOfQueueing = "response times are mostly queueing, and a cost in CPU looks smaller than it is with headroom";

    /// <summary>Gathers them.</summary>
    public static IReadOnlyList<Fact> Compose(RunAnalysis analysis, RunOutcome? outcome)
    {
        var plan = analysis.Plan;
        var voided = analysis.VoidedLaunchSets == 0 ? string.Empty : $", {DisplayText.Count(analysis.VoidedLaunchSets)} voided";
        List<Fact> facts =
        [
            new("Launch sets", $"{DisplayText.Count(analysis.LaunchSets)} of {DisplayText.Count(plan.LaunchSets)}{voided}"),
            new("Load on each arm", plan.Generator is { } generator ? $"{generator.Tool}, {GeneratorWording.Loop(generator, plan.RatePerSecond)}" : $"{DisplayText.Plain(Math.Round(plan.RatePerSecond, 1))} requests/s"),
            .. Busy(analysis) is { } busy ? [new Fact("Kept its processors busy", busy)] : Array.Empty<Fact>(),
            new("Intervals", MetricColumnFormat.Percent(RunConfidence.Level)),
            new("Measured", analysis.Manifest.StartedUtc.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture)),
        ];
        if (outcome is not null)
        {
            facts.Add(new Fact("Took", Duration(outcome.DurationSeconds)));
        }

        return facts;
    }

    /// <summary>Writes a duration as a reader says it: <c>42 s</c>, <c>9 min 42 s</c>, <c>2 h 5 min</c>.</summary>
    public static string Duration(double seconds)
    {
        var whole = TimeSpan.FromSeconds(Math.Round(seconds));
        return whole.TotalHours >= 1 ? string.Create(CultureInfo.InvariantCulture, $"{(int)whole.TotalHours}\u00a0h {whole.Minutes}\u00a0min")
            : whole.TotalMinutes >= 1 ? string.Create(CultureInfo.InvariantCulture, $"{whole.Minutes}\u00a0min {whole.Seconds}\u00a0s")
            : string.Create(CultureInfo.InvariantCulture, $"{whole.Seconds}\u00a0s");
    }

    /// <summary>Says it of a run whose processors had hardly any time to spare; null where they had.</summary>
    public static string? Queueing(RunAnalysis analysis) => Utilization.Of(analysis.Plan, analysis.Arms).Any(arm => arm.BusyShare > Utilization.QueueingShare)
        ? $"The load kept the processors {Busy(analysis)} busy: {MeaningOfQueueing}."
        : null;

    // Response times are to be read beside it, and so are costs (docs/measurement.md).
    private static string? Busy(RunAnalysis analysis)
    {
        double[] shares = [.. Utilization.Of(analysis.Plan, analysis.Arms).Select(arm => arm.BusyShare).Order()];
        return shares switch
        {
            [] => null,
            [var least, .., var most] when Percent(least) != Percent(most) => $"{Percent(least)} to {Percent(most)}\u00a0%",
            [var one, ..] => $"{Percent(one)}\u00a0%",
        };
    }

    private static string Percent(double share) => (100 * share).ToString("0", CultureInfo.InvariantCulture);
}

/// <summary>Lists what the run was made on and with.</summary>
internal static class MachineFacts
{
    private const string Unknown = "unknown";

    /// <summary>Lists the facts.</summary>
    public static IReadOnlyList<Fact> Compose(Manifest manifest, Plan plan)
    {
        var machine = manifest.Machine;
        return
        [
            new("Processor", $"{machine.ProcessorModel ?? Unknown}, {DisplayText.Counted(machine.LogicalProcessors, "logical processor")}"),
            new("Memory", $"{DisplayText.Plain(Math.Round(machine.MemoryBytes / 1e9, 1))}\u00a0GB"),
            new("Virtual machine", machine.Virtualised switch { true => "yes", false => "no", null => Unknown }),
            new("Operating system", machine.OperatingSystem),
            new("Kernel", machine.Kernel ?? Unknown),
            new("Architecture", machine.Architecture),
            new("Runtime of the lab", machine.Runtime),
            new("Placement", Placement(plan.Placement)),
            new("Runtime profile", Profile(plan.Runtime)),
            .. manifest.WorkingFolders.Select(process => new Fact($"Working folder of {process.Process}{(process.Arm is { } arm ? $" in {arm}" : string.Empty)}", process.Folder)),
            .. EnvironmentChanges(manifest),
            new("PerfLab", manifest.Commit is null ? manifest.ToolVersion : $"{manifest.ToolVersion}, commit {manifest.Commit}"),
        ];
    }

    /// <summary>Names a machine in a few words.</summary>
    public static string Line(MachineFingerprint machine) => string.Join(", ", new[] { machine.ProcessorModel, $"{machine.LogicalProcessors} logical processors", machine.OperatingSystem, machine.Runtime }.Where(text => !string.IsNullOrEmpty(text)));

    private static IEnumerable<Fact> EnvironmentChanges(Manifest manifest) => manifest.EnvironmentChanges.Count == 0
        ? []
        :
        [
            new Fact("Environment of the shell", "inherited by targets, but for what follows"),
            new Fact("Not inherited", string.Join(", ", ChangesOf(manifest, EnvironmentChangeKind.Removed).Select(change => change.Names.Count == 0 ? change.Rule : $"{change.Rule} (here {string.Join(", ", change.Names)})"))),
            new Fact("Set by PerfLab", string.Join(", ", ChangesOf(manifest, EnvironmentChangeKind.Set).Select(change => change.Rule))),
            .. ChangesOf(manifest, EnvironmentChangeKind.Kept).Select(change => new Fact("Inherited, and it changes how a runtime works", change.Rule)),
        ];

    private static IEnumerable<EnvironmentChange> ChangesOf(Manifest manifest, EnvironmentChangeKind kind) =>
        manifest.EnvironmentChanges.Where(change => change.Kind == kind);

    private static string Placement(Placement? placement) => placement is null
        ? "none: targets, generator and collector share all cores"
        : $"targets on {Cores(placement.TargetCores)}; generator and collector on {Cores(placement.LabCores)}";

    private static string Cores(IReadOnlyList<int> cores) => (cores.Count == 1 ? "core " : "cores ") + string.Join(", ", cores);

    private static string Profile(RuntimeProfile profile) => profile switch
    {
        RuntimeProfile.Lab => "lab: the default runtime without thread-pool spinning",
        RuntimeProfile.Steady => "steady: without tiered compilation; steadier between launches, and the answer differs somewhat from production's",
        RuntimeProfile.Production => "production: the runtime untouched",
        _ => Unknown,
    };
}

/// <summary>A named fact of a list.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Value">What is said of it.</param>
internal sealed record Fact(string Name, string Value);
