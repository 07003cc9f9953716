using PerfLab.Collector.Tests.Answering;

namespace PerfLab.Collector.Tests;

public sealed class DuplicateAndLateTests
{
    [Fact]
    public async Task Spans_that_are_sent_again_are_counted_as_duplicates_too()
    {
        await using var receiver = await OtlpReceiver.StartAsync(["arm"], new ReceiverOptions(), Limits.Token);
        using var http = new RawHttp(receiver, "arm");

        await http.PostAsync(SampleExports.Bytes(1, spans: 5));
        await http.PostAsync(SampleExports.Bytes(1, spans: 5));
        await http.PostAsync(SampleExports.Bytes(2, spans: 3));

        var tally = receiver.Read("arm");
        Assert.Equal((13L, 5L), (tally.SpanCount, tally.DuplicateSpanCount));
        Assert.Equal(13, tally.SpansByService["orders"]);
    }

    [Fact]
    public async Task Spans_without_a_parent_are_counted_once_as_traces()
    {
        await using var receiver = await OtlpReceiver.StartAsync(["arm"], new ReceiverOptions(), Limits.Token);
        using var http = new RawHttp(receiver, "arm");
        var request = SampleExports.Request(1, spans: 5);
        foreach (var (index, span) in request.ResourceSpans[0].ScopeSpans[0].Spans.Index())
        {
            span.ParentSpanId = index < 2 ? Google.Protobuf.ByteString.Empty : request.ResourceSpans[0].ScopeSpans[0].Spans[0].SpanId;
        }

        await http.PostAsync(Google.Protobuf.MessageExtensions.ToByteArray(request));
        await http.PostAsync(Google.Protobuf.MessageExtensions.ToByteArray(request));

        Assert.Equal((10L, 2L), (receiver.Read("arm").SpanCount, receiver.Read("arm").RootSpanCount));
    }

    [Fact]
    public async Task Spans_after_the_account_was_closed_are_late_and_nothing_else()
    {
        await using var receiver = await OtlpReceiver.StartAsync(["arm"], new ReceiverOptions(), Limits.Token);
        using (var http = new RawHttp(receiver, "arm"))
        {
            await http.PostAsync(SampleExports.Bytes(1, spans: 5));
        }

        await receiver.CloseLedgerAsync("arm", Limits.Wait);
        using var late = new RawHttp(receiver, "arm");
        await late.PostAsync(SampleExports.Bytes(2, spans: 4));

        Assert.Equal((5L, 4L), (receiver.Read("arm").SpanCount, receiver.Read("arm").LateSpanCount));
        receiver.Reset("arm");
        await late.PostAsync(SampleExports.Bytes(3, spans: 2));
        Assert.Equal((2L, 4L), (receiver.Read("arm").SpanCount, receiver.Read("arm").LateSpanCount));
    }

    [Fact]
    public async Task Services_beyond_the_bound_are_counted_together()
    {
        await using var receiver = await OtlpReceiver.StartAsync(["arm"], new ReceiverOptions(), Limits.Token);
        using var http = new RawHttp(receiver, "arm");
        for (var service = 0; service < 70; service++)
        {
            var request = SampleExports.Request(service, spans: 1);
            request.ResourceSpans[0].Resource.Attributes[0].Value.StringValue = $"service-{service}";
            await http.PostAsync(Google.Protobuf.MessageExtensions.ToByteArray(request));
        }

        var services = receiver.Read("arm").SpansByService;
        Assert.Equal((65, 6L), (services.Count, services["(others)"]));
    }
}
