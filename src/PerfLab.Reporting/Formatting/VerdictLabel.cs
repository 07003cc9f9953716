using PerfLab.Analysis;
using PerfLab.Experiments.Metrics;

namespace PerfLab.Reporting.Formatting;

/// <summary>A verdict in a word, with a sign that stands without colour.</summary>
/// <param name="Sign">One character.</param>
/// <param name="Word">The word a reader sees.</param>
/// <param name="Key">Stable lower-case key for styles.</param>
internal sealed record VerdictLabel(string Sign, string Word, string Key)
{
    /// <summary>Gets the word as it stands inside a sentence.</summary>
    public string InSentence => char.ToLowerInvariant(Word[0]) + Word[1..];

    /// <summary>Gets the label of a verdict; a response time is slower, everything else is more.</summary>
    public static VerdictLabel For(MetricId metric, Verdict verdict) => verdict switch
    {
        Verdict.Same => new("≈", "Same", "same"),
        Verdict.Slower => new("▲", IsResponseTime(metric) ? "Slower" : "More", "more"),
        Verdict.Faster => new("▼", IsResponseTime(metric) ? "Faster" : "Less", "less"),
        Verdict.Invalid => new("–", "Not judged", "none"),
        _ => new("?", "Cannot tell", "unsure"),
    };

    private static bool IsResponseTime(MetricId metric) => metric is MetricId.P50 or MetricId.P90 or MetricId.P99 or MetricId.P999 or MetricId.CompletionP50 or MetricId.CompletionP99;
}
