namespace PerfLab.Experiments.Scenarios.Files;

/// <summary>Finds the known word that a misspelt one was meant to be.</summary>
internal static class Spelling
{
    private const int MaxDistance = 2;

    /// <summary>Gets the nearest candidate within two edits, or null.</summary>
    public static string? Nearest(string word, IEnumerable<string> candidates) =>
        candidates
            .Select(candidate => (Candidate: candidate, Distance: Distance(word, candidate)))
            .Where(pair => pair.Distance <= MaxDistance)
            .OrderBy(pair => pair.Distance)
            .ThenBy(pair => pair.Candidate, StringComparer.Ordinal)
            .Select(pair => pair.Candidate)
            .FirstOrDefault();

    /// <summary>Levenshtein's distance, by rows.</summary>
    private static int Distance(string first, string second)
    {
        var previous = Enumerable.Range(0, second.Length + 1).ToArray();
        for (var row = 1; row <= first.Length; row++)
        {
            var current = new int[second.Length + 1];
            current[0] = row;
            for (var column = 1; column <= second.Length; column++)
            {
                var replace = previous[column - 1] + (first[row - 1] == second[column - 1] ? 0 : 1);
                current[column] = Math.Min(replace, Math.Min(previous[column], current[column - 1]) + 1);
            }

            previous = current;
        }

        return previous[^1];
    }
}
