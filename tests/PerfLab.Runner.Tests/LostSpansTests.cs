using System.Diagnostics;
using PerfLab.Collector;
using PerfLab.Collector.Exports;
using PerfLab.Experiments.Results;
using PerfLab.Runner.Validity;

namespace PerfLab.Runner.Tests;

/// <summary>Shop with its real SDK and exporter, and spans lost on purpose at each place: the ledger balances and names the place.</summary>
public sealed class LostSpansTests
{
    [Fact]
    public async Task Nothing_is_lost_where_nothing_is_wrong()
    {
        var told = await TracedShop.RunAsync([], new ReceiverOptions());

        Assert.True(told.Spans.SampledCount > 0, told.ToString());
        Assert.Equal(0, told.Spans.MissingCount);
        Assert.Equal(told.Spans.CreatedCount, told.Spans.NotSampledCount + told.Spans.SampledCount);
        Assert.Empty(told.Losses);
        Assert.True(told.Spans is { DuplicateCount: 0, DroppedCount: 0, FailedExportCount: 0 }, told.ToString());
        Assert.Equal(told.Spans.ReceivedCount, told.Spans.ReceivedByService["shop"]);
        Assert.Empty(SpanChecks.Run(told.Record));
    }

    // By the exporter's own view: an address for another protocol loses every span.
    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "grpc")]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "")]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL", "")]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL", "Grpc")]
    public async Task Every_way_to_name_the_protocol_reaches_the_collector(string variable, string value)
    {
        var told = await TracedShop.RunAsync([(variable, value)], new ReceiverOptions());

        Assert.True(told.Spans.ReceivedCount > 0, told.ToString());
        Assert.Equal(0, told.Spans.MissingCount);
        Assert.Equal((0L, 0L), (told.Spans.FailedExportCount, told.Spans.RefusedRequestCount));
    }

    [Fact]
    public async Task What_the_sampler_leaves_out_is_not_lost()
    {
        var told = await TracedShop.RunAsync([("OTEL_TRACES_SAMPLER", "always_off")], new ReceiverOptions());

        Assert.True(told.Spans.NotSampledCount > 0, told.ToString());
        Assert.Equal((told.Spans.NotSampledCount, 0L), (told.Spans.CreatedCount, told.Spans.ReceivedCount));
        Assert.Empty(told.Losses);
    }

    [Fact]
    public async Task A_full_queue_is_named_with_the_sdks_own_count()
    {
        var told = await TracedShop.RunAsync(
            [("OTEL_BSP_MAX_QUEUE_SIZE", "32"), ("OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "32")],
            new ReceiverOptions(),
            new BackEndFault.Slow(0.5));

        var loss = Assert.Single(told.Losses);
        Assert.Equal(new SpanLoss(SpanLossLocation.Queue, told.Spans.DroppedCount!.Value), loss);
        Assert.Equal(told.Spans.SampledCount, told.Spans.DistinctCount + loss.Count);
        var finding = Assert.Single(SpanChecks.Run(told.Record), finding => finding.Code == "spans-lost");
        Assert.Equal([loss], Assert.IsType<SpansLost>(finding.Details).Losses);
    }

    [Fact]
    public Task An_exporter_that_meets_503_and_does_not_try_again_loses_them_at_the_back_end() =>
        IsLostAsync(SpanLossLocation.BackEnd, new ReceiverOptions(), new BackEndFault.Unavailable());

    [Fact]
    public Task Spans_on_a_connection_that_is_reset_are_lost_at_the_back_end() =>
        IsLostAsync(SpanLossLocation.BackEnd, new ReceiverOptions(), new BackEndFault.Reset());

    [Fact]
    public Task Spans_that_the_collector_refuses_unread_are_lost_at_the_back_end() =>
        IsLostAsync(SpanLossLocation.BackEnd, new ReceiverOptions { MaxBodyBytes = 100 }, fault: null);

    [Fact]
    public Task Spans_for_a_back_end_that_is_down_are_given_up_by_the_exporter() =>
        IsLostAsync(SpanLossLocation.Exporter, new ReceiverOptions(), new BackEndFault.Down());

    [Fact]
    public async Task Spans_of_a_process_that_is_killed_are_lost_with_it()
    {
        var told = await TracedShop.RunAsync([], new ReceiverOptions(), fault: null, processId => Process.GetProcessById(processId).Kill());

        Assert.Equal(new SpanLoss(SpanLossLocation.Process, told.Spans.MissingCount!.Value), Assert.Single(told.Losses));
        Assert.Null(told.Spans.DroppedCount);
    }

    private static async Task IsLostAsync(SpanLossLocation place, ReceiverOptions options, BackEndFault? fault)
    {
        var told = await TracedShop.RunAsync([], options, fault);

        Assert.True(told.Spans.SampledCount > 0 && told.Spans.ReceivedCount == 0, told.ToString());
        Assert.Equal([new SpanLoss(place, told.Spans.SampledCount!.Value)], told.Losses);
        Assert.True(told.Spans.FailedExportCount > 0, told.ToString());
    }
}
