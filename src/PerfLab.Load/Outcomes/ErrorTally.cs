using System.Text.Json;

namespace PerfLab.Load.Outcomes;

/// <summary>Counts errors by kind without allocating, and keeps the first example of each kind.</summary>
internal sealed class ErrorTally
{
    private static readonly string[] Names = Array.ConvertAll(
        Enum.GetValues<ErrorKind>(),
        kind => JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString()));

    private readonly long[] _counts = new long[Names.Length];
    private readonly int[] _firstCodes = new int[Names.Length];
    private readonly string?[] _firstTexts = new string?[Names.Length];

    /// <summary>Gets the stable key of a kind, in snake case.</summary>
    public static string KeyOf(ErrorKind kind) => Names[(int)kind];

    /// <summary>Counts one error.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="code">What tells more: a status, a <see cref="ResponseFault"/> or the system's error number, by kind; 0 for nothing.</param>
    public void Count(ErrorKind kind, int code)
    {
        if (_counts[(int)kind]++ == 0)
        {
            _firstCodes[(int)kind] = code;
        }
    }

    /// <summary>Counts one error with a text of its own.</summary>
    public void Count(ErrorKind kind, string text)
    {
        if (_counts[(int)kind]++ == 0)
        {
            _firstTexts[(int)kind] = text;
        }
    }

    /// <summary>Gets the counts of the kinds that occurred, by key.</summary>
    public IReadOnlyDictionary<string, long> ToCounts()
    {
        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        for (var kind = 0; kind < Names.Length; kind++)
        {
            if (_counts[kind] > 0)
            {
                counts.Add(Names[kind], _counts[kind]);
            }
        }

        return counts;
    }

    /// <summary>Gets one sentence about the first error of each kind that occurred, by key.</summary>
    public IReadOnlyDictionary<string, string> ToExamples()
    {
        var examples = new SortedDictionary<string, string>(StringComparer.Ordinal);
        for (var kind = 0; kind < Names.Length; kind++)
        {
            if (_counts[kind] > 0)
            {
                examples.Add(Names[kind], _firstTexts[kind] ?? ErrorText.Describe((ErrorKind)kind, _firstCodes[kind]));
            }
        }

        return examples;
    }
}
