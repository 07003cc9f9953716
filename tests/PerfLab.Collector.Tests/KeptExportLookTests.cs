using System.Text.Json;
using Google.Protobuf;
using PerfLab.Collector.Capture;
using PerfLab.Collector.Payloads;
using PerfLab.Collector.Protocol;
using PerfLab.Collector.TraceInspection;
using PerfLab.Experiments.Results;

namespace PerfLab.Collector.Tests;

public sealed class KeptExportLookTests
{
    private const ulong Begin = 1_700_000_000_000_000_000;
    private const ulong Millisecond = 1_000_000;
    private static readonly string[] s_secrets = ["ada@example.com", "4111111111111111", "bob@example.org"];

    [Fact]
    public void Places_are_told_and_values_never()
    {
        var span = Span(1, 1, 0, $"GET /users/{s_secrets[0]}", Protocol.Span.Types.SpanKind.Server, 0, 5);
        span.Attributes.Add(SampleExports.Text("user.email", s_secrets[0]));
        span.Attributes.Add(new KeyValue { Key = "cards", Value = new AnyValue { ArrayValue = new ArrayValue { Values = { new AnyValue { StringValue = "x" }, new AnyValue { StringValue = s_secrets[1] } } } } });
        span.Attributes.Add(new KeyValue { Key = "number", Value = new AnyValue { IntValue = 4111111111111111 } });
        span.Events.Add(new Span.Types.Event { Name = "exception", Attributes = { SampleExports.Text("exception.message", $"no user {s_secrets[2]}") } });
        span.Status = new Status { Message = $"not sent to {s_secrets[2]}" };

        var look = Look(("orders", [span, span]));

        Assert.Equal(
            [
                ("attribute", "cards", "card number", 2L),
                ("attribute", "number", "card number", 2L),
                ("attribute", "user.email", "e-mail address", 2L),
                ("event attribute", "exception.message", "e-mail address", 2L),
                ("span name", "", "e-mail address", 2L),
                ("status", "", "e-mail address", 2L),
            ],
            look.PersonalData.OrderBy(place => place.Part, StringComparer.Ordinal).ThenBy(place => place.Key, StringComparer.Ordinal).Select(place => (place.Part, place.Key, place.Kind, place.Count)));
        var json = JsonSerializer.Serialize(look);
        Assert.All(s_secrets, secret => Assert.DoesNotContain(secret, json, StringComparison.Ordinal));
    }

    [Fact]
    public void Calls_between_services_are_counted_with_their_errors_and_durations()
    {
        var failed = Span(2, 12, 11, "reserve", Protocol.Span.Types.SpanKind.Server, 2, 8);
        failed.Status = new Status { Code = Status.Types.StatusCode.Error };
        var database = Span(1, 4, 3, "SELECT", Protocol.Span.Types.SpanKind.Client, 4, 1);
        database.Attributes.Add(SampleExports.Text("db.system.name", "postgresql"));

        var look = Look(
            ("orders", [Root(1, 10), Span(1, 2, 1, "POST", Protocol.Span.Types.SpanKind.Client, 1, 7), Root(2, 20), Span(2, 11, 1, "POST", Protocol.Span.Types.SpanKind.Client, 1, 9)]),
            ("stock", [Span(1, 3, 2, "reserve", Protocol.Span.Types.SpanKind.Server, 2, 4), database, failed]));

        Assert.Equal(
            [
                new ServiceEdge("(client)", "orders", 2, 0, 0.010, 0.020),
                new ServiceEdge("orders", "stock", 2, 1, 0.004, 0.008),
                new ServiceEdge("stock", "postgresql", 1, 0, 0.001, 0.001),
            ],
            look.Edges);
    }

    [Fact]
    public void A_service_that_calls_itself_is_not_shown_as_a_stranger_at_its_address()
    {
        var call = Span(1, 2, 1, "POST", Protocol.Span.Types.SpanKind.Client, 1, 7);
        call.Attributes.Add(SampleExports.Text("server.address", "127.0.0.1"));

        var look = Look(("shop", [Root(1, 10), call, Span(1, 3, 2, "reserve", Protocol.Span.Types.SpanKind.Server, 2, 4)]));

        Assert.Equal(("(client)", "shop"), Assert.Single(look.Edges.Select(edge => (edge.From, edge.To))));
    }

    [Fact]
    public void The_slowest_request_is_laid_out_parents_first()
    {
        var look = Look(
            ("stock", [Span(2, 3, 2, "reserve", Protocol.Span.Types.SpanKind.Server, 3, 5)]),
            ("orders", [Root(1, 10), Span(2, 4, 1, "price", Protocol.Span.Types.SpanKind.Internal, 1, 1), Span(2, 2, 1, "POST", Protocol.Span.Types.SpanKind.Client, 2, 8), Root(2, 20)]));

        var trace = look.Slowest!;
        Assert.Equal(0.020, trace.DurationSeconds, precision: 9);
        Assert.Equal(["root 0", "price 1", "POST 1", "reserve 2"], trace.Spans.Select(span => $"{span.Name} {span.Depth}"));
        Assert.Equal([0, 0.001, 0.002, 0.003], trace.Spans.Select(span => Math.Round(span.StartSeconds, 9)));
        Assert.Equal("00000000000000000000000000000002", trace.TraceId);
    }

