using PerfLab.Collector.Capture;
using PerfLab.Collector.Tests.Answering;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Collector.Tests.TailSampling;

public sealed class TailReceiverTests
{
    private static readonly SpanRecorderOptions Watch = new() { Attribute = "user_agent.original", Prefix = "test/1 " };

    [Fact]
    public async Task An_arm_with_a_policy_counts_all_that_arrives_and_shows_only_what_is_kept()
    {
        await using var receiver = await StartAsync();
        receiver.BeginRecording("tail", Watch);
        receiver.BeginRecording("all", Watch);
        foreach (var arm in new[] { "tail", "all" })
        {
            using var http = new RawHttp(receiver, arm);
            var body = TestSpan.Request(
                new TestSpan(1, 1) { IsError = true, Attributes = new Dictionary<string, object> { ["user_agent.original"] = "test/1 77" } },
                new TestSpan(2, 1) { Attributes = new Dictionary<string, object> { ["user_agent.original"] = "test/1 78" } });
            Assert.Equal(200, (await http.PostAsync(body)).StatusCode);
        }

        receiver.DecideAll("tail");

        Assert.Equal((2L, 2L), (receiver.Read("tail").SpanCount, receiver.Read("all").SpanCount));
        var tail = Assert.Single(receiver.EndRecording("tail").Spans);
        Assert.Equal((77L, true, "shop"), (tail.Request, tail.IsError, tail.Service));
        Assert.True(tail.KeptUnixNanoseconds >= tail.ArrivedUnixNanoseconds);
        Assert.Equal([77L, 78L], receiver.EndRecording("all").Spans.Select(span => span.Request));
        Assert.Empty(receiver.EndRecording("all").Spans);
    }

    [Fact]
    public async Task What_an_arm_costs_is_charged_to_that_arm_alone()
    {
        await using var receiver = await StartAsync();
        using var http = new RawHttp(receiver, "tail");
        for (var request = 0; request < 20; request++)
        {
            await http.PostAsync(TestSpan.Request([.. Enumerable.Range(1, 50).Select(span => new TestSpan(request + 1, span))]));
        }

        var (tail, all) = (receiver.ReadCost("tail"), receiver.ReadCost("all"));
        Assert.Equal(0, all.CpuSeconds ?? 0);
        Assert.True(tail.CpuSeconds is null or > 0);
        Assert.Equal((20L, 0L), (tail.PeakHeldTraces, all.PeakHeldTraces));
        Assert.True(tail.PeakHeldBytes > 20 * 50 * 30);
        Assert.Null(all.Tail);
        Assert.Equal(0, tail.Tail!.CutShortTraceCount);
    }

    [Fact]
    public async Task Resetting_an_arm_forgets_its_traces()
    {
        await using var receiver = await StartAsync();
        using var http = new RawHttp(receiver, "tail");
        await http.PostAsync(TestSpan.Request(new TestSpan(1, 1) { IsError = true }));

        receiver.Reset("tail");
        receiver.DecideAll("tail");

        var cost = receiver.ReadCost("tail");
        Assert.Equal((0L, 0L), (cost.PeakHeldBytes, cost.PeakHeldTraces));
        Assert.Equal([0L], cost.Tail!.KeptByRule);
    }

    private static Task<OtlpReceiver> StartAsync() => OtlpReceiver.StartAsync(
        ["tail", "all"],
        new ReceiverOptions
        {
            Tail = new Dictionary<string, TailSamplingPolicy>
            {
                ["tail"] = new() { WaitSeconds = 60, DecidesWhenComplete = false, Keep = [new TailSamplingRule.Errors()], MaxTraces = 1_000, MaxBytes = 1_000_000 },
            },
        },
        Limits.Token);
}
