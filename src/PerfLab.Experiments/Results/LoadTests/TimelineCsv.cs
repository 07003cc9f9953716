using System.Globalization;
using System.Text;

namespace PerfLab.Experiments.Results.LoadTests;

/// <summary>A load test's seconds as comma-separated values: one line each, units in the names, empty for not measured.</summary>
public static class TimelineCsv
{
    private const string Header =
        "elapsed_seconds,window_seconds,offered_count,started_count,answered_count,dropped_count,error_count,in_flight_count,p50_seconds,p99_seconds,max_seconds\n";

    /// <summary>Writes the text (RFC 4180 but for line ends, which are LF; invariant culture).</summary>
    /// <param name="timeline">The seconds, in order.</param>
    public static string Write(IReadOnlyList<LoadTestSecond> timeline)
    {
        var text = new StringBuilder(Header);
        foreach (var second in timeline)
        {
            text.Append(CultureInfo.InvariantCulture, $"{second.ElapsedSeconds:F6},{second.WindowSeconds:F6},{second.OfferedCount},{second.StartedCount},")
                .Append(CultureInfo.InvariantCulture, $"{second.AnsweredCount},{second.DroppedCount},{second.ErrorCount},{second.InFlightCount},")
                .Append(CultureInfo.InvariantCulture, $"{second.P50Seconds:0.#########},{second.P99Seconds:0.#########},{second.MaxSeconds:0.#########}\n");
        }

        return text.ToString();
    }
}
