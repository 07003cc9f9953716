using PerfLab.Experiments;
using PerfLab.Experiments.Results;

namespace PerfLab.Runner.Validity;

/// <summary>The validity checks of a launch set, before any statistics. Each is a case with its facts and its advice.</summary>
internal static class LaunchChecks
{
    /// <summary>Runs all checks. Of an arm whose back end was in trouble on purpose, slow and failed requests are the answer and no fault.</summary>
    /// <param name="launch">What was measured.</param>
    /// <param name="rounds">Rounds that the plan wants.</param>
    /// <param name="elsewhere">Arms that export elsewhere, or nowhere: the collector misses none of their spans.</param>
    public static IReadOnlyList<Finding> Run(LaunchRecord launch, int rounds, params IReadOnlyCollection<string> elsewhere) =>
    [
        .. launch.Arms.Where(arm => !arm.HadBackEndFault).SelectMany(LoadChecks.Run),
        .. launch.Arms.SelectMany(TargetChecks.Run),
        .. launch.Arms.Where(arm => !elsewhere.Contains(arm.Arm)).SelectMany(SpanChecks.Run),
        .. launch.Arms.SelectMany(TailSamplingChecks.Run),
        .. ErrorChecks.Run([.. launch.Arms.Where(arm => !arm.HadBackEndFault)]),
        .. LogChecks.Run(launch.Arms),
        .. GeneratorChecks.Run(launch.Lab),
        .. RoundChecks.Run(launch, rounds),
    ];
}

/// <summary>Whether requests failed, and in all arms alike.</summary>
internal static class ErrorChecks
{
    // Injected failures are random per arm: a tenth of a percent more than the arm with the fewest, and what chance adds to that,
    // is let pass before arms count as unequal.
    private const double ShareTolerance = 0.001;

    /// <summary>Checks the arms against each other.</summary>
    public static IEnumerable<Finding> Run(IReadOnlyList<ArmRecord> arms)
    {
        if (arms.Count == 0)
        {
            yield break;
        }

        var least = arms.Min(arm => ErrorCount(arm) / (double)Math.Max(1, StartedCount(arm)));
        foreach (var arm in arms)
        {
            var (errors, started) = (ErrorCount(arm), StartedCount(arm));
            if (errors == 0 || started == 0)
            {
                continue;
            }

            var isUnequal = errors > RareEvents.MostOf(least + ShareTolerance, started);
            yield return new Finding(
                isUnequal ? FindingSeverity.Invalid : FindingSeverity.Warning,
                isUnequal ? "errors-unequal" : "errors",
                arm.Arm)
            {
                Details = new RequestsFailed(errors, started, Kinds(arm)),
            };
        }
    }

    private static SortedDictionary<string, long> Kinds(ArmRecord arm) => new(
        arm.CountedSlices
            .SelectMany(slice => slice.Errors)
            .GroupBy(error => error.Key, StringComparer.Ordinal)
            .ToDictionary(kind => kind.Key, kind => kind.Sum(error => error.Value), StringComparer.Ordinal),
        StringComparer.Ordinal);

    private static long StartedCount(ArmRecord arm) => arm.CountedSlices.Sum(slice => slice.StartedCount);

    private static long ErrorCount(ArmRecord arm) => arm.CountedSlices.Sum(slice => slice.Errors.Values.Sum());
}
