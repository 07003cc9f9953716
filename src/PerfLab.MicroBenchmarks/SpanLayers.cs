using System.Diagnostics;
using System.Runtime.ExceptionServices;
using OpenTelemetry;
using OpenTelemetry.Trace;
using Shop.Sampling;

namespace PerfLab.MicroBenchmarks;

/// <summary>A span by itself: without a listener, under each sampler, recorded, and with what it can carry.</summary>
internal static class SpanLayers
{
    /// <summary>A recorded span without attributes that no processor takes.</summary>
    public const string Recorded = "recorded";

    private const string Dropped = "not-recorded/always-off";

    // What a span of Shop carries (3 to 11), a rich one, and half of what the SDK takes by default (128).
    private static readonly int[] s_attributeCounts = [5, 20, 64];

    private static readonly ActivitySource s_source = new("PerfLab.MicroBenchmarks");
    private static readonly ActivitySource s_unheard = new("PerfLab.MicroBenchmarks.Unheard");
    private static readonly ActivityContext s_unsampledCaller = new(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.None, isRemote: true);
    private static readonly ActivityContext s_sampledCaller = new(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded, isRemote: true);

    /// <summary>Gets the layers.</summary>
    public static IReadOnlyList<Layer> All { get; } =
    [
        new("no-listener", Layer.Nothing, () => new LayerOperation(static () => s_unheard.StartActivity("operation")?.Dispose())),
        new(Dropped, Layer.Nothing, () => Root(new AlwaysOffSampler())),
        new("not-recorded/ratio-0", Layer.Nothing, () => Root(new TraceIdRatioBasedSampler(0))),
        new("not-recorded/parent-based-root", Layer.Nothing, () => Root(new ParentBasedSampler(new AlwaysOffSampler()))),
        new("not-recorded/parent-based-remote-parent", Layer.Nothing, () => Sampled(
            new ParentBasedSampler(new AlwaysOnSampler()), static () => s_source.StartActivity("operation", ActivityKind.Server, s_unsampledCaller)?.Dispose())),
        new("not-recorded/child", Dropped, () => Sampled(new AlwaysOffSampler(), StartAndEndWithChild)),
        new("not-recorded/counted", Dropped, () =>
        {
            var counts = new SpanCounts();
            return Sampled(new CountingSampler(new AlwaysOffSampler(), counts), StartAndEnd, counts);
        }),
        new("recorded-only", Layer.Nothing, () => Root(new RecordOnlySampler())),
        new(Recorded, Layer.Nothing, () => Root(new AlwaysOnSampler())),
        new("recorded/child", Recorded, () => Sampled(new AlwaysOnSampler(), StartAndEndWithChild)),
        .. s_attributeCounts.Select(count => Attributes("string", count, "premium")),
        .. s_attributeCounts.Select(count => Attributes("long", count, 1_234_567_890_123L)),
        .. s_attributeCounts.Select(count => Attributes("double", count, 12.5)),
        .. s_attributeCounts.Select(count => Attributes("bool", count, true)),
        .. s_attributeCounts.Select(count => Attributes("string-array", count, new[] { "premium", "card" })),
        Carrying("event", static span => span.AddEvent(new ActivityEvent("cache miss"))),
        Carrying("event/3-attributes", static span => span.AddEvent(new ActivityEvent("cache miss", tags: new ActivityTagsCollection
        {
            ["cache.name"] = "products",
            ["cache.key"] = "SKU-0101",
            ["cache.tier"] = "local",
        }))),
        Carrying("link", static span => span.AddLink(new ActivityLink(s_sampledCaller))),
        Exception("exception", Unthrown()),
        Exception("exception/thrown", Thrown()) with { AllocationVaries = true },
        Carrying("status", static span => span.SetStatus(ActivityStatusCode.Error, "The payment was declined.")),
    ];

    /// <summary>Starts and ends a root span without attributes.</summary>
    public static void StartAndEnd() => s_source.StartActivity("operation")?.Dispose();

    /// <summary>Starts and ends a span with five texts, as many as a span of Shop has.</summary>
    /// <param name="fifth">The last of them.</param>
    public static void StartAndEndWithFiveTexts(string fifth)
    {
        using var span = s_source.StartActivity("operation");
        span?.SetTag("order.id", "0a1b2c3d").SetTag("user.tier", "premium").SetTag("payment.method", "card").SetTag("order.region", "eu-west").SetTag("order.contact", fifth);
    }

    /// <summary>Makes a provider that listens to the spans of this room.</summary>
    /// <param name="sampler">The sampler.</param>
    /// <param name="processors">What takes the spans that end; the provider disposes them.</param>
    public static TracerProvider Provider(Sampler sampler, params IReadOnlyList<BaseProcessor<Activity>> processors)
    {
        var builder = Sdk.CreateTracerProviderBuilder().AddSource(s_source.Name).SetSampler(sampler);
        return processors.Aggregate(builder, (tracing, processor) => tracing.AddProcessor(processor)).Build();
    }

    private static void StartAndEndWithChild()
    {
        using var parent = s_source.StartActivity("operation");
        s_source.StartActivity("step")?.Dispose();
    }

    private static LayerOperation Root(Sampler sampler) => Sampled(sampler, StartAndEnd);

    private static LayerOperation Sampled(Sampler sampler, Action invoke, params IReadOnlyList<IDisposable> owned) =>
        new(invoke, [Provider(sampler), .. owned]);

    private static Layer Attributes<T>(string type, int count, T value)
    {
        string[] keys = [.. Enumerable.Range(1, count).Select(number => $"shop.fact.{number:00}")];
        return Carrying($"attributes/{type}-{count}", span =>
        {
            // Each value is boxed as a caller's is.
            foreach (var key in keys)
            {
                span.SetTag(key, value);
            }
        });
    }

    private static Layer Carrying(string name, Action<Activity> add) => new(name, Recorded, () => Sampled(new AlwaysOnSampler(), () =>
    {
        using var span = s_source.StartActivity("operation");
        add(span!);
    }));

    private static Layer Exception(string name, Exception exception) => Carrying(name, span => span.AddException(exception));

    // A stack trace names files of the machine that compiled it, and its length would decide what is allocated.
    private static Exception Unthrown() => ExceptionDispatchInfo.SetRemoteStackTrace(
        new InvalidOperationException("The payment was declined."),
        string.Concat(Enumerable.Repeat($"   at Shop.Services.PaymentGateway.ChargeAsync(Order order){Environment.NewLine}", 10)));

    private static InvalidOperationException Thrown()
    {
        try
        {
            throw new InvalidOperationException("The payment was declined.");
        }
        catch (InvalidOperationException exception)
        {
            return exception;
        }
    }

    /// <summary>Records every span and exports none.</summary>
    private sealed class RecordOnlySampler : Sampler
    {
        public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) => new(SamplingDecision.RecordOnly);
    }
}
