using System.Globalization;

namespace PerfLab.Runner.Machines;

/// <summary>Linux's notation for sets of processors, for example <c>0-2,5</c>.</summary>
internal static class ProcessorList
{
    /// <summary>Parses a list into ascending numbers.</summary>
    /// <exception cref="FormatException">The text is not such a list.</exception>
    public static IReadOnlyList<int> Parse(string text)
    {
        var processors = new SortedSet<int>();
        foreach (var part in text.Trim().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var bounds = part.Split('-');
            var first = int.Parse(bounds[0], NumberStyles.None, CultureInfo.InvariantCulture);
            var last = int.Parse(bounds[^1], NumberStyles.None, CultureInfo.InvariantCulture);
            for (var processor = first; processor <= last; processor++)
            {
                processors.Add(processor);
            }
        }

        return [.. processors];
    }

    /// <summary>Writes numbers as a list.</summary>
    public static string Format(IEnumerable<int> processors) =>
        string.Join(',', processors.Select(processor => processor.ToString(CultureInfo.InvariantCulture)));
}