    [Fact]
    public void Spans_in_a_circle_and_strangers_end()
    {
        var look = Look(("orders", [Span(1, 1, 2, "a", Protocol.Span.Types.SpanKind.Internal, 0, 1), Span(1, 2, 1, "b", Protocol.Span.Types.SpanKind.Internal, 0, 1), Span(1, 3, 9, "c", Protocol.Span.Types.SpanKind.Internal, 0, 1)]));

        Assert.Null(look.Slowest);
        Assert.Empty(look.Edges);
        Assert.Equal(3, look.SpanCount);
    }

    [Fact]
    public void The_number_of_places_is_bounded()
    {
        var spans = Enumerable.Range(1, 300).Select(index => Span(1, (ulong)index, 0, $"span {index}", Protocol.Span.Types.SpanKind.Internal, 0, 1)).ToArray();
        foreach (var span in spans)
        {
            span.Attributes.Add(SampleExports.Text("mail", s_secrets[0]));
        }

        var look = Look(("orders", spans));

        Assert.Equal((200, 100L), (look.PersonalData.Count, look.PersonalDataElsewhereCount));
    }

    [Fact]
    public void Damaged_exports_that_are_still_well_formed_are_looked_at_without_a_fault()
    {
        var random = new Random(11);
        var looked = 0;
        for (var trial = 0; trial < 3000; trial++)
        {
            var bytes = SampleExports.Bytes(trial % 7, spans: 2);
            for (var damage = random.Next(1, 6); damage > 0; damage--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            if (PayloadValidator.Passes(bytes, OtlpSchema.TraceRequest, maxNesting: 100, out _, out _))
            {
                var look = TraceInspector.Inspect(new CapturedExports([new CapturedExport(bytes, bytes, Compressed: false)], 0), isDropped: _ => false, patterns: []);
                Assert.True(look.SpanCount >= 0 && look.Edges.All(edge => double.IsFinite(edge.P99Seconds!.Value)), $"Trial {trial}.");
                looked++;
            }
        }

        Assert.True(looked > 100, $"{looked} of 3000 damaged requests were well formed: too few to show anything.");
    }

    [Fact]
    public void The_slowest_request_is_the_slowest_of_those_that_tail_sampling_did_not_drop()
    {
        var look = Look(trace => trace == 2, ("orders", [Root(1, 10), Root(2, 900), Root(3, 20)]));

        Assert.Equal((3L, 3L), (look.SpanCount, look.Edges.Single().Calls));
        Assert.Equal($"{3:x32}", look.Slowest!.TraceId);
    }

    private static Span Root(byte trace, ulong milliseconds) => Span(trace, 1, 0, "root", Protocol.Span.Types.SpanKind.Server, 0, milliseconds);

    private static Span Span(byte trace, ulong id, ulong parent, string name, Span.Types.SpanKind kind, ulong startMilliseconds, ulong milliseconds)
    {
        var traceId = new byte[16];
        traceId[^1] = trace;
        return new Span
        {
            TraceId = ByteString.CopyFrom(traceId),
            SpanId = Id(id),
            ParentSpanId = parent == 0 ? ByteString.Empty : Id(parent),
            Name = name,
            Kind = kind,
            StartTimeUnixNano = Begin + (startMilliseconds * Millisecond),
            EndTimeUnixNano = Begin + ((startMilliseconds + milliseconds) * Millisecond),
        };
    }

    private static ByteString Id(ulong id)
    {
        var bytes = new byte[8];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(bytes, id);
        return ByteString.CopyFrom(bytes);
    }

    private static TraceSummary Look(params (string Service, Span[] Spans)[] exports) => Look(_ => false, exports);

    private static TraceSummary Look(Predicate<UInt128> isDropped, params (string Service, Span[] Spans)[] exports) => TraceInspector.Inspect(
        new CapturedExports(
            [.. exports.Select(export =>
            {
                var scope = new ScopeSpans();
                scope.Spans.AddRange(export.Spans);
                var request = new ExportTraceServiceRequest
                {
                    ResourceSpans = { new ResourceSpans { Resource = new Resource { Attributes = { SampleExports.Text("service.name", export.Service) } }, ScopeSpans = { scope } } },
                };
                var bytes = request.ToByteArray();
                return new CapturedExport(bytes, bytes, Compressed: false);
            })],
            MissedCount: 0),
        isDropped,
        patterns: []);
}
