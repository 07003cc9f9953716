using System.Globalization;
using System.Text;

namespace PerfLab.Experiments.Thresholds;

/// <summary>Text of unknown origin as it may stand in a message: one line, printable, and of bounded length.</summary>
internal static class QuotedText
{
    // Long enough for any threshold that somebody reads.
    private const int ShownLength = 60;

    internal static string Of(string text)
    {
        var quoted = new StringBuilder("'");
        foreach (var character in text.AsSpan(0, Math.Min(text.Length, ShownLength)))
        {
            // Anything else could move the cursor, turn the direction of writing, or look like another letter.
            _ = character is >= ' ' and <= '~'
                ? quoted.Append(character)
                : quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
        }

        return quoted.Append(text.Length > ShownLength ? "...'" : "'").ToString();
    }
}
