using System.Globalization;
using PerfLab.Analysis.Formatting;
using PerfLab.Experiments.Metrics;
using PerfLab.Load.LoadTests;

namespace PerfLab.Cli.Display;

/// <summary>A second of a load test as a line.</summary>
internal static class LoadStepText
{
    /// <summary>Writes the line.</summary>
    public static string Of(LoadTestStep step)
    {
        var (progress, window) = (step.Progress, step.Window);
        string[] parts =
        [
            $"[{Durations.Clock(TimeSpan.FromSeconds(Math.Round(progress.ElapsedSeconds)))}]{(step.IsWarmUp ? " warm-up" : string.Empty)} offered {Rate(window.OfferedCount)}",
            $"answered {Rate(window.AnsweredCount)}",
            $"p50 {Time(progress.WindowP50Seconds)}",
            $"p99 {Time(progress.WindowP99Seconds)}",
            $"max {Time(progress.WindowMaxSeconds)}",
            $"in flight {Count(progress.InFlightCount)}",
            .. window.DroppedCount > 0 ? [$"dropped {Count(window.DroppedCount)}"] : Array.Empty<string>(),
            .. window.ErrorCount > 0 ? [$"errors {Count(window.ErrorCount)}"] : Array.Empty<string>(),
        ];
        return string.Join("  ", parts);

        string Rate(long count) => string.Create(CultureInfo.InvariantCulture, $"{count / progress.WindowSeconds:#,0}/s");
    }

    private static string Count(long count) => count.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Time(double? seconds) => seconds is { } value ? QuantityFormat.For(MetricUnit.Seconds, value).WithUnit(value) : "-";
}
