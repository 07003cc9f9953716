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

    /// <summary>Says whether an interval around zero is narrow enough to be of use.</summary>
    public static bool IsUseful(Interval ratio) => Math.Max(-ratio.Low, ratio.High) <= UselessRatio;

    /// <summary>Writes it; null without an interval.</summary>
    public static IntervalStatement? Of(MetricComparison comparison)
    {
        if (comparison.Ratio is not { } ratio)
        {
            return null;
        }

        var label = VerdictLabel.For(comparison);
        if (comparison.IsOutOfReachOfTool)
        {
            return new IntervalStatement(label, Range(ratio), VerdictWording.Undecided(comparison));
        }

        var isUnsure = !comparison.IsOverruledByControl && comparison.Verdict is Verdict.Inconclusive && !IsUseful(ratio);
        return new IntervalStatement(
            label,
            Change(ratio) ?? (isUnsure || comparison.IsOverruledByControl ? label.InSentence : "no change found"),
            comparison switch
            {
                { IsOverruledByControl: true } => ControlNote(comparison),
                { Undecided.Reason: UndecidedReason.OutOfReach or UndecidedReason.NotAfterAdjustment } => "too many arms for proof",
                _ when Change(ratio) is not null => null,
                _ => isUnsure ? Range(ratio) : Missed(ratio),
            });
    }

    /// <summary>
    /// Says how small a cost could have been missed where none is found. The figure is the upper bound of the interval, on every
    /// screen: <c>a cost above 1.3 % could not have been missed</c>.
    /// </summary>
    public static string Missed(Interval ratio) => ratio.High > 0
        ? $"a cost above {Scale(ratio).WithUnit(ratio.High)} could not have been missed"
        : Range(ratio);

    /// <summary>Says why the control takes a change away: <c>the control moved as much</c>.</summary>
    public static string ControlNote(MetricComparison comparison) =>
        comparison.Undecided?.Reason == UndecidedReason.ControlNotMeasured ? "the control was not measured" : "the control moved as much";

    private static string? Change(Interval ratio) => ratio switch
    {
        { Low: > 0 } => $"{Scale(ratio).Number(ratio.Low)} to {Scale(ratio).WithUnit(ratio.High)} more",
        { High: < 0 } => $"{Scale(ratio).Number(-ratio.High)} to {Scale(ratio).WithUnit(-ratio.Low)} less",
        _ => null,
    };

    private static string Range(Interval ratio) => $"{Scale(ratio).NumberWithSign(ratio.Low)} to {Scale(ratio).SignedWithUnit(ratio.High)}";

    private static QuantityFormat Scale(Interval ratio) => QuantityFormat.ForChanges([ratio]);
}

/// <summary>What an interval shows.</summary>
/// <param name="Label">Whether the change matters; null where nothing says so.</param>
/// <param name="Text">The change in words: <c>2.6 to 5.8 % more</c>.</param>
/// <param name="Note">What it leaves open, or how small a cost could have been missed; null where there is nothing to add.</param>
internal sealed record IntervalStatement(VerdictLabel? Label, string Text, string? Note)
{
    /// <summary>Gets sign and text on one line.</summary>
    public string Words => Label is null ? Text : $"{Label.Sign} {Text}";
}
