using PerfLab.Experiments;
using PerfLab.Experiments.Results;

namespace PerfLab.Runner.Validity;

/// <summary>The validity checks of a launch set, before any statistics. Each is a case with its facts and its advice.</summary>
internal static class LaunchChecks
{
    /// <summary>Runs all checks. Of an arm whose back end was in trouble on purpose, slow and failed requests are the answer and no fault.</summary>
    /// <param name="launch">What was measured.</param>
    /// <param name="rounds">Rounds that the plan wants.</param>
    /// <param name="variants">Arms that nothing else is compared with: requests that only these fail or cannot take are their own fault and spoil no other arm.</param>
    /// <param name="elsewhere">Arms that export elsewhere, or nowhere: the collector misses none of their spans.</param>
    public static IReadOnlyList<Finding> Run(LaunchRecord launch, int rounds, IReadOnlyCollection<string> variants, params IReadOnlyCollection<string> elsewhere) =>
    [
        .. OfVariantsAlone([.. launch.Arms.Where(arm => !arm.HadBackEndFault).SelectMany(LoadChecks.Run)], variants),
        .. launch.Arms.SelectMany(TargetChecks.Run),
        .. launch.Arms.Where(arm => !elsewhere.Contains(arm.Arm)).SelectMany(SpanChecks.Run),
        .. launch.Arms.SelectMany(TailSamplingChecks.Run),
        .. OfVariantsAlone([.. ErrorChecks.Run([.. launch.Arms.Where(arm => !arm.HadBackEndFault)])], variants),
        .. LogChecks.Run(launch.Arms),
        .. launch.Arms.SelectMany(ToolRateChecks.Run),
        .. GeneratorChecks.Run(launch.Lab, launch.Arms.Any(arm => arm.IsOfTool)),
        .. RoundChecks.Run(launch, rounds),
    ];

    /// <summary>Runs those checks of a load level that its numbers rest on; what an arm does wrong otherwise is checked once for the launch set.</summary>
    /// <param name="level">The launch set with what was measured at the level.</param>
    /// <param name="rounds">Rounds that the level wants.</param>
    /// <param name="variants">Arms that nothing else is compared with.</param>
    public static IReadOnlyList<Finding> RunLevel(LaunchRecord level, int rounds, IReadOnlyCollection<string> variants) =>
    [
        .. OfVariantsAlone([.. level.Arms.SelectMany(LoadChecks.Run)], variants),
        .. OfVariantsAlone([.. ErrorChecks.Run(level.Arms)], variants),
        .. GeneratorChecks.Run(level.Lab),
        .. RoundChecks.Run(level, rounds),
    ];

    // Where the baseline or its control is affected too, the machine or the load is to blame, and nothing can be compared. Late
    // starts stay: it is PerfLab that was late, whatever arm it was meant for.
    private static IEnumerable<Finding> OfVariantsAlone(IReadOnlyList<Finding> findings, IReadOnlyCollection<string> variants)
    {
        var isOwn = findings.Where(IsAboutRequests).All(finding => variants.Contains(finding.Subject));
        return findings.Select(finding => isOwn && IsAboutRequests(finding) ? finding with { Severity = FindingSeverity.Warning } : finding);
    }

    private static bool IsAboutRequests(Finding finding) =>
        finding is { Severity: FindingSeverity.Invalid, Code: LoadChecks.RateMissed or LoadChecks.StartsDropped or ErrorChecks.ErrorsUnequal };
}

/// <summary>Whether requests failed, and in all arms alike.</summary>
internal static class ErrorChecks
{
    /// <summary>The code of errors that one arm has more of than another.</summary>
    public const string ErrorsUnequal = "errors-unequal";

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
                isUnequal ? ErrorsUnequal : "errors",
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
