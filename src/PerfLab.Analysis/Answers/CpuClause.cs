using PerfLab.Analysis.Formatting;

namespace PerfLab.Analysis.Answers;

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
