using System.Globalization;
using System.Threading.Channels;
using PerfLab.Reporting.Wording;
using PerfLab.Experiments;
using PerfLab.Load.LoadTests;

namespace PerfLab.Cli.Display;

/// <summary>
/// Shows every second of a load test: in a terminal on one line that is drawn anew, elsewhere on a line each. The generating
/// thread only leaves a note; a thread of its own draws.
/// </summary>
internal sealed class LoadProgressDisplay : IProgress<LoadTestProgress>, IAsyncDisposable
{
    private readonly Channel<LoadTestProgress> _steps = Channel.CreateUnbounded<LoadTestProgress>(new UnboundedChannelOptions { SingleReader = true });
    private readonly StatusLine _line = new();
    private readonly Task _drawing;

    /// <summary>Begins to show.</summary>
    public LoadProgressDisplay() => _drawing = Task.Run(DrawAsync);

    /// <inheritdoc/>
    public void Report(LoadTestProgress value) => _steps.Writer.TryWrite(value);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _steps.Writer.Complete();
        await _drawing;
        _line.Erase();
    }

    private async Task DrawAsync()
    {
        await foreach (var step in _steps.Reader.ReadAllAsync())
        {
            if (_line.IsTerminal)
            {
                _line.Draw(LoadStepText.Of(step));
            }
            else
            {
                _line.WriteLine(LoadStepText.Of(step));
            }
        }
    }
}

/// <summary>A second of a load test as a line.</summary>
internal static class LoadStepText
{
    /// <summary>Writes the line.</summary>
    public static string Of(LoadTestProgress step)
    {
        var second = step.Second;
        string[] parts =
        [
            $"[{DurationText.Clock(TimeSpan.FromSeconds(Math.Round(second.ElapsedSeconds)))}]{(step.IsWarmUp ? " warm-up" : string.Empty)} offered {Rate(second.OfferedCount)}",
            $"answered {Rate(second.AnsweredCount)}",
            $"p50 {Time(second.P50Seconds)}",
            $"p99 {Time(second.P99Seconds)}",
            $"max {Time(second.MaxSeconds)}",
            $"in flight {Count(second.InFlightCount)}",
            .. second.DroppedCount > 0 ? [$"dropped {Count(second.DroppedCount)}"] : Array.Empty<string>(),
            .. second.ErrorCount > 0 ? [$"errors {Count(second.ErrorCount)}"] : Array.Empty<string>(),
        ];
        return string.Join("  ", parts);

        string Rate(long count) => string.Create(CultureInfo.InvariantCulture, $"{count / second.WindowSeconds:#,0}/s");
    }

    private static string Count(long count) => count.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Time(double? seconds) => seconds is { } value ? QuantityFormat.For(MetricUnit.Seconds, value).WithUnit(value) : "-";
}
