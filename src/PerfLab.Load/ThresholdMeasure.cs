using System.Globalization;
using PerfLab.Load.Latency;

namespace PerfLab.Load;

/// <summary>What a threshold looks at.</summary>
/// <param name="IsDuration">Whether it is a duration in seconds.</param>
/// <param name="Of">Gets it, or null when it was not measured.</param>
internal sealed record ThresholdMeasure(bool IsDuration, Func<LoadResult, LatencyRecorder, double?> Of)
{
    /// <summary>Finds a measure, or null when there is none of this name.</summary>
    public static ThresholdMeasure? Find(string metric, string what)
    {
        Func<LatencyRecorder, LatencyHistogram>? histogram = metric switch
        {
            "" or "response_time" or "http_req_duration" => recorder => recorder.Response,
            "service_time" => recorder => recorder.Service,
            "start_lateness" => recorder => recorder.Lateness,
            _ => null,
        };
        if (histogram is not null && DurationOf(what) is { } duration)
        {
            return new ThresholdMeasure(IsDuration: true, (_, recorder) => duration(histogram(recorder)));
        }

        return metric.Length > 0 ? null : what switch
        {
            "rate" => Count(result => result.StartedCount == 0 ? null : result.ErrorCount / (double)result.StartedCount),
            "errors" => Count(result => result.ErrorCount),
            "dropped" => Count(result => result.DroppedCount),
            "answered" => Count(result => result.AnsweredCount),
            "throughput" => Count(result => result.ElapsedSeconds > 0 ? result.AnsweredCount / result.ElapsedSeconds : null),
            _ => null,
        };
    }

    private static ThresholdMeasure Count(Func<LoadResult, double?> of) =>
        new(IsDuration: false, (result, _) => result.OfferedCount == 0 ? null : of(result));

    private static Func<LatencyHistogram, double?>? DurationOf(string what)
    {
        if (what.StartsWith("p(", StringComparison.Ordinal))
        {
            return double.TryParse(what[2..^1], NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var percentile) && percentile <= 100
                ? histogram => histogram.SecondsAt(percentile)
                : null;
        }

        return what switch
        {
            "med" => histogram => histogram.SecondsAt(50),
            "max" => histogram => histogram.SecondsAt(100),
            "avg" => histogram => histogram.MeanSeconds,
            _ => null,
        };
    }
}
