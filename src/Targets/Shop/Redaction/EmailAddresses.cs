namespace Shop.Redaction;

/// <summary>
/// Finds email addresses as people write them (RFC 5321 section 4.1.2 without quoted local parts), also with the
/// percent-encoded at sign of an address in a URL.
/// </summary>
internal static class EmailAddresses
{
    private const string EncodedAt = "%40";
    private const string LocalPunctuation = "!#$&'*+-./=?^_`{|}~%";

    /// <summary>Finds the next address.</summary>
    /// <param name="text">The text.</param>
    /// <param name="from">Where to begin.</param>
    /// <returns>Where it stands; null when there is none.</returns>
    public static Range? Find(ReadOnlySpan<char> text, int from)
    {
        for (var at = from; NextAt(text, at) is var (position, length) && position >= 0; at = position + length)
        {
            var start = StartOfLocalPart(text, from, position);
            var end = EndOfDomain(text, position + length);
            if (start < position && end is { } stop)
            {
                return start..stop;
            }
        }

        return null;
    }

    private static (int Position, int Length) NextAt(ReadOnlySpan<char> text, int from)
    {
        var rest = text[from..];
        var plain = rest.IndexOf('@');
        var encoded = rest.IndexOf(EncodedAt, StringComparison.Ordinal);
        if (encoded >= 0 && (plain < 0 || encoded < plain))
        {
            return (from + encoded, EncodedAt.Length);
        }

        return plain < 0 ? (-1, 0) : (from + plain, 1);
    }

    private static int StartOfLocalPart(ReadOnlySpan<char> text, int limit, int position)
    {
        var start = position;
        while (start > limit && (char.IsLetterOrDigit(text[start - 1]) || LocalPunctuation.Contains(text[start - 1], StringComparison.Ordinal)))
        {
            start--;
        }

        // What stands before it in a URL or a sentence is not part of it: ?user=jane@example.com, 'jane@example.com'.
        while (start < position && !char.IsLetterOrDigit(text[start]))
        {
            start++;
        }

        var assignment = text[start..position].LastIndexOfAny("=&?/");
        return assignment < 0 ? start : start + assignment + 1;
    }

    private static int? EndOfDomain(ReadOnlySpan<char> text, int start)
    {
        var end = start;
        while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] is '-' or '.'))
        {
            end++;
        }

        var domain = text[start..end].TrimEnd("-.");
        var dot = domain.LastIndexOf('.');
        return dot > 0 && domain.Length - dot > 2 && !domain[(dot + 1)..].ContainsAnyInRange('0', '9') ? start + domain.Length : null;
    }
}
