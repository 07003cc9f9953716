using System.Globalization;
using PerfLab.Analysis;
using PerfLab.Analysis.Runs;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;

namespace PerfLab.Reporting.Wording;

/// <summary>Writes the one sentence that answers the scenario's question for an arm.</summary>
public static class AnswerWording
{
    /// <summary>Writes it.</summary>
    public static string Write(ArmAnalysis arm, RunAnalysis analysis) => arm.Role switch
    {
        _ when analysis.LaunchSets == 0 => $"{arm.Name}: nothing was measured, because no launch set counts.",
        ArmRole.Baseline => OfBaseline(arm),
        ArmRole.Control => OfControl(arm, analysis.Baseline.Name),
        _ => OfVariant(arm),
    };

    /// <summary>Writes what a look at a run that goes on sees of an arm, in a line: <c>always-on: CPU per request +10.2 % (8.0 to 12.5), bytes allocated +22.1 % (21.9 to 22.3)</c>.</summary>
    public static string WriteProvisional(ArmAnalysis arm)
    {
        var changes = MetricCatalog.All
            .Where(metric => metric.IsPrimary)
            .Select(metric => (metric.InSentence, MetricTables.Find(arm, metric.Id)?.Ratio))
            .Where(change => change.Ratio is not null)
            .Select(change => $"{change.InSentence} {PercentText.Change(change.Ratio!)}");
        return $"{DisplayText.Name(arm.Name)}: {string.Join(", ", changes)}";
    }

    private static string OfBaseline(ArmAnalysis arm)
    {
        var cpu = arm.Get(MetricId.Cpu).Value is { } seconds
            ? $"{QuantityFormat.For(MetricUnit.Seconds, seconds).WithUnit(seconds)} CPU"
            : "CPU not measured";
        var bytes = arm.Get(MetricId.Allocation).Value is { } allocated
            ? $"{QuantityFormat.For(MetricUnit.Bytes, allocated).WithUnit(allocated)} allocated per request"
            : "allocation not measured";
        return $"{arm.Name} is the baseline: {cpu} and {bytes}.";
    }

    private static string OfControl(ArmAnalysis arm, string baseline)
    {
        var checks = MetricCatalog.All.Where(metric => metric.IsPrimary).Select(metric => ControlWording.Of(arm.Get(metric.Id)));
        return $"{arm.Name} is the baseline {baseline} measured again: {string.Join("; ", checks)}.";
    }

    private static string OfVariant(ArmAnalysis arm)
    {
        AnswerClause[] clauses = [CpuClause.Of(arm.Get(MetricId.Cpu)), AllocationClause.Of(arm.Get(MetricId.Allocation)), LatencyClause.Of(arm.Get(MetricId.P50), arm.Get(MetricId.P99))];

        // A clause that needs commas of its own makes the others stand behind semicolons.
        var separator = clauses.Any(clause => clause.HasCommas) ? "; " : ", ";
        return $"{arm.Name}{(clauses[0].IsVerb ? " " : ": ")}{string.Join(separator, clauses.Select(clause => clause.Text))}.";
    }
}

/// <summary>A part of an answer.</summary>
/// <param name="Text">The words.</param>
/// <param name="IsVerb">Whether they begin with a verb whose subject is the arm.</param>
/// <param name="HasCommas">Whether they hold a comma, so that other clauses cannot be set off by one.</param>
internal sealed record AnswerClause(string Text, bool IsVerb = false, bool HasCommas = false);

/// <summary>What the arm costs in CPU, as the beginning of a sentence.</summary>
internal static class CpuClause
{
    internal static AnswerClause Of(MetricComparison cpu)
    {
        if (cpu.Ratio is not { } ratio)
        {
            return new AnswerClause($"CPU per request not measured ({MissingWording.Of(cpu)})");
        }

        var limits = PercentText.Limits(cpu.PracticalThreshold);
        return cpu.Verdict switch
        {
            Verdict.Slower => new AnswerClause($"costs {Change(ratio)}", IsVerb: true),
            Verdict.Faster => new AnswerClause($"saves {Change(Mirrored(ratio))}", IsVerb: true),
            Verdict.Same => new AnswerClause($"no CPU cost beyond {limits}"),
            _ when cpu.IsOverruledByControl => FoundNothing.Clause(cpu, "CPU per request", "CPU cost"),
            _ when ratio.Low > 0 => new AnswerClause($"costs {Change(ratio)}, {NotDecided(ratio.Low > cpu.PracticalThreshold, limits)}", IsVerb: true, HasCommas: true),
            _ when ratio.High < 0 => new AnswerClause($"saves {Change(Mirrored(ratio))}, {NotDecided(ratio.High < -cpu.PracticalThreshold, limits)}", IsVerb: true, HasCommas: true),
            _ => FoundNothing.Clause(cpu, "CPU per request", "CPU cost"),
        };
    }

