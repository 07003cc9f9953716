using PerfLab.Analysis.Thresholds;

namespace PerfLab.Reporting.Formatting;

/// <summary>What a run says of a threshold, in a word, with a sign that stands without colour.</summary>
/// <param name="Sign">One character.</param>
/// <param name="Word">The word a reader sees.</param>
/// <param name="Key">Stable lower-case key for styles.</param>
internal sealed record ThresholdLabel(string Sign, string Word, string Key)
{
    /// <summary>Gets the label of an outcome.</summary>
    public static ThresholdLabel For(ThresholdOutcome outcome) => outcome switch
    {
        ThresholdOutcome.Proven => new("✓", "Proven", "proven"),
        ThresholdOutcome.Violated => new("✕", "Violated", "violated"),
        _ => new("?", "Not decided", "open"),
    };
}
