using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace PerfLab.Experiments.Thresholds;

/// <summary>Walks through a text, token by token. It goes back by one word at most, so that no text can make it slow.</summary>
internal sealed class TextCursor(string text)
{
    private int _position;

    /// <summary>Gets the column of the next token, from 1; one behind the text at its end.</summary>
    internal int Column
    {
        get
        {
            SkipSpace();
            return _position + 1;
        }
    }

    internal bool AtEnd => Column > text.Length;

    /// <summary>Gets the next character, white space left out; null at the end.</summary>
    internal char? Next => AtEnd ? null : text[_position];

    /// <summary>Takes a run of characters, white space before it left out; empty when there is none.</summary>
    internal string Take(Func<char, bool> belongs)
    {
        SkipSpace();
        return TakeAdjacent(belongs);
    }

    /// <summary>Gets the run of characters that <see cref="Take"/> would take.</summary>
    internal string PeekWord(Func<char, bool> belongs)
    {
        SkipSpace();
        var before = _position;
        var word = TakeAdjacent(belongs);
        _position = before;
        return word;
    }

    /// <summary>Takes a run of characters that follows without white space; empty when there is none.</summary>
    internal string TakeAdjacent(Func<char, bool> belongs)
    {
        var start = _position;
        while (_position < text.Length && belongs(text[_position]))
        {
            _position++;
        }

        return text[start.._position];
    }

    /// <summary>Takes one character if it comes next.</summary>
    internal bool TryTake(char wanted)
    {
        if (Next != wanted)
        {
            return false;
        }

        _position++;
        return true;
    }

    /// <summary>What comes next, as it stands in a message.</summary>
    internal string Describe() => Next is { } next ? QuotedToken.Of(next.ToString()) : "the end";

    [DoesNotReturn]
    internal void Fail(int column, string problem, string advice) => throw new ThresholdSyntaxException(text, column, problem, advice);

    // Only these two: a line break in a threshold is a mistake of the file around it.
    private void SkipSpace()
    {
        while (_position < text.Length && text[_position] is ' ' or '\t')
        {
            _position++;
        }
    }
}

/// <summary>Numbers as thresholds write them: digits, and perhaps a point with digits; a sign where it makes sense.</summary>
internal static class NumberToken
{
    /// <summary>Takes a number from a text.</summary>
    internal static string Take(TextCursor cursor, bool allowsSign, string advice)
    {
        var column = cursor.Column;
        var sign = allowsSign && cursor.TryTake('-') ? "-" : "";
        var whole = sign.Length > 0 ? cursor.TakeAdjacent(char.IsAsciiDigit) : cursor.Take(char.IsAsciiDigit);
        if (whole.Length == 0)
        {
            cursor.Fail(column, $"{(sign.Length > 0 ? "'-'" : cursor.Describe())} stands where a number belongs.", advice);
        }

        var point = cursor.TakeAdjacent(character => character == '.');
        if (point.Length == 0)
        {
            return sign + whole;
        }

        var fraction = cursor.TakeAdjacent(char.IsAsciiDigit);
        if (point.Length > 1 || fraction.Length == 0)
        {
            cursor.Fail(column, $"{QuotedToken.Of(sign + whole + point + fraction)} is not a number.", advice);
        }

        return $"{sign}{whole}.{fraction}";
    }

    internal static bool IsZero(string digits) => Value(digits, 0) == 0;

    /// <summary>
    /// The number times a power of ten. The power is read together with the digits, so that 1.1 ms is the double nearest to
    /// 0.0011, which a division would miss.
    /// </summary>
    internal static double Value(string digits, int powerOfTen) =>
        double.Parse(string.Create(CultureInfo.InvariantCulture, $"{digits}E{powerOfTen}"), NumberStyles.Float, CultureInfo.InvariantCulture) + 0.0;
}

/// <summary>Text of unknown origin as it may stand in a message: one line, printable, and of bounded length.</summary>
internal static class QuotedToken
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
