namespace PerfLab.Experiments;

/// <summary>Guesses what an author meant by a name that does not exist.</summary>
public static class NearestName
{
    // Longer names are not misspelled, they are something else; and the comparison is quadratic.
    private const int MaximumLength = 64;

    // Shorter beginnings fit too much.
    private const int MinimumBeginning = 3;

    /// <summary>The candidate that differs least, or else begins with the text; null where there is none.</summary>
    public static string? Find(string text, IReadOnlyCollection<string> candidates)
    {
        if (text.Length is 0 or > MaximumLength)
        {
            return null;
        }

        var wanted = Normalize(text);
        var nearest = candidates
            .Select(candidate => (Candidate: candidate, Distance: Distance(wanted, Normalize(candidate))))
            .Where(pair => pair.Distance <= Math.Max(1, wanted.Length / 3))
            .OrderBy(pair => pair.Distance)
            .Select(pair => pair.Candidate)
            .FirstOrDefault();
        return nearest ?? candidates.FirstOrDefault(candidate =>
            wanted.Length >= MinimumBeginning && Normalize(candidate).StartsWith(wanted, StringComparison.Ordinal));
    }

    /// <summary>Advice in one or two sentences: the nearest candidate where there is one, and all of them.</summary>
    public static string Advise(string text, IReadOnlyCollection<string> candidates)
    {
        var nearest = Find(text, candidates);
        var all = string.Join(", ", candidates);
        return nearest is null ? $"Use one of: {all}." : $"Did you mean {nearest}? All there are: {all}.";
    }

    /// <summary>Tells whether a text is a candidate but for a few mistakes.</summary>
    /// <param name="text">What was written.</param>
    /// <param name="candidate">What may be meant.</param>
    /// <param name="mistakes">The most letters that are missing, too many, wrong or swapped.</param>
    public static bool IsNear(string text, string candidate, int mistakes) =>
        Math.Abs(text.Length - candidate.Length) <= mistakes && Distance(Normalize(text), Normalize(candidate)) <= mistakes;

    private static string Normalize(string text) => text.ToUpperInvariant().Replace('-', '_');

    // Optimal string alignment (Damerau 1964, Levenshtein 1966): insert, delete, replace, swap neighbours.
    private static int Distance(string left, string right)
    {
        var cost = new int[left.Length + 1][];
        for (var i = 0; i <= left.Length; i++)
        {
            cost[i] = new int[right.Length + 1];
            for (var j = 0; j <= right.Length; j++)
            {
                cost[i][j] = i == 0 || j == 0 ? i + j : Step(cost, left, right, i, j);
            }
        }

        return cost[left.Length][right.Length];
    }

    private static int Step(int[][] cost, string left, string right, int i, int j)
    {
        var replace = cost[i - 1][j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
        var best = Math.Min(replace, Math.Min(cost[i - 1][j], cost[i][j - 1]) + 1);
        var isSwap = i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1];
        return isSwap ? Math.Min(best, cost[i - 2][j - 2] + 1) : best;
    }
}
