using PerfLab.Experiments.Results;

namespace PerfLab.Experiments.Tests.Results;

public sealed class SpanLossTests
{
    private static readonly ProcessRecord s_ended = new("shop", 1, 0.1, "probe", 0);
    private static readonly ProcessRecord s_killed = s_ended with { ExitCode = null };

    [Fact]
    public void Losses_always_add_up_to_what_is_missing()
    {
        var random = new Random(5);
        for (var trial = 0; trial < 2000; trial++)
        {
            var ledger = Ledger(sampled: random.Next(1000), received: random.Next(1000)) with
            {
                DuplicateCount = random.Next(3) == 0 ? random.Next(10) : 0,
                DroppedCount = random.Next(2) == 0 ? null : random.Next(300),
                RefusedCount = random.Next(2) == 0 ? 0 : random.Next(300),
                RefusedRequestCount = random.Next(2),
                FailedExportCount = random.Next(3) == 0 ? null : random.Next(2),
            };

            var losses = SpanLoss.Of(ledger, [random.Next(2) == 0 ? s_ended : s_killed]);

            Assert.Equal(Math.Max(0, ledger.MissingCount!.Value), losses.Sum(loss => loss.Count));
            Assert.All(losses, loss => Assert.True(loss.Count > 0));
            Assert.Equal(losses.Count, losses.Select(loss => loss.Place).Distinct().Count());
        }
    }

    [Fact]
    public void The_place_that_is_known_best_comes_first()
    {
        var ledger = Ledger(sampled: 100, received: 40) with { DroppedCount = 30, RefusedCount = 20, RefusedRequestCount = 1 };

        Assert.Equal(
            [new SpanLoss(SpanLossLocation.Queue, 30), new SpanLoss(SpanLossLocation.BackEnd, 20), new SpanLoss(SpanLossLocation.Unknown, 10)],
            SpanLoss.Of(ledger, [s_ended]));
    }

    [Fact]
    public void A_target_that_does_not_count_loses_nothing_that_could_be_named() =>
        Assert.Empty(SpanLoss.Of(Ledger(sampled: null, received: 5), [s_killed]));

    private static SpanLedger Ledger(long? sampled, long received) => new()
    {
        RequestCount = 10,
        CreatedCount = sampled,
        NotSampledCount = 0,
        SampledCount = sampled,
        ReceivedCount = received,
        RefusedCount = 0,
        ExportRequestCount = 1,
        WireBytes = 1,
        DecodedBytes = 1,
    };
}
