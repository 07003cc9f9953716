using System.Globalization;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;

namespace PerfLab.Analysis.Wording;

/// <summary>Writes the one sentence that answers the scenario's question for an arm.</summary>
internal static class AnswerWriter
{
    internal static string Write(PlannedArm arm, PlannedArm baseline, IReadOnlyDictionary<MetricId, MetricComparison> metrics, int launchSets) => arm.Role switch
    {
        _ when launchSets == 0 => $"{arm.Name}: nothing was measured, because no launch set counts.",
        ArmRole.Baseline => OfBaseline(arm.Name, metrics),
        ArmRole.Control => OfControl(arm.Name, baseline.Name, metrics),
        _ => OfVariant(arm.Name, metrics),
    };

    private static string OfBaseline(string arm, IReadOnlyDictionary<MetricId, MetricComparison> metrics)
    {
        var cpu = metrics[MetricId.Cpu].Value is { } seconds
            ? $"{QuantityFormat.For(MetricUnit.Seconds, seconds).WithUnit(seconds)} CPU"
            : "CPU not measured";
        var bytes = metrics[MetricId.Allocation].Value is { } allocated
            ? $"{QuantityFormat.For(MetricUnit.Bytes, allocated).WithUnit(allocated)} allocated per request"
            : "allocation not measured";
        return $"{arm} is the baseline: {cpu} and {bytes}.";
    }

    private static string OfControl(string arm, string baseline, IReadOnlyDictionary<MetricId, MetricComparison> metrics)
    {
        var checks = MetricCatalog.All.Where(metric => metric.IsPrimary).Select(metric => ControlText.Sentence(metrics[metric.Id]));
        return $"{arm} is the baseline {baseline} measured again: {string.Join("; ", checks)}.";
    }

    private static string OfVariant(string arm, IReadOnlyDictionary<MetricId, MetricComparison> metrics)
    {
        var cpu = CpuClause.Of(metrics[MetricId.Cpu]);
        string[] clauses = [cpu.Text, AllocationClause.Of(metrics[MetricId.Allocation]), LatencyClause.Of(metrics[MetricId.P50], metrics[MetricId.P99])];

        // A clause that needs commas of its own makes the others stand behind semicolons.
        var separator = clauses.Any(clause => clause.Contains(", ", StringComparison.Ordinal)) ? "; " : ", ";
        return $"{arm}{(cpu.IsVerb ? " " : ": ")}{string.Join(separator, clauses)}.";
    }
}

/// <summary>What the arm costs in CPU, as the beginning of a sentence.</summary>
/// <param name="Text">The words.</param>
/// <param name="IsVerb">Whether they begin with a verb, with the arm as its subject.</param>
internal sealed record CpuClause(string Text, bool IsVerb)
{
    internal static CpuClause Of(MetricComparison cpu)
    {
        if (cpu.Ratio is not { } ratio)
        {
            return new CpuClause($"CPU per request not measured ({cpu.NotMeasuredBecause})", IsVerb: false);
        }

        var limits = PercentText.Limits(cpu.PracticalThreshold);
        return cpu.Verdict switch
        {
            Verdict.Slower => new CpuClause($"costs {Change(ratio)}", IsVerb: true),
            Verdict.Faster => new CpuClause($"saves {Change(Mirrored(ratio))}", IsVerb: true),
            Verdict.Same => new CpuClause($"no CPU cost beyond {limits}", IsVerb: false),
            _ when ratio.Low > 0 => new CpuClause($"costs {Change(ratio)}, {NotDecided(ratio.Low > cpu.PracticalThreshold, limits)}", IsVerb: true),
            _ when ratio.High < 0 => new CpuClause($"saves {Change(Mirrored(ratio))}, {NotDecided(ratio.High < -cpu.PracticalThreshold, limits)}", IsVerb: true),
            _ => new CpuClause($"CPU per request: cannot tell, {PercentText.Change(ratio)}{Finds(cpu)}", IsVerb: false),
        };
    }

    private static string Change(Interval ratio) => $"{PercentText.Size(ratio)} CPU per request ({PercentText.Bounds(ratio)})";

    private static string NotDecided(bool isBeyond, string limits) => isBeyond
        ? $"beyond {limits} by its interval but not proven with so many variants and so few launch sets"
        : $"whether beyond {limits} is not decided";

    private static string Finds(MetricComparison cpu) =>
        cpu.DetectableEffect is { } effect ? $", this design finds {QuantityFormat.Percent(effect)} or more" : string.Empty;

    private static Interval Mirrored(Interval ratio) =>
        new(-ratio.Estimate, -ratio.High, -ratio.Low, ratio.ConfidenceLevel);
}

/// <summary>What the arm allocates more or less than the baseline, in bytes per request.</summary>
internal static class AllocationClause
{
    internal static string Of(MetricComparison allocation)
    {
        if (allocation is not { Ratio: { } ratio, Difference: { } difference })
        {
            return $"allocation not measured ({allocation.NotMeasuredBecause})";
        }

        var limits = PercentText.Limits(allocation.PracticalThreshold);
        return allocation.Verdict switch
        {
            Verdict.Same => $"no allocation beyond {limits}",
            _ when difference.Low > 0 => $"{Bytes(difference.Estimate)} more bytes allocated",
            _ when difference.High < 0 => $"{Bytes(-difference.Estimate)} fewer bytes allocated",
            _ => $"allocation: cannot tell, {PercentText.Change(ratio)}",
        };
    }

    private static string Bytes(double value) => value.ToString(value >= 10 ? "#,##0" : "0.0", CultureInfo.InvariantCulture);
}

/// <summary>What the arm does to response times: the median, and the 99th percentile where it can be told.</summary>
internal static class LatencyClause
{
    internal static string Of(MetricComparison p50, MetricComparison p99)
    {
        if (p50.Ratio is not { } median)
        {
            return $"latency not measured ({p50.NotMeasuredBecause})";
        }

        string[] changes = [.. new[] { p50, p99 }.Where(IsDetected).Select(Change)];
        return (changes.Length, p50.Verdict) switch
        {
            (> 0, _) => string.Join(" and ", changes),
            (_, Verdict.Same) => "no detectable latency",
            _ => $"no detectable latency (p50 {PercentText.Bounds(median)} %)",
        };
    }

    // Detected: the interval leaves zero outside, and the change is not shown to be too small to matter.
    private static bool IsDetected(MetricComparison metric) =>
        metric is { Ratio: { } ratio, Verdict: not Verdict.Same } && (ratio.Low > 0 || ratio.High < 0);

    private static string Change(MetricComparison metric) =>
        $"{MetricCatalog.Get(metric.Metric).InSentence} {PercentText.Change(metric.Ratio!)}";
}

/// <summary>What the control showed of one metric, in words.</summary>
internal static class ControlText
{
    internal static string Sentence(MetricComparison check)
    {
        var noun = MetricCatalog.Get(check.Metric).InSentence;
        var limits = PercentText.Limits(check.PracticalThreshold);
        return check switch
        {
            { Ratio: null } => $"{noun} not measured: {check.NotMeasuredBecause}",
            { Verdict: Verdict.Same } => $"{noun} {PercentText.Change(check.Ratio)}, the same within {limits}",
            { Verdict: Verdict.Inconclusive } => $"{noun} {PercentText.Change(check.Ratio)}, not shown to lie within {limits}",
            _ => $"{noun} {PercentText.Change(check.Ratio)}, beyond {limits}",
        };
    }
}
