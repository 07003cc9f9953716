using PerfLab.Bench;
using PerfLab.Bench.Collector;
using PerfLab.EndToEnd.Tests.Programs;
using PerfLab.Experiments.Results;

namespace PerfLab.EndToEnd.Tests.Loads;

/// <summary><c>bench collector</c> as a user starts it. What it measures on a busy machine means nothing; that nothing is lost does.</summary>
public sealed class CollectorBenchTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact(DisableParallelization = true)]
    public async Task Exports_of_a_real_service_are_recorded_and_taken_without_loss()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.ProcessorCount >= 2, "The bench places programs on two processors, by taskset of Linux.");

        var run = await Cli.RunAsync("bench", "collector", "--quick", "--results", _folder.FullPath);

        Assert.True(run.ExitCode is 0 or 99, run.ToString());
        var record = RunFolder.Read<CollectorBenchRecord>(Directory.GetFiles(Path.Combine(_folder.FullPath, "bench"), "*.json").Single(), CollectorBenchRecord.CurrentFormatVersion);
        Assert.Equal(["http", "http gzip", "grpc", "grpc gzip"], record.Rounds.Select(round => round.Way));
        Assert.All(record.Rounds, round => Assert.True(round.FailedRequests == 0 && round.SentSpans > 0 && round.SentSpans == round.ReceivedSpans, round.ToString()));
        Assert.Equal(record.Pace.SentSpans, record.Pace.ReceivedSpans);
        Assert.True(record.Payloads[1].SentBytes < record.Payloads[1].DecodedBytes / 2, record.Payloads[1].ToString());
        Assert.Contains(record.Goals, goal => goal.Name.StartsWith("spans lost", StringComparison.Ordinal) && goal.Outcome == BenchOutcome.Met);
        Assert.Contains("Where the time goes", run.Output, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
