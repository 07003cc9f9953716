using System.Globalization;
using PerfLab.Experiments.Results;
using PerfLab.Reporting.Terminal;

namespace PerfLab.Reporting.LoadTests;

/// <summary>The percentile spectrum of the response time as bars of characters, as far into the tail as the answers tell.</summary>
internal static class SpectrumText
{
    private const int WidestBar = 50;

    // The whole spectrum would fill a screen; these are the ones that people quote.
    private static readonly double[] Shown = [0, 25, 50, 75, 90, 95, 97.5, 99, 99.5, 99.9, 99.95, 99.99, 99.999];

    public static IReadOnlyList<TerminalText> Of(LoadTestRecord record)
    {
        if (record.ResponseTime is not { Spectrum.Count: > 0 } summary)
        {
            return [];
        }

        var points = Shown
            .Where(percentile => percentile <= SpectrumLimit.Of(summary))
            .Select(percentile => summary.Spectrum.FirstOrDefault(point => point.Percentile.Equals(percentile)))
            .OfType<PercentilePoint>()
            .Append(new PercentilePoint(100, summary.MaxSeconds))
            .ToArray();
        return [new(string.Empty), new("Spectrum of the response time", TerminalStyle.Strong), .. points.Select(point => Line(point, points))];
    }

    private static TerminalText Line(PercentilePoint point, PercentilePoint[] all)
    {
        var percentile = point.Percentile.ToString("0.####", CultureInfo.InvariantCulture);
        return new($"{percentile,8} %{LatencyTable.Duration(point.Seconds),10} {new string('#', Bar(point.Seconds, all))}");
    }

    // Logarithmic, from one sign at the fastest answer to the full width at the slowest: tails are powers of ten longer.
    private static int Bar(double seconds, PercentilePoint[] all)
    {
        var (low, high) = (all[0].Seconds, all[^1].Seconds);
        return seconds <= 0 || low <= 0 || high <= low
            ? 1
            : 1 + (int)Math.Round((WidestBar - 1) * Math.Log(seconds / low) / Math.Log(high / low));
    }
}

/// <summary>How far into the tail a number of values can tell.</summary>
internal static class SpectrumLimit
{
    /// <summary>Gets the largest percentile beyond which at least one value lies; what is above it is the maximum.</summary>
    public static double Of(LatencySummary summary) => 100 * (1 - (1.0 / summary.Count)) + 1e-9;
}
