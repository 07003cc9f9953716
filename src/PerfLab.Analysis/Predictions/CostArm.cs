using System.Globalization;
using PerfLab.Analysis.Runs;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;

namespace PerfLab.Analysis.Predictions;

/// <summary>How often each driver of a cost is in a request.</summary>
/// <param name="Counts">By driver, in the order of <see cref="All"/>.</param>
/// <param name="ExportedRatio">The share of the recorded spans that is exported.</param>
public sealed record DriverCounts(IReadOnlyList<double> Counts, double ExportedRatio)
{
    /// <summary>The drivers in the order in which they are told apart: of two that always go together, the first stands for both.</summary>
    public static IReadOnlyList<CostDriver> All { get; } = [.. Enum.GetValues<CostDriver>().Where(driver => driver != CostDriver.Unknown)];

    /// <summary>The drivers of the bytes that are exported.</summary>
    public static IReadOnlyList<CostDriver> OfExports { get; } = [CostDriver.ExportedSpan, CostDriver.BoundarySpan, CostDriver.Attribute, CostDriver.Event];

    /// <summary>Gets the number of a driver.</summary>
    public double this[CostDriver driver] => Counts[(int)driver - 1];

    /// <summary>Counts what a request has.</summary>
    public static DriverCounts Of(RequestSpans spans, double exportedKilobytes)
    {
        double[] counts =
        [
            1,
            spans.Recorded,
            spans.NotSampled,
            spans.Recorded * spans.ExportedRatio,
            spans.Recorded * spans.BoundaryRatio,
            spans.Recorded * spans.AttributesPerSpan,
            spans.Recorded * spans.EventsPerSpan,
            exportedKilobytes,
        ];
        return new DriverCounts(counts, spans.ExportedRatio);
    }

    /// <summary>Gets the numbers of some drivers, in their order; with <paramref name="onlyExported"/> of what is exported alone.</summary>
    public double[] Select(IEnumerable<CostDriver> drivers, bool onlyExported = false) =>
        [.. drivers.Select(driver => this[driver] * (onlyExported && driver != CostDriver.ExportedSpan ? ExportedRatio : 1))];
}

/// <summary>The spans of a request.</summary>
/// <param name="NotSampled">Spans that the sampler leaves out.</param>
/// <param name="Recorded">Spans that are recorded.</param>
/// <param name="ExportedRatio">The share of the recorded spans that is exported.</param>
/// <param name="BoundaryRatio">The share of the spans that belong to requests served or sent over HTTP or gRPC.</param>
/// <param name="AttributesPerSpan">Attributes of a span, on average.</param>
/// <param name="EventsPerSpan">Events of a span, on average.</param>
public sealed record RequestSpans(double NotSampled, double Recorded, double ExportedRatio, double BoundaryRatio, double AttributesPerSpan, double EventsPerSpan);

/// <summary>An arm of a run of Shop, as a cost model sees it.</summary>
internal sealed record CostArm(string RunId, ArmAnalysis Arm, DriverCounts Counts, double LongTextBytes)
{
    // Attributes of Shop's spans with values of this many characters are what "an attribute" is.
    internal const int TextLength = 16;

    private const int StatementAttributes = 4;

    // Readiness checks create a span each, and requests in flight at the end may lack some.
    private const double SameSpans = 0.03;

    private static readonly HashSet<string> s_described = new(StringComparer.Ordinal)
    {
        "OTEL_SDK_DISABLED", "OTEL_TRACES_SAMPLER", "OTEL_TRACES_SAMPLER_ARG", "OTEL_TRACES_EXPORTER", "OTEL_SERVICE_NAME", "OTEL_BSP_MAX_QUEUE_SIZE",
        "SHOP_INSTRUMENTATION", "SHOP_SPAN_PATH", "SHOP_SPAN_FACTS", "SHOP_SPAN_FACT_LENGTH", "SHOP_SPAN_FACTS_AS", "SHOP_DATABASE_BOUNDARY",
        "SHOP_PAYMENT_LATENCY_MS", "SHOP_INVOICE_LATENCY_MS", "SHOP_RESERVE_STOCK", "SHOP_DATA",
    };

    /// <summary>Gets a value indicating whether the service has no SDK, so that its cost is that of the service alone.</summary>
    internal bool IsUntraced => Counts.Counts.All(count => count == 0);

    /// <summary>Describes the arms of a run that can be described, and says why others cannot.</summary>
    internal static (IReadOnlyList<CostArm> Arms, IReadOnlyList<LeftOutArm> LeftOut) Of(RunAnalysis run)
    {
        var (arms, leftOut) = (new List<CostArm>(), new List<LeftOutArm>());
        foreach (var arm in run.Arms)
        {
            var planned = run.Plan.Arms.Single(one => one.Name == arm.Name);
            var reason = Describe(run, arm, planned, out var described);
            if (described is null)
            {
                leftOut.Add(new LeftOutArm(arm.Name, reason));
            }
            else
            {
                arms.Add(described);
            }
        }

        return (arms, leftOut);
    }