    private static string Change(Interval ratio) => $"{PercentText.Size(ratio)} CPU per request ({PercentText.Bounds(ratio)})";

    private static string NotDecided(bool isBeyond, string limits) => isBeyond
        ? $"beyond {limits} by its interval but not proven with so many variants and so few launch sets"
        : $"whether beyond {limits} is not decided";

    private static Interval Mirrored(Interval ratio) =>
        new(-ratio.Estimate, -ratio.High, -ratio.Low, ratio.ConfidenceLevel);
}

/// <summary>What is said of a metric whose interval contains zero and more than the practical threshold, or whose change the control does not bear out.</summary>
internal static class FoundNothing
{
    internal static AnswerClause Clause(MetricComparison comparison, string subject, string change) => comparison is { Ratio: { } ratio, IsOverruledByControl: false } && IntervalWording.IsUseful(ratio)
        ? new AnswerClause($"no {change} found, {PercentText.Change(ratio)}: {IntervalWording.Missed(ratio).Replace('\u00a0', ' ')}", HasCommas: true)
        : new AnswerClause($"{subject}: cannot tell, {PercentText.Change(comparison.Ratio!)}{(comparison.IsOverruledByControl ? $", because {IntervalWording.ControlNote(comparison)}" : string.Empty)}", HasCommas: true);
}

/// <summary>What the arm allocates more or less than the baseline, in bytes per request.</summary>
internal static class AllocationClause
{
    internal static AnswerClause Of(MetricComparison allocation)
    {
        if (allocation is not { Ratio: { } ratio, Difference: { } difference })
        {
            return new AnswerClause($"allocation not measured ({MissingWording.Of(allocation)})");
        }

        return allocation.Verdict switch
        {
            Verdict.Same => new AnswerClause($"no allocation beyond {PercentText.Limits(allocation.PracticalThreshold)}"),
            _ when allocation.IsOverruledByControl => FoundNothing.Clause(allocation, "allocation", "change of allocation"),
            _ when difference.Low > 0 => new AnswerClause($"{Bytes(difference.Estimate)} more bytes allocated"),
            _ when difference.High < 0 => new AnswerClause($"{Bytes(-difference.Estimate)} fewer bytes allocated"),
            _ => FoundNothing.Clause(allocation, "allocation", "change of allocation"),
        };
    }

    private static string Bytes(double value) => value.ToString(value >= 10 ? "#,##0" : "0.0", CultureInfo.InvariantCulture);
}

/// <summary>What the arm does to response times: the median, and the 99th percentile where a change is detected.</summary>
internal static class LatencyClause
{
    internal static AnswerClause Of(MetricComparison p50, MetricComparison p99)
    {
        if (p50.Ratio is null)
        {
            return new AnswerClause($"latency not measured ({MissingWording.Of(p50)})");
        }

        if (p50.IsOutOfReachOfTool)
        {
            return new AnswerClause($"latency not judged ({VerdictWording.Undecided(p50)})");
        }

        string[] changes = [.. new[] { p50, p99 }.Where(metric => metric.IsDetected).Select(Change)];
        return (changes.Length, p50.Verdict) switch
        {
            (> 0, _) => new AnswerClause(string.Join(" and ", changes)),
            (_, Verdict.Same) => new AnswerClause("no detectable latency"),
            _ => FoundNothing.Clause(p50, "latency", "latency of the median request"),
        };
    }

    private static string Change(MetricComparison metric) =>
        $"{MetricCatalog.Get(metric.Metric).InSentence} {PercentText.Change(metric.Ratio!)}";
}
