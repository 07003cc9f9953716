namespace PerfLab.Reporting.Content;

/// <summary>Says in plain words what the verdicts mean.</summary>
internal static class VerdictText
{
    /// <summary>Lists the verdicts with their signs.</summary>
    public static IReadOnlyList<Fact> Compose() =>
    [
        new("▲ More, Slower", "The whole interval lies above the practical threshold: the arm needs more than the baseline, by enough to matter."),
        new("▼ Less, Faster", "The whole interval lies below the threshold: the arm needs less than the baseline, by enough to matter."),
        new("≈ Same", "The whole interval lies within the threshold on both sides: if there is a difference, it is too small to matter."),
        new("? Cannot tell", "The interval crosses the threshold (Inconclusive): the data do not settle whether the change matters, even where they show that there is one. Below it stands the change that this run would have found four times in five; more launch sets make it smaller."),
        new("– Not judged", "There is nothing to judge: the metric was not measured, or there are fewer than 6 launch sets, below which no 95 % interval exists."),
    ];
}
