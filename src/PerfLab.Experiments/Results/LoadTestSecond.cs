using System.Globalization;
using System.Text;

namespace PerfLab.Experiments.Results;

/// <summary>What happened in one second of a load test; the last one of a phase may be shorter or longer.</summary>
public sealed record LoadTestSecond
{
    /// <summary>Gets the time from the beginning of the load to the end of this second.</summary>
    public required double ElapsedSeconds { get; init; }

    /// <summary>Gets its length.</summary>
    public required double WindowSeconds { get; init; }

    /// <summary>Gets the starts whose time came.</summary>
    public required long OfferedCount { get; init; }

    /// <summary>Gets the requests begun.</summary>
    public required long StartedCount { get; init; }

    /// <summary>Gets the requests answered as expected.</summary>
    public required long AnsweredCount { get; init; }

    /// <summary>Gets the starts given up.</summary>
    public required long DroppedCount { get; init; }

    /// <summary>Gets the errors of all kinds.</summary>
    public required long ErrorCount { get; init; }

    /// <summary>Gets the requests begun and not ended at its end.</summary>
    public required int InFlightCount { get; init; }

    /// <summary>Gets the median response time, to two digits; null without an answer.</summary>
    public required double? P50Seconds { get; init; }

    /// <summary>Gets the 99th percentile of the response time, to two digits; null without an answer.</summary>
    public required double? P99Seconds { get; init; }

    /// <summary>Gets the longest response time; null without an answer.</summary>
    public required double? MaxSeconds { get; init; }
}

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
