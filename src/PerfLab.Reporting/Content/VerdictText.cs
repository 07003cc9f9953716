namespace PerfLab.Reporting.Content;

/// <summary>Says in plain words what the verdicts mean.</summary>
internal static class VerdictText
{
    /// <summary>Lists the verdicts with their signs.</summary>
    public static IReadOnlyList<Fact> Compose() =>
    [
        new("▲ More, Slower", "The whole interval lies above the practical threshold, and this holds although several arms were asked about: the arm needs more than the baseline, by enough to matter."),
        new("▼ Less, Faster", "The whole interval lies below the threshold, and this holds likewise: the arm needs less than the baseline, by enough to matter."),
        new("≈ Same", "The whole interval lies within the threshold on both sides: if there is a difference, it is too small to matter."),
        new("? Cannot tell", "Anything else (Inconclusive): the data do not settle whether the change matters, even where they show that there is one. Below it stands the change that this run would have found four times in five; or that the interval does lie beyond the threshold, but would be no proof among so many arms. More launch sets help against both."),
        new("– Not judged", "There is nothing to judge: the metric was not measured, or there are fewer than 6 launch sets, below which no 95 % interval exists."),
    ];
}
