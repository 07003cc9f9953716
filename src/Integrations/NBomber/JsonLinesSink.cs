using System.Text.Json;
using Microsoft.Extensions.Configuration;
using NBomber.Contracts;
using NBomber.Contracts.Stats;

namespace ShopLoad;

/// <summary>Writes NBomber's statistics as JSON lines: one for each scenario and reporting interval (5 s and more), and one of the whole run at the end.</summary>
/// <param name="path">The file; its folder is created.</param>
/// <param name="time">The clock of the windows.</param>
public sealed class JsonLinesSink(string path, TimeProvider time) : IReportingSink
{
    private static readonly JsonSerializerOptions s_json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private readonly Lock _file = new();
    private readonly Dictionary<string, TimeSpan> _reported = new(StringComparer.Ordinal);
    private DateTimeOffset _start = time.GetUtcNow();

    /// <inheritdoc/>
    public string SinkName => "json-lines";

    /// <inheritdoc/>
    public Task Init(IBaseContext context, IConfiguration infraConfig) => Task.CompletedTask;

    /// <inheritdoc/>
    /// <remarks>It is called once more for a warm-up, before the run.</remarks>
    public Task Start()
    {
        _start = time.GetUtcNow();
        _reported.Clear();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task SaveRealtimeStats(ScenarioStats[] stats)
    {
        lock (_file)
        {
            foreach (var scenario in stats)
            {
                // NBomber tells the end of the interval, counted from the start of the scenario.
                var begin = _reported.GetValueOrDefault(scenario.ScenarioName);
                _reported[scenario.ScenarioName] = scenario.Duration;
                Write(StatisticsLine.Of("interval", scenario, _start + begin, _start + scenario.Duration));
            }
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task SaveFinalStats(NodeStats stats)
    {
        lock (_file)
        {
            foreach (var scenario in stats.ScenarioStats)
            {
                Write(StatisticsLine.Of("total", scenario, _start, _start + scenario.Duration));
            }
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task Stop() => Task.CompletedTask;

    /// <inheritdoc/>
    public void Dispose()
    {
        // Every line is written and closed at once.
    }

    private void Write(StatisticsLine line)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        File.AppendAllText(path, JsonSerializer.Serialize(line, s_json) + "\n");
    }
}
