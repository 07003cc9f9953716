namespace Shop.Redaction;

/// <summary>
/// Finds card numbers: 13 to 19 digits (ISO/IEC 7812-1) that begin as payment cards do, in one piece or in groups with
/// one space or hyphen between, whose last digit is right by Luhn's formula (ISO/IEC 7812-1, annex B).
/// </summary>
internal static class CardNumbers
{
    private const int FewestDigits = 13;
    private const int MostDigits = 19;

    /// <summary>Finds the next number.</summary>
    /// <param name="text">The text.</param>
    /// <param name="from">Where to begin.</param>
    /// <returns>Where it stands; null when there is none.</returns>
    public static Range? Find(ReadOnlySpan<char> text, int from)
    {
        for (var start = NextDigit(text, from); start < text.Length; start = NextDigit(text, EndOfGroup(text, start)))
        {
            // Payment cards begin with 2 to 6 (major industry identifiers); a point in time in milliseconds begins with 1.
            if (text[start] is >= '2' and <= '6' && IsBoundary(text, start - 1) && EndOfNumber(text, start) is { } end)
            {
                return start..end;
            }
        }

        return null;
    }

    /// <summary>Looks for the longest number that begins here and ends where a group of digits ends.</summary>
    private static int? EndOfNumber(ReadOnlySpan<char> text, int start)
    {
        int? found = null;
        Span<byte> digits = stackalloc byte[MostDigits];
        var count = 0;
        for (var at = start; at < text.Length; at++)
        {
            if (char.IsAsciiDigit(text[at]))
            {
                if (count == MostDigits)
                {
                    break;
                }

                digits[count++] = (byte)(text[at] - '0');
                if (count >= FewestDigits && IsBoundary(text, at + 1) && PassesLuhnCheck(digits[..count]))
                {
                    found = at + 1;
                }
            }
            else if (text[at] is not (' ' or '-') || !char.IsAsciiDigit(text[at - 1]))
            {
                break;
            }
        }

        return found;
    }

    private static bool PassesLuhnCheck(ReadOnlySpan<byte> digits)
    {
        var sum = 0;
        for (var index = 0; index < digits.Length; index++)
        {
            // Every second digit from the right counts double, and its own digits are added.
            var isDouble = (digits.Length - index) % 2 == 0;
            var value = digits[index] * (isDouble ? 2 : 1);
            sum += value > 9 ? value - 9 : value;
        }

        return sum % 10 == 0;
    }

    private static bool IsBoundary(ReadOnlySpan<char> text, int at) =>
        at < 0 || at >= text.Length || !(char.IsLetterOrDigit(text[at]) || text[at] == '_');

    private static int NextDigit(ReadOnlySpan<char> text, int from)
    {
        var offset = from >= text.Length ? -1 : text[from..].IndexOfAnyInRange('0', '9');
        return offset < 0 ? text.Length : from + offset;
    }

    private static int EndOfGroup(ReadOnlySpan<char> text, int from)
    {
        var offset = text[from..].IndexOfAnyExceptInRange('0', '9');
        return offset < 0 ? text.Length : from + offset;
    }
}
