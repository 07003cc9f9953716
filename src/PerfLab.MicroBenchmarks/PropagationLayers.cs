using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;
using PerfLab.Experiments.Results;
using Shop.Queues;

namespace PerfLab.MicroBenchmarks;

/// <summary>Writing the context of a span into headers, and reading it from them: for HTTP by the SDK's propagators, for messages by Shop.</summary>
internal static class PropagationLayers
{
    private static readonly ActivityContext s_context = new(
        ActivityTraceId.CreateFromString("0af7651916cd43dd8448eb211c80319c"), ActivitySpanId.CreateFromString("b7ad6b7169203331"), ActivityTraceFlags.Recorded, isRemote: true);

    // Of the usual size: two entries of one short word.
    private static readonly Baggage s_baggage = Baggage.Create(new Dictionary<string, string>(StringComparer.Ordinal) { ["user.tier"] = "premium", ["region"] = "eu-west" });

    /// <summary>Gets the layers.</summary>
    public static IReadOnlyList<Layer> All { get; } =
    [
        .. Both("w3c", new TraceContextPropagator()),
        .. Both("baggage", new BaggagePropagator()),
        .. Both("w3c-and-baggage", new CompositeTextMapPropagator([new TraceContextPropagator(), new BaggagePropagator()])),

        // The package that replaces this class, OpenTelemetry.Extensions.Propagators, is not served; Shop uses this one too.
#pragma warning disable CS0618
        .. Both("b3", new B3Propagator(singleHeader: true)),
        .. Both("b3multi", new B3Propagator(singleHeader: false)),
#pragma warning restore CS0618
        .. Queue(),
    ];

    private static Layer[] Both(string format, TextMapPropagator propagator)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        Inject(propagator, headers);
        return
        [
            Of($"inject/{format}", () => Inject(propagator, headers)),
            Of($"extract/{format}", () => propagator.Extract(default, headers, static (carrier, name) => carrier.TryGetValue(name, out var value) ? [value] : [])),
        ];
    }

    private static void Inject(TextMapPropagator propagator, Dictionary<string, string> headers) =>
        propagator.Inject(new PropagationContext(s_context, s_baggage), headers, static (carrier, name, value) => carrier[name] = value);

    private static Layer[] Queue()
    {
        var propagator = new MessageContextPropagator(DistributedContextPropagator.Current);
        var span = new Activity("send").SetParentId(s_context.TraceId, s_context.SpanId, s_context.TraceFlags).Start();
        span.Stop();
        var headers = new Dictionary<string, string>(StringComparer.Ordinal);
        propagator.Inject(span, headers);
        return
        [
            Of("inject/queue", () => propagator.Inject(span, headers)),
            Of("extract/queue", () => propagator.Extract(headers)),
        ];
    }

    private static Layer Of(string name, Action invoke) => new(name, Layer.Nothing, () => new LayerOperation(invoke)) { Unit = LayerUnit.Context };
}