    /// <summary>Gets one number for each launch set.</summary>
    internal double[] Samples(MetricId metric) => [.. Arm.Metrics.First(comparison => comparison.Metric == metric).Samples.Select(sample => sample!.Value)];

    private static LeftOutReason Describe(RunAnalysis run, ArmAnalysis arm, PlannedArm planned, out CostArm? described)
    {
        described = null;
        if (run.Plan.Target.Processes is not [var process] || process.Command.Contains("--queue") || !process.Command.Any(word => word.EndsWith("Shop.dll", StringComparison.Ordinal)) || planned is not { Program: null, BackEnd: null })
        {
            return LeftOutReason.NotDescribed;
        }

        var environment = process.EnvironmentUnder(planned.Environment);
        if (environment.Keys.Any(name => !s_described.Contains(name) && (planned.Environment.ContainsKey(name) || IsOfTracing(name))) || environment.GetValueOrDefault("SHOP_SPAN_PATH") is not (null or "all" or "recording"))
        {
            return LeftOutReason.NotDescribed;
        }

        if (arm.Health.State != ArmState.Healthy)
        {
            return LeftOutReason.NotHealthy;
        }

        if (((MetricId[])[MetricId.Cpu, MetricId.Allocation, MetricId.ExportedBytes]).Any(metric => arm.Metrics.FirstOrDefault(comparison => comparison.Metric == metric)?.Samples is not { Count: > 1 } samples || samples.Contains(null)))
        {
            return LeftOutReason.NotMeasured;
        }

        if (SdkEnvironment.IsDisabled(run.Plan, planned))
        {
            described = new CostArm(run.Manifest.RunId, arm, new DriverCounts(new double[DriverCounts.All.Count], 0), 0);
            return LeftOutReason.Unknown;
        }

        return arm.Spans is { RequestCount: > 0, CreatedCount: { } created, SampledCount: { } sampled }
            ? Count(run.Manifest.RunId, arm, environment, (double)created / arm.Spans.RequestCount, (double)sampled / arm.Spans.RequestCount, out described)
            : LeftOutReason.NotMeasured;
    }

    private static LeftOutReason Count(string run, ArmAnalysis arm, IReadOnlyDictionary<string, string> environment, double created, double sampled, out CostArm? described)
    {
        var order = SpanMix.ShopOrder;
        var instrumentation = environment.GetValueOrDefault("SHOP_INSTRUMENTATION") ?? "both";
        var boundary = instrumentation is "both" or "auto" ? order.RootServers + order.CalledServers + order.Clients : 0;
        var own = instrumentation is "both" or "manual" ? order.Own : 0;

        // One statement for each product of the order, whatever their number: what the other spans do not account for.
        var statements = environment.GetValueOrDefault("SHOP_DATABASE_BOUNDARY") == "trace" ? Math.Round(created - boundary - own) : 0;
        var spans = boundary + own + statements;
        described = null;
        if (Math.Abs(created - spans) > SameSpans * spans)
        {
            return LeftOutReason.OtherSpans;
        }

        var asEvents = environment.GetValueOrDefault("SHOP_SPAN_FACTS_AS") == "events";
        var ownAttributes = own * Number(environment, "SHOP_SPAN_FACTS") ?? (own > 0 ? order.OwnAttributes : 0);
        var attributes = (boundary > 0 ? order.LibraryAttributes : 0) + (statements * StatementAttributes) + (asEvents ? 0 : ownAttributes);
        var exported = sampled > 0 ? (double)arm.Spans.DistinctCount / arm.Spans.RequestCount / sampled : 0;
        var length = Number(environment, "SHOP_SPAN_FACT_LENGTH") ?? TextLength;
        var each = spans > 0 ? 1 / spans : 0;
        var counts = DriverCounts.Of(
            new RequestSpans(created - sampled, sampled, exported, boundary * each, attributes * each, asEvents ? ownAttributes * each : 0),
            (double)arm.Spans.WireBytes / arm.Spans.RequestCount / 1000);
        described = new CostArm(run, arm, counts, Math.Max(0, ownAttributes - order.OwnAttributes) * (length - TextLength) * sampled * each * exported);
        return LeftOutReason.Unknown;
    }

    // What all arms have in common is in the level of the run, unless it is about spans.
    private static bool IsOfTracing(string name) => name.StartsWith("OTEL_", StringComparison.Ordinal) || name.StartsWith("SHOP_", StringComparison.Ordinal);

    private static double? Number(IReadOnlyDictionary<string, string> environment, string name) =>
        int.TryParse(environment.GetValueOrDefault(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
