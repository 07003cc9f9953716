using System.Globalization;
using System.Text.RegularExpressions;

namespace PerfLab.Experiments.Generators;

/// <summary>Reads the report that wrk and wrk2 print.</summary>
internal static partial class TextReports
{
    private const int LimitMilliseconds = 1000;

    // wrk2 prints a second distribution, without correction, when it is asked for one.
    private const string Uncorrected = "Uncorrected Latency";

    /// <summary>Responses are counted whatever their status; what failed on the way is counted beside them.</summary>
    public static GeneratorOutput ReadWrk(GeneratorText text)
    {
        var report = text.Text.Split(Uncorrected)[0];
        var answered = RequestCount().Match(text.Text) is { Success: true } requests
            ? long.Parse(requests.Groups["count"].Value, CultureInfo.InvariantCulture)
            : throw new FormatException("there is no line '... requests in ...'.");
        var unexpected = UnexpectedCount().Match(text.Text) is { Success: true } others ? long.Parse(others.Groups["count"].Value, CultureInfo.InvariantCulture) : 0;
        var lost = SocketErrors().Match(text.Text) is { Success: true } errors
            ? errors.Groups["count"].Captures.Sum(count => long.Parse(count.Value, CultureInfo.InvariantCulture))
            : 0;
        return new GeneratorOutput
        {
            RequestCount = answered + lost,
            Errors = GeneratorOutput.ErrorsOf((GeneratorOutput.UnexpectedStatus, unexpected), (GeneratorOutput.Failed, lost)),
            Percentiles = [.. PercentileLine().Matches(report).Select(line => new ReportedPercentile(
                double.Parse(line.Groups["percentile"].Value, CultureInfo.InvariantCulture),
                UnitOf(line.Groups["unit"].Value) * double.Parse(line.Groups["time"].Value, CultureInfo.InvariantCulture)))],
        };
    }

    private static double UnitOf(string unit) => unit switch
    {
        "us" => 1e-6,
        "ms" => 1e-3,
        "s" => 1,
        "m" => 60,
        _ => 3600,
    };

    [GeneratedRegex(@"^\s*(?<count>\d+) requests in ", RegexOptions.Multiline | RegexOptions.ExplicitCapture, LimitMilliseconds)]
    private static partial Regex RequestCount();

    [GeneratedRegex(@"^\s*Non-2xx or 3xx responses: (?<count>\d+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, LimitMilliseconds)]
    private static partial Regex UnexpectedCount();

    [GeneratedRegex(@"^\s*Socket errors: connect (?<count>\d+), read (?<count>\d+), write (?<count>\d+), timeout (?<count>\d+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, LimitMilliseconds)]
    private static partial Regex SocketErrors();

    [GeneratedRegex(@"^\s*(?<percentile>\d+(\.\d+)?)%\s+(?<time>\d+(\.\d+)?)(?<unit>us|ms|s|m|h)\s*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, LimitMilliseconds)]
    private static partial Regex PercentileLine();
}
