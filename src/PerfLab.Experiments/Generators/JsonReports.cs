using System.Globalization;
using System.Text.Json;

namespace PerfLab.Experiments.Generators;

/// <summary>Reads the output of tools that write a summary in JSON.</summary>
internal static class JsonReports
{
    private const double Millisecond = 1e-3;

    // Requests that were in flight when the time was over: neither answered nor failed.
    private const string OhaCutOff = "aborted due to deadline";

    /// <summary>autocannon -j: responses in requests.total, connections that failed in errors, milliseconds.</summary>
    public static GeneratorOutput ReadAutocannon(GeneratorText text) => Read(text.Text, report =>
    {
        var (answered, lost) = (Count(report, "requests", "total"), Count(report, "errors"));
        var unexpected = report.TryGetProperty("statusCodeStats", out var statuses)
            ? statuses.EnumerateObject().Where(status => !Allows(text, status.Name)).Sum(status => Count(status.Value, "count"))
            : Count(report, "non2xx");
        return Of(answered + lost, [(GeneratorOutput.UnexpectedStatus, unexpected), (GeneratorOutput.Failed, lost)]) with
        {
            Percentiles = Percentiles(report.GetProperty("latency"), name => name.StartsWith('p') ? name[1..].Replace('_', '.') : null, Millisecond),
        };
    });

    /// <summary>oha: responses by status, errors by text, seconds.</summary>
    public static GeneratorOutput ReadOha(GeneratorText text) => Read(text.Text, report =>
    {
        var statuses = Counts(report.GetProperty("statusCodeDistribution"));
        var lost = Counts(report.GetProperty("errorDistribution")).Where(error => error.Name != OhaCutOff).Sum(error => error.Count);
        return Of(statuses.Sum(status => status.Count) + lost, [(GeneratorOutput.UnexpectedStatus, statuses.Where(status => !Allows(text, status.Name)).Sum(status => status.Count)), (GeneratorOutput.Failed, lost)]) with
        {
            Percentiles = Percentiles(report.GetProperty("latencyPercentiles"), name => name.StartsWith('p') ? name[1..] : null, unitSeconds: 1),
        };
    });

    /// <summary>
    /// k6's summary, as --summary-export writes it and as handleSummary gets it. The rate of http_req_failed is the share that failed;
    /// its count called "passes" is that of failed requests, so the rate is what is used. Milliseconds.
    /// </summary>
    public static GeneratorOutput ReadK6(GeneratorText text) => Read(text.Text, report =>
    {
        var metrics = report.GetProperty("metrics");
        var requests = Count(Values("http_reqs"), "count");
        var failed = Values("http_req_failed") is { } rate ? (long)Math.Round(Number(rate, "rate", "value") * requests) : 0;
        return Of(requests, [(GeneratorOutput.Failed, failed)]) with
        {
            DroppedCount = Values("dropped_iterations") is { } dropped ? Count(dropped, "count") : 0,
            Percentiles = Percentiles((Values("http_req_duration{expected_response:true}") ?? Values("http_req_duration"))!.Value,
                name => name == "med" ? "50" : name.StartsWith("p(", StringComparison.Ordinal) ? name[2..^1] : null, Millisecond),
        };

        JsonElement? Values(string name) => !metrics.TryGetProperty(name, out var metric) ? null
            : metric.TryGetProperty("values", out var values) ? values : metric;
    });

    /// <summary>Artillery: counters of the aggregate, milliseconds.</summary>
    public static GeneratorOutput ReadArtillery(GeneratorText text) => Read(text.Text, report =>
    {
        const string Codes = "http.codes.";
        var aggregate = report.GetProperty("aggregate");
        var counters = Counts(aggregate.GetProperty("counters"));
        var answered = counters.Where(counter => counter.Name.StartsWith(Codes, StringComparison.Ordinal)).ToArray();
        var requests = counters.Where(counter => counter.Name == "http.requests").Sum(counter => counter.Count);
        return Of(requests,
            [
                (GeneratorOutput.UnexpectedStatus, answered.Where(code => !Allows(text, code.Name[Codes.Length..])).Sum(code => code.Count)),
                (GeneratorOutput.Failed, Math.Max(0, requests - answered.Sum(code => code.Count))),
            ]) with
        {
            // p999 is p99.9.
            Percentiles = Percentiles(aggregate.GetProperty("summaries").GetProperty("http.response_time"), name => name == "p999" ? "99.9" : name.StartsWith('p') ? name[1..] : null, Millisecond),
        };
    });

    /// <summary>Locust --json: an entry for each name, with response times in whole milliseconds and how often each occurred.</summary>
    public static GeneratorOutput ReadLocust(GeneratorText text) => Read(text.Text[Math.Max(0, text.Text.IndexOf('[', StringComparison.Ordinal))..], report =>
    {
        JsonElement[] entries = [.. report.EnumerateArray()];
        return Of(entries.Sum(entry => Count(entry, "num_requests")), [(GeneratorOutput.Failed, entries.Sum(entry => Count(entry, "num_failures")))]) with
        {
            LatencySeconds = [.. entries.SelectMany(entry => Counts(entry.GetProperty("response_times")))
                .SelectMany(time => Enumerable.Repeat(Millisecond * double.Parse(time.Name, CultureInfo.InvariantCulture), (int)time.Count))],
        };
    });

    private static GeneratorOutput Of(long requests, IEnumerable<(string Kind, long Count)> errors) => new() { RequestCount = requests, Errors = GeneratorOutput.ErrorsOf(errors) };

    private static GeneratorOutput Read(string json, Func<JsonElement, GeneratorOutput> read)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return read(document.RootElement);
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException(error.Message, error);
        }
    }

    private static bool Allows(GeneratorText text, string status) => int.TryParse(status, NumberStyles.None, CultureInfo.InvariantCulture, out var code) && text.Allows(code);

    private static (string Name, long Count)[] Counts(JsonElement element) =>
        [.. element.EnumerateObject().Where(member => member.Value.ValueKind == JsonValueKind.Number).Select(member => (member.Name, (long)member.Value.GetDouble()))];

    private static long Count(JsonElement? element, params ReadOnlySpan<string> path)
    {
        var value = element ?? throw new KeyNotFoundException($"there is no {string.Join('.', path.ToArray())}.");
        foreach (var name in path)
        {
            value = value.GetProperty(name);
        }

        return (long)value.GetDouble();
    }

    private static double Number(JsonElement element, string name, string otherName) =>
        (element.TryGetProperty(name, out var value) ? value : element.GetProperty(otherName)).GetDouble();

    private static IReadOnlyList<ReportedPercentile> Percentiles(JsonElement element, Func<string, string?> percentileOf, double unitSeconds) =>
    [
        .. from member in element.EnumerateObject()
           where member.Value.ValueKind == JsonValueKind.Number
           let text = percentileOf(member.Name)
           where text is not null
           let percentile = double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : double.NaN
           where percentile is >= 0 and <= 100
           group unitSeconds * member.Value.GetDouble() by percentile into values
           orderby values.Key
           select new ReportedPercentile(values.Key, values.First()),
    ];
}
