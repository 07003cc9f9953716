using System.Globalization;

namespace PerfLab.Experiments.Thresholds;

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
            cursor.Fail(column, $"{QuotedText.Of(sign + whole + point + fraction)} is not a number.", advice);
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
