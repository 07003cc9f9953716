using System.Globalization;
using PerfLab.Reporting.Terminal;
using PerfLab.Statistics;

namespace PerfLab.Bench.Collector;

/// <summary>A bench of the collector as a table.</summary>
public static class CollectorBenchText
{
    private const double NanosecondsPerSecond = 1e9;

    /// <summary>Composes the lines, aligned for a font of fixed width.</summary>
    /// <param name="record">The bench with its goals.</param>
    public static IReadOnlyList<TerminalText> Compose(CollectorBenchRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return
        [
            new($"Exports of scenario {record.Scenario}, sent again by processor {record.SenderCore}, taken by processor {record.CollectorCore}", TerminalStyle.Strong),
            .. record.Payloads.Select(Payload),
            new(string.Empty),
            new("As fast as it is answered, medians", TerminalStyle.Strong),
            new(Text($"{"way",-12}{"spans/s",12}{"spans/s/core",14}{"ns/span",9}{"bytes/span",12}{"allocated/span",16}{"collector",11}{"sender",8}{"failed",8}"), TerminalStyle.Muted),
            .. record.Rounds.GroupBy(round => round.Way, StringComparer.Ordinal).Select(way => Way(record, way.Key, [.. way])),
            new(string.Empty),
            new("Where the time goes, ns per span on one core", TerminalStyle.Strong),
            .. record.Stages.Select(stage => new TerminalText(Text($"{stage.Name,-36}{stage.SecondsPerSpan * NanosecondsPerSecond,8:0}"))),
            .. record.Rounds.GroupBy(round => round.Way, StringComparer.Ordinal).Select(way => Network(record, way.Key, [.. way])),
            new(string.Empty),
            new("Goals", TerminalStyle.Strong),
            .. record.Goals.Select(BenchGoalText.Of),
        ];
    }

    private static TerminalText Payload(RecordedPayloads payloads) => new(Text(
        $"{(payloads.Compressed ? "gzip" : "plain"),-7}{payloads.RequestCount,6:#,0} requests, {(double)payloads.SpanCount / payloads.RequestCount,6:0.#} spans and {(double)payloads.SentBytes / payloads.RequestCount,9:#,0} bytes each: {(double)payloads.SentBytes / payloads.SpanCount,6:0.0} bytes per span as sent, {(double)payloads.DecodedBytes / payloads.SpanCount,6:0.0} decoded"));

    private static TerminalText Way(CollectorBenchRecord record, string way, IReadOnlyList<ReceivingRound> rounds)
    {
        var payloads = PayloadsOf(record, way);
        return new(Text($"{way,-12}{Median(rounds, round => round.SpansPerSecond),12:#,0}{Median(rounds, round => round.SpansPerCoreSecond),14:#,0}{NanosecondsPerSecond / Median(rounds, round => round.SpansPerCoreSecond),9:0}{(double)payloads.SentBytes / payloads.SpanCount,12:0.0}{Median(rounds, round => (double)round.AllocatedBytes / round.ReceivedSpans),16:0.0}{Median(rounds, round => round.CollectorCpuSeconds / round.Seconds) * 100,9:0} %{Median(rounds, round => round.SenderCpuSeconds / round.Seconds) * 100,6:0} %{rounds.Sum(round => round.FailedRequests),8:#,0}"));
    }

    // What the steps without a network do not explain: HTTP, the sockets and the system's copying.
    private static TerminalText Network(CollectorBenchRecord record, string way, IReadOnlyList<ReceivingRound> rounds)
    {
        var whole = NanosecondsPerSecond / Median(rounds, round => round.SpansPerCoreSecond);
        var steps = record.Stages
            .Where(stage => !stage.Name.StartsWith("walk through", StringComparison.Ordinal) && (PayloadsOf(record, way).Compressed || stage.Name != "decompress"))
            .Sum(stage => stage.SecondsPerSpan) * NanosecondsPerSecond;
        return new(Text($"{"the rest, HTTP and sockets: " + way,-36}{whole - steps,8:0}"));
    }

    private static RecordedPayloads PayloadsOf(CollectorBenchRecord record, string way) =>
        record.Payloads.First(payloads => payloads.Compressed == way.EndsWith("gzip", StringComparison.Ordinal));

    private static double Median(IReadOnlyList<ReceivingRound> rounds, Func<ReceivingRound, double> of) => Quantile.Median([.. rounds.Select(of)]);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
