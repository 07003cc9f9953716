using PerfLab.Analysis.Trust;

namespace PerfLab.Reporting.Wording;

/// <summary>A trust level in a word, with a sign that stands without colour.</summary>
/// <param name="Sign">One character.</param>
/// <param name="Word">The word a reader sees.</param>
/// <param name="Meaning">What a reader may do with the numbers.</param>
/// <param name="Key">Stable lower-case key for styles.</param>
internal sealed record TrustLabel(string Sign, string Word, string Meaning, string Key)
{
    /// <summary>Takes the level off the front of a sentence that begins with it: here it stands in the badge already.</summary>
    public string WithoutLevel(string sentence)
    {
        var rest = sentence.StartsWith(Word + ":", StringComparison.OrdinalIgnoreCase) ? sentence[(Word.Length + 1)..].TrimStart() : sentence;
        return rest.Length == 0 ? sentence : char.ToUpperInvariant(rest[0]) + rest[1..];
    }

    /// <summary>Gets the label of a level.</summary>
    public static TrustLabel For(TrustLevel level) => level switch
    {
        TrustLevel.Trusted => new("✓", "Trusted", "The control came out the same as the baseline: the differences below can be used to decide.", "trusted"),
        TrustLevel.Limited => new("◇", "Limited", "The control was not tight enough: nothing smaller than its spread can be decided.", "limited"),
        TrustLevel.Untrusted => new("✕", "Untrusted", "The control moved: this run can neither pass nor fail anything.", "untrusted"),
        _ => new("?", "Undecided", "There are too few launch sets to say anything with 95 % confidence.", "undecided"),
    };
}
