using PerfLab.Experiments;

namespace PerfLab.Reporting.Wording;

/// <summary>A finding's severity in a word, with a sign that stands without colour.</summary>
internal static class FindingWording
{
    /// <summary>Gets sign, word and a stable key for styles.</summary>
    public static (string Sign, string Word, string Key) For(FindingSeverity severity) => severity switch
    {
        FindingSeverity.Invalid => ("✕", "Does not count", "invalid"),
        FindingSeverity.Warning => ("!", "Warning", "warning"),
        _ => ("i", "Note", "note"),
    };
}
