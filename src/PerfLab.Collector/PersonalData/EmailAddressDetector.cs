namespace PerfLab.Collector.PersonalData;

/// <summary>Finds e-mail addresses as people have them: an ASCII or Unicode local part, and a domain with a letter in its last label.</summary>
internal static class EmailAddressDetector
{
    // Besides letters and digits (RFC 5322, 3.2.3, atext, without / = ? & # that stand around addresses more often than in them).
    private const string LocalSigns = ".!$%*+-^_`{|}~";

    /// <summary>Finds the first one.</summary>
    public static PersonalDataMatch Find(string text)
    {
        for (var at = text.IndexOf('@', StringComparison.Ordinal); at >= 0; at = text.IndexOf('@', at + 1))
        {
            var start = at;
            while (start > 0 && (char.IsLetterOrDigit(text[start - 1]) || LocalSigns.Contains(text[start - 1], StringComparison.Ordinal)))
            {
                start--;
            }

            var end = at + 1;
            while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] is '.' or '-'))
            {
                end++;
            }

            end = TrimEnd(text, at, end);
            if (start < at && text[start] != '.' && IsDomain(text.AsSpan(at + 1, end - at - 1)))
            {
                return new PersonalDataMatch(start, end - start);
            }
        }

        return default;
    }

    private static int TrimEnd(string text, int at, int end)
    {
        while (end > at + 1 && text[end - 1] is '.' or '-')
        {
            end--;
        }

        return end;
    }

    private static bool IsDomain(ReadOnlySpan<char> domain)
    {
        var last = domain.LastIndexOf('.');
        return last > 0
            && domain.Length - last - 1 >= 2
            && domain[last + 1] is not '-'
            && !domain.Contains("..", StringComparison.Ordinal)
            && domain[(last + 1)..].ContainsAnyExceptInRange('0', '9');
    }
}
