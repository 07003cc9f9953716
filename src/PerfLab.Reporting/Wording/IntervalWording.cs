using PerfLab.Analysis;
using PerfLab.Experiments;

namespace PerfLab.Reporting.Wording;

/// <summary>
/// Says what an interval of a relative change shows. Three statements are kept apart: whether there is a change (the interval
/// excludes zero), whether it matters (the practical threshold), and how large a change could have been missed.
/// </summary>
internal static class IntervalWording
{
    // Beyond this quarter of the baseline an interval around zero says nothing that anybody could use.
    private const double UselessRatio = 0.25;

    /// <summary>Writes it; null without an interval.</summary>
    public static IntervalStatement? Of(MetricComparison comparison)
    {
        if (comparison.Ratio is not { } ratio)
        {
            return null;
        }

        var verdict = VerdictLabel.For(comparison.Metric, comparison.Verdict ?? Verdict.Invalid);
        var scale = QuantityFormat.ForChanges([ratio]);
        return comparison.Verdict switch
        {
            _ when comparison.IsOverruledByControl => new("?", "unsure", Change(ratio, scale) ?? "cannot tell", "the control moved as much"),
            Verdict.Slower or Verdict.Faster => new(verdict.Sign, verdict.Key, Change(ratio, scale)!, null),
            Verdict.Same when Change(ratio, scale) is { } change => new(verdict.Sign, verdict.Key, change, null),
            Verdict.Same => new(verdict.Sign, verdict.Key, "no change found", Missed(ratio, scale)),
            _ when Change(ratio, scale) is { } change => new(ratio.Low > 0 ? "△" : "▽", "open", change, null),
            _ when Math.Max(-ratio.Low, ratio.High) > UselessRatio => new("?", "unsure", "cannot tell", Range(ratio, scale)),
            _ => new("–", "open", "no change found", Missed(ratio, scale)),
        };
    }

    private static string? Change(Interval ratio, QuantityFormat scale) => ratio switch
    {
        { Low: > 0 } => $"{scale.Number(ratio.Low)} to {scale.WithUnit(ratio.High)} more",
        { High: < 0 } => $"{scale.Number(-ratio.High)} to {scale.WithUnit(-ratio.Low)} less",
        _ => null,
    };

    private static string Missed(Interval ratio, QuantityFormat scale) => ratio.High > 0
        ? $"above {scale.WithUnit(ratio.High)} would show"
        : Range(ratio, scale);

    private static string Range(Interval ratio, QuantityFormat scale) => $"{scale.NumberWithSign(ratio.Low)} to {scale.SignedWithUnit(ratio.High)}";
}

/// <summary>What an interval shows.</summary>
/// <param name="Sign">One character: whether the change matters; empty where nothing says so.</param>
/// <param name="Key">Stable lower-case key for styles.</param>
/// <param name="Text">The change in words: <c>2.6 to 5.8 % more</c>.</param>
/// <param name="Note">What it leaves open, or how large a change could have been missed; null where there is nothing to add.</param>
internal sealed record IntervalStatement(string Sign, string Key, string Text, string? Note)
{
    /// <summary>Gets sign and text on one line.</summary>
    public string Words => Sign.Length == 0 ? Text : $"{Sign} {Text}";
}
