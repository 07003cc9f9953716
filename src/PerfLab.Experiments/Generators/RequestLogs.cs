using System.Globalization;

namespace PerfLab.Experiments.Generators;

/// <summary>Reads the output of tools that write a line for each response.</summary>
internal static class RequestLogs
{
    private const double Nanosecond = 1e-9;
    private const double Microsecond = 1e-6;
    private const double Millisecond = 1e-3;

    /// <summary>hey's CSV: seconds. Requests without a response have no line in it.</summary>
    public static GeneratorOutput ReadHey(GeneratorText text) => OfTable(CsvParser.Parse(text.Text, "hey's CSV"), "status-code", "response-time", (status, time) => OfStatus(text, Number(status), time));

    /// <summary>JMeter's JTL in CSV: milliseconds; its own assertions say what failed.</summary>
    public static GeneratorOutput ReadJMeter(GeneratorText text) => OfTable(CsvParser.Parse(text.Text, "the JTL"), "success", "elapsed", (success, time) =>
        new Outcome(success == "true" ? null : GeneratorOutput.Failed, Millisecond * time));

    /// <summary>h2load's log: start in microseconds, status (-1 where the stream failed), microseconds.</summary>
    public static GeneratorOutput ReadH2load(GeneratorText text) => Sum(text.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.Split('\t') is [_, var status, var elapsed, ..]
            ? OfStatus(text, Number(status), Microsecond * Number(elapsed))
            : throw new FormatException("a line of h2load's log has fewer than three columns.")));

    /// <summary>vegeta's CSV, which has no header: time, status (0 without a response), nanoseconds.</summary>
    public static GeneratorOutput ReadVegeta(GeneratorText text) => Sum(CsvParser.Parse(text.Text, "vegeta's CSV")
        .Select(row => row is [_, var status, var elapsed, ..]
            ? OfStatus(text, Number(status), Nanosecond * Number(elapsed))
            : throw new FormatException("a record of vegeta's CSV has fewer than three fields.")));

    private static Outcome OfStatus(GeneratorText text, double status, double seconds) => new(
        status <= 0 ? GeneratorOutput.Failed : text.Allows((int)status) ? null : GeneratorOutput.UnexpectedStatus, seconds);

    private static GeneratorOutput OfTable(IReadOnlyList<string[]> records, string outcome, string time, Func<string, double, Outcome> read)
    {
        var (outcomeColumn, timeColumn) = (CsvColumns.IndexOf(records[0], outcome), CsvColumns.IndexOf(records[0], time));
        return Sum(records.Skip(1).Select(row => read(row[outcomeColumn], Number(row[timeColumn]))));
    }

    private static GeneratorOutput Sum(IEnumerable<Outcome> outcomes)
    {
        Outcome[] all = [.. outcomes];
        return new GeneratorOutput
        {
            RequestCount = all.Length,
            Errors = GeneratorOutput.ErrorsOf(all.Where(outcome => outcome.ErrorKind is not null).Select(outcome => (outcome.ErrorKind!, 1L))),
            LatencySeconds = [.. all.Where(outcome => outcome.ErrorKind is null).Select(outcome => outcome.Seconds)],
        };
    }

    private static double Number(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    private sealed record Outcome(string? ErrorKind, double Seconds);
}

/// <summary>The columns of a table whose first record names them: versions of a tool order them differently.</summary>
internal static class CsvColumns
{
    /// <exception cref="FormatException">There is no such column.</exception>
    public static int IndexOf(string[] header, string name) => Array.FindIndex(header, column => string.Equals(column.Trim(), name, StringComparison.OrdinalIgnoreCase)) is >= 0 and var index
        ? index
        : throw new FormatException($"there is no column {name} among {string.Join(", ", header)}.");
}
