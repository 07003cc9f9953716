namespace PerfLab.Collector.PersonalData;

/// <summary>
/// Finds payment card numbers: 13 to 19 digits (ISO/IEC 7812-1), alone or in groups by single blanks or dashes, that begin as a
/// large issuer's cards do and end with Luhn's check digit. One random number in ten has that digit, so the issuer matters; and a
/// UUID, whose groups of digits are now and then such a number, is none.
/// </summary>
internal static class CardNumberDetector
{
    private const int FewestDigits = 13;
    private const int MostDigits = 19;

    // RFC 9562: five groups of hexadecimal digits with hyphens between.
    private const int UuidLength = 36;

    /// <summary>Finds the first one.</summary>
    public static PersonalDataMatch Find(string text)
    {
        Span<char> digits = stackalloc char[MostDigits];
        for (var start = 0; start < text.Length; start++)
        {
            var isFirst = char.IsAsciiDigit(text[start]) && (start == 0 || !(char.IsLetterOrDigit(text[start - 1]) || text[start - 1] == '.'));
            if (isFirst && EndOfCard(text, start, digits) is > 0 and var end && !IsInUuid(text, start))
            {
                return new PersonalDataMatch(start, end - start);
            }
        }

        return default;
    }

    // Collects digits with single separators between them; wherever a group ends, what was collected so far may be a card.
    private static int EndOfCard(string text, int start, Span<char> digits)
    {
        var count = 0;
        for (var place = start; place < text.Length && count < digits.Length; place++)
        {
            if (char.IsAsciiDigit(text[place]))
            {
                digits[count++] = text[place];
                var endsGroup = place + 1 == text.Length || !char.IsLetterOrDigit(text[place + 1]);
                if (endsGroup && count >= FewestDigits && IsCard(digits[..count]))
                {
                    return place + 1;
                }
            }
            else if (text[place] is not (' ' or '-') || place + 1 >= text.Length || !char.IsAsciiDigit(text[place + 1]))
            {
                break;
            }
        }

        return 0;
    }

    private static bool IsInUuid(string text, int place)
    {
        for (var first = Math.Max(0, place - UuidLength + 1); first <= place && first + UuidLength <= text.Length; first++)
        {
            if (Guid.TryParseExact(text.AsSpan(first, UuidLength), "D", out _))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsCard(ReadOnlySpan<char> digits) => HasIssuer(digits) && HasCheckDigit(digits);

    // The leading digits and lengths that Visa, Mastercard, American Express, Discover, JCB and Diners Club publish.
    private static bool HasIssuer(ReadOnlySpan<char> digits)
    {
        var four = int.Parse(digits[..4], System.Globalization.CultureInfo.InvariantCulture);
        return (four / 100, digits.Length) switch
        {
            ( >= 40 and <= 49, 13 or 16 or 19) => true,
            ( >= 51 and <= 55, 16) => true,
            (34 or 37, 15) => true,
            (60 or 64 or 65, >= 16) => four == 6011 || four / 10 is >= 644 and <= 659,
            (35, >= 16) => four >= 3528,
            (30 or 36 or 38 or 39, >= 14) => true,
            _ => digits.Length == 16 && four is >= 2221 and <= 2720,
        };
    }

    // H. P. Luhn, US patent 2,950,048: from the right, every second digit is doubled.
    private static bool HasCheckDigit(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var index = 0; index < digits.Length; index++)
        {
            var digit = digits[digits.Length - 1 - index] - '0';
            var weighed = index % 2 == 1 ? 2 * digit : digit;
            sum += weighed > 9 ? weighed - 9 : weighed;
        }

        return sum % 10 == 0;
    }
}
