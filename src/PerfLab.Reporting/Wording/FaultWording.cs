using System.Globalization;
using PerfLab.Analysis;
using PerfLab.Analysis.Runs;
using PerfLab.Experiments.Plans;

namespace PerfLab.Reporting.Wording;

/// <summary>Says in words what back ends in trouble did to the services that export to them.</summary>
internal static class FaultWording
{
    // What a user of the service notices for certain.
    private const double Unharmed = 2;

    /// <summary>Writes one sentence without a full stop; null where no arm's back end was in trouble.</summary>
    public static string? Headline(RunAnalysis analysis)
    {
        var (well, unharmed, harmed) = Sort(analysis);
        var all = unharmed.Count + harmed.Count;
        if (all == 0)
        {
            return null;
        }

        var kept = $"within twice the baseline's median response time ({Milliseconds(well)}) while their back end was in trouble";
        return harmed.Count == 0
            ? $"{DisplayText.Counted(all, "arm")} stayed {kept}"
            : $"{DisplayText.Count(unharmed.Count)} of {DisplayText.Counted(all, "arm")} stayed {kept}; the worst, {DisplayText.Name(harmed[0].Name)}: {Median(harmed[0])}";
    }

    /// <summary>Names who was slowed down and who lost spans, in sentences.</summary>
    public static string Answer(RunAnalysis analysis)
    {
        var (well, unharmed, harmed) = Sort(analysis);
        ArmAnalysis[] lossless = [.. unharmed.Concat(harmed).Where(arm => arm.Spans.MissingCount == 0)];
        string[] sentences =
        [
            unharmed.Count == 0 ? string.Empty : $"In trouble, {Names(unharmed)} kept the median response time within twice the baseline's ({Milliseconds(well)}).",
            harmed.Count == 0 ? string.Empty : $"More than twice the baseline's median: {string.Join(", ", harmed.Select(arm => $"{DisplayText.Name(arm.Name)} ({Median(arm)})"))}.",
            lossless.Length == 0 ? "All of them lost spans." : $"Without a lost span: {Names(lossless)}.",
        ];
        return string.Join(' ', sentences.Where(sentence => sentence.Length > 0));
    }

    // The worst first; one that answered nothing is worse than any that did.
    private static (double? Well, IReadOnlyList<ArmAnalysis> Unharmed, IReadOnlyList<ArmAnalysis> Harmed) Sort(RunAnalysis analysis)
    {
        var well = analysis.Arms.Where(arm => arm.Role == ArmRole.Baseline).SelectMany(arm => arm.BackEnd).FirstOrDefault()?.P50Seconds?.Median;
        var inTrouble = analysis.Arms.Where(arm => InTrouble(arm) is not null).ToLookup(arm => InTrouble(arm)!.P50Seconds?.Median <= Unharmed * well);
        return (well, [.. inTrouble[true]], [.. inTrouble[false].OrderByDescending(arm => InTrouble(arm)!.P50Seconds?.Median ?? double.MaxValue)]);
    }

    private static FaultPhaseSummary? InTrouble(ArmAnalysis arm) => arm.BackEnd.FirstOrDefault(sight => sight.Trouble is not null);

    private static string Median(ArmAnalysis arm) => InTrouble(arm)!.P50Seconds is { } p50 ? Milliseconds(p50.Median) : "nothing answered";

    private static string Names(IEnumerable<ArmAnalysis> arms) => string.Join(", ", arms.Select(arm => DisplayText.Name(arm.Name)));

    private static string Milliseconds(double? seconds) =>
        seconds is { } known ? (known * 1e3).ToString("#,0.00", CultureInfo.InvariantCulture) + " ms" : "not measured";
}
