using System.Buffers;
using System.Text;
using Google.Protobuf;
using PerfLab.Collector.Payloads;
using PerfLab.Collector.Protocol;

namespace PerfLab.Collector.Tests.Reading;

public sealed class JsonTranscoderTests
{
    private const string SpanStart = """{"resourceSpans":[{"scopeSpans":[{"spans":[{""";
    private const string SpanEnd = "}]}]}]}";

    [Fact]
    public void Requests_come_through_as_Googles_formatter_wrote_them()
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var request = SampleExports.Request(seed, spans: seed % 7);
            Assert.Equal(request, Read(OtlpJsonText.Of(request)));
        }
    }

    [Fact]
    public void The_specifications_forms_of_a_span_are_read()
    {
        var span = ReadSpan("""
            "traceId":"5B8EFFF798038103D269B633813FC60C","spanId":"eee19b7ec3c1b174","parentSpanId":"","name":"a\u00e9\n\"","kind":2,
            "startTimeUnixNano":"1544712660000000000","endTimeUnixNano":1544712661000000000,"flags":257,"traceState":null,
            "status":{"code":2},"unknown":{"deep":[1,{"x":null}]},
            "attributes":[{"key":"i","value":{"intValue":"-7"}},{"key":"n","value":{"intValue":7}},{"key":"d","value":{"doubleValue":1.5}},
            {"key":"z","value":{"doubleValue":"-Infinity"}},{"key":"b","value":{"boolValue":false}},{"key":"e","value":{}},
            {"key":"a","value":{"arrayValue":{"values":[{"stringValue":""},{"bytesValue":"AQI="}]}}}]
            """);

        Assert.Equal("5B8EFFF798038103D269B633813FC60C", Convert.ToHexString(span.TraceId.Span));
        Assert.Equal("EEE19B7EC3C1B174", Convert.ToHexString(span.SpanId.Span));
        Assert.Empty(span.ParentSpanId);
        Assert.Equal("aé\n\"", span.Name);
        Assert.Equal(Span.Types.SpanKind.Server, span.Kind);
        Assert.Equal((1544712660000000000UL, 1544712661000000000UL), (span.StartTimeUnixNano, span.EndTimeUnixNano));
        Assert.Equal(257U, span.Flags);
        Assert.Equal(Status.Types.StatusCode.Error, span.Status.Code);
        var values = span.Attributes.Select(attribute => attribute.Value).ToList();
        Assert.Equal((-7L, 7L, 1.5), (values[0].IntValue, values[1].IntValue, values[2].DoubleValue));
        Assert.Equal(double.NegativeInfinity, values[3].DoubleValue);
        Assert.Equal(AnyValue.ValueOneofCase.BoolValue, values[4].ValueCase);
        Assert.Equal(AnyValue.ValueOneofCase.None, values[5].ValueCase);
        Assert.Equal(AnyValue.ValueOneofCase.StringValue, values[6].ArrayValue.Values[0].ValueCase);
        Assert.Equal([1, 2], values[6].ArrayValue.Values[1].BytesValue.ToByteArray());
    }

    [Theory]
    [InlineData("""{"attributes":[{"key":"i","value":{"intValue":"9223372036854775807"}}]}""", long.MaxValue)]
    [InlineData("""{"attributes":[{"key":"i","value":{"intValue":-9223372036854775808}}]}""", long.MinValue)]
    [InlineData("""{"attributes":[{"key":"i","value":{"intValue":1e3}}]}""", 1000)]
    [InlineData("""{"attributes":[{"key":"i","value":{"intValue":"5.0"}}]}""", 5)]
    public void Integers_are_read_in_all_forms(string resource, long expected)
    {
        var request = Read(Encoding.UTF8.GetBytes($$"""{"resourceSpans":[{"resource":{{resource}}}]}"""));
        Assert.Equal(expected, request.ResourceSpans[0].Resource.Attributes[0].Value.IntValue);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{}{}")]
    [InlineData("{} x")]
    [InlineData("""{"resourceSpans":{}}""")]
    [InlineData("""{"resourceSpans":[1]}""")]
    [InlineData("""{"resourceSpans":[null]}""")]
    [InlineData(SpanStart + "\"traceId\":\"5B8EFFF79803810\"" + SpanEnd)]
    [InlineData(SpanStart + "\"traceId\":\"5B8EFFF79803810X\"" + SpanEnd)]
    [InlineData(SpanStart + "\"traceId\":7" + SpanEnd)]
    [InlineData(SpanStart + "\"kind\":\"SPAN_KIND_SERVER\"" + SpanEnd)]
    [InlineData(SpanStart + "\"kind\":\"2\"" + SpanEnd)]
    [InlineData(SpanStart + "\"kind\":4294967296" + SpanEnd)]
    [InlineData(SpanStart + "\"name\":7" + SpanEnd)]
    [InlineData(SpanStart + "\"name\":\"\\ud800\"" + SpanEnd)]
    [InlineData(SpanStart + "\"flags\":-1" + SpanEnd)]
    [InlineData(SpanStart + "\"startTimeUnixNano\":\"18446744073709551616\"" + SpanEnd)]
    [InlineData(SpanStart + "\"startTimeUnixNano\":1.5" + SpanEnd)]
    [InlineData(SpanStart + "\"attributes\":[{\"key\":\"d\",\"value\":{\"doubleValue\":\"1,5\"}}]" + SpanEnd)]
    [InlineData(SpanStart + "\"attributes\":[{\"key\":\"d\",\"value\":{\"doubleValue\":1e999}}]" + SpanEnd)]
    [InlineData(SpanStart + "\"attributes\":[{\"key\":\"d\",\"value\":{\"boolValue\":\"true\"}}]" + SpanEnd)]
    [InlineData(SpanStart + "\"attributes\":[{\"key\":\"d\",\"value\":{\"bytesValue\":\"%\"}}]" + SpanEnd)]
    public void Wrong_JSON_is_named(string json)
    {
        var fault = Transcode(Encoding.UTF8.GetBytes(json), out _);

        Assert.NotNull(fault);
        Assert.False(string.IsNullOrEmpty(fault.Reason));
        Assert.InRange(fault.Position, 0, json.Length);
    }

    [Fact]
    public void Names_of_protobuf_are_not_names_of_JSON()
    {
        Assert.Empty(Read("""{"resource_spans":[{}]}"""u8.ToArray()).ResourceSpans);
    }

    [Theory]
    [InlineData(47, true)]
    [InlineData(48, false)]
    public void Nesting_is_bounded_as_in_protobuf(int arrays, bool passes)
    {
        Assert.Equal(passes, Transcode(OtlpJsonText.Of(SampleExports.Nested(arrays)), out _) is null);
    }

    [Theory]
    [InlineData(20261124)]
    public void Damaged_JSON_is_named_or_gives_a_well_formed_message(int seed)
    {
        var random = new Random(seed);
        var passed = 0;
        for (var round = 0; round < 3000; round++)
        {
            var json = OtlpJsonText.Of(SampleExports.Request(random.Next(4), spans: 1));
            for (var damage = random.Next(1, 4); damage > 0; damage--)
            {
                json[random.Next(json.Length)] = (byte)random.Next(256);
            }

            if (Transcode(json, out var protobuf) is null)
            {
                // Only text that is not UTF-8 may be left to the check behind.
                var whole = PayloadValidator.Passes(protobuf, OtlpSchema.TraceRequest, 100, out var fault, out _);
                Assert.True(whole || fault == WireError.NotUtf8, $"{fault}");
                passed++;
            }
        }

        Assert.InRange(passed, 1, 2999);
    }

    private static Span ReadSpan(string members) =>
        Read(Encoding.UTF8.GetBytes(SpanStart + members + SpanEnd)).ResourceSpans[0].ScopeSpans[0].Spans[0];

    private static ExportTraceServiceRequest Read(byte[] json)
    {
        var fault = Transcode(json, out var protobuf);
        Assert.Null(fault);
        return ExportTraceServiceRequest.Parser.ParseFrom(protobuf);
    }

    private static JsonError? Transcode(byte[] json, out byte[] protobuf)
    {
        using var output = new PooledBody(new BufferBudget(long.MaxValue), (JsonTranscoder.MaxGrowth * json.Length) + 16);
        var fault = JsonTranscoder.Transcode(json, OtlpSchema.TraceRequest, 100, output);
        protobuf = output.Written.ToArray();
        return fault;
    }
}
