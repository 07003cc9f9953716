using PerfLab.Analysis.Metrics;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Statistics;

namespace PerfLab.Analysis.Runs;

/// <summary>Adds the layers of each arm up and sets them beside what its run measured.</summary>
public sealed class CostLedgerBuilder
{
    // The micro benchmarks export batches of this size.
    private const double BenchmarkBatch = 512;

    /// <summary>The layers without which there is no ledger.</summary>
    public static readonly IReadOnlyList<string> NeededLayers =
    [
        "inject/queue", "extract/queue", "aspnetcore/always-off", "aspnetcore/called-always-off", "aspnetcore/recorded", "aspnetcore/called-recorded", "httpclient/always-off", "httpclient/recorded",
        "not-recorded/child", "recorded/child", "attributes/string-5", "batch-processor", "serialize/5-attributes", "serialize/20-attributes", "export/http", "export/grpc",
    ];

    private readonly Dictionary<string, OwnLayerCost> _layers;
    private readonly SpanMix _mix;

    /// <summary>Takes the measured layers.</summary>
    /// <param name="layers">What each layer costs by itself.</param>
    /// <param name="mix">What the spans of a request are.</param>
    /// <exception cref="InvalidDataException">A layer that every ledger needs was not measured.</exception>
    public CostLedgerBuilder(MicroBenchmarkRecord layers, SpanMix mix)
    {
        _layers = OwnLayerCost.Of(layers).Where(layer => layer.Nanoseconds is not null).ToDictionary(layer => layer.Layer.Layer, StringComparer.Ordinal);
        _mix = mix;
        if (NeededLayers.Except(_layers.Keys, StringComparer.Ordinal).ToList() is { Count: > 0 } missing)
        {
            throw new InvalidDataException($"The micro benchmarks have no figures for {string.Join(", ", missing)}. Run ./run.sh micro or ./run.sh micro --quick without --filter.");
        }
    }

    /// <summary>Makes the ledger of every variant, in plan order; variants without an SDK and those that do not count their spans are left out.</summary>
    /// <param name="run">The run.</param>
    public IReadOnlyList<ArmCostLedger> Build(RunAnalysis run)
    {
        var ledgers = new List<ArmCostLedger>();
        ArmAnalysis? last = null;
        foreach (var arm in run.Arms.Where(arm => arm.Role == ArmRole.Variant && arm.Spans is { CreatedCount: > 0, RequestCount: > 0 }))
        {
            var ledger = Build(arm, run.Plan.Arms.Single(planned => planned.Name == arm.Name), run.Plan.Arms.Single(planned => planned.Role == ArmRole.Baseline));
            ledgers.Add(last is null ? ledger : ledger with { Increment = Increment(last, arm, ledgers[^1], ledger) });
            last = arm;
        }

        return ledgers;
    }

    private static CostIncrement Increment(ArmAnalysis from, ArmAnalysis to, ArmCostLedger before, ArmCostLedger after) => new(
        from.Name,
        PairedDifference(from, to, MetricId.Cpu, 1e9),
        IndependentSum.Of((1, after.SumNanosecondsPerRequest), (-1, before.SumNanosecondsPerRequest)),
        PairedDifference(from, to, MetricId.Allocation, 1),
        after.SumBytesPerRequest - before.SumBytesPerRequest);

    private static LayerInterval? PairedDifference(ArmAnalysis from, ArmAnalysis to, MetricId metric, double unit)
    {
        var pairs = Samples(from, metric).Zip(Samples(to, metric)).ToArray();
        return Array.TrueForAll(pairs, pair => pair is ({ }, { })) && SignedRankInterval.Of([.. pairs.Select(pair => unit * (pair.Second!.Value - pair.First!.Value))], RunConfidence.Level) is { } difference
            ? new LayerInterval(difference.Value, difference.Low, difference.High)
            : null;
    }

    private static IReadOnlyList<double?> Samples(ArmAnalysis arm, MetricId metric) => arm.Metrics.FirstOrDefault(comparison => comparison.Metric == metric)?.Samples ?? [];

    private ArmCostLedger Build(ArmAnalysis arm, PlannedArm planned, PlannedArm baseline)
    {
        double requests = arm.Spans.RequestCount;
        var created = arm.Spans.CreatedCount!.Value / requests;
        var sampled = (arm.Spans.SampledCount ?? arm.Spans.DistinctCount) / requests;
        CostLedgerRow[] rows = [.. new[] { Propagation(created, baseline), Instrumentation(created, sampled), Path(arm.Spans, sampled, planned) }.SelectMany(part => part).Where(row => row.UnitsPerRequest > 0)];
        var collector = Nanoseconds(arm, MetricId.GcPause);
        return new ArmCostLedger
        {
            Arm = arm.Name,
            CreatedSpansPerRequest = created,
            SampledSpansPerRequest = sampled,
            SpansPerExport = arm.Spans.ExportRequestCount > 0 ? (double)arm.Spans.ReceivedCount / arm.Spans.ExportRequestCount : null,
            Rows = rows,
            CollectorNanosecondsPerRequest = collector,
            SumNanosecondsPerRequest = Sum(rows.Select(row => row.NanosecondsPerRequest), collector),
            ColdSumNanosecondsPerRequest = _layers.Values.Any(layer => layer.ColdNanoseconds is not null) ? Sum(rows.Select(row => row.ColdNanosecondsPerRequest), collector) : null,
            MeasuredNanosecondsPerRequest = Nanoseconds(arm, MetricId.Cpu),
            MeasuredBytesPerRequest = Difference(arm, MetricId.Allocation) is { } bytes ? new LayerInterval(bytes.Estimate, bytes.Low, bytes.High) : null,
        };
    }

    // The runtime's own propagator does it, as it does for Shop's messages.
    private IEnumerable<CostLedgerRow> Propagation(double created, PlannedArm baseline)
    {
        if (baseline.Environment.GetValueOrDefault("OTEL_PROPAGATORS") == "none")
        {
            var (clients, servers) = (created / _mix.Spans * _mix.Clients, created / _mix.Spans * _mix.CalledServers);
            yield return Row(CostLedgerPart.Propagation, clients + servers, (clients, "inject/queue"), (servers, "extract/queue"));
        }
    }

    private IEnumerable<CostLedgerRow> Instrumentation(double created, double sampled)
    {
        // The mix is of one request; a run whose requests create more or fewer spans has more or fewer of each.
        var recorded = sampled / _mix.Spans;
        var dropped = Math.Max(0, created - sampled) / _mix.Spans;
        yield return Row(
            CostLedgerPart.AspNetCore,
            (dropped + recorded) * (_mix.RootServers + _mix.CalledServers),
            (dropped * _mix.RootServers, "aspnetcore/always-off"),
            (dropped * _mix.CalledServers, "aspnetcore/called-always-off"),
            (recorded * _mix.RootServers, "aspnetcore/recorded"),
            (recorded * _mix.CalledServers, "aspnetcore/called-recorded"));
        yield return Row(CostLedgerPart.HttpClient, (dropped + recorded) * _mix.Clients, (dropped * _mix.Clients, "httpclient/always-off"), (recorded * _mix.Clients, "httpclient/recorded"));
        yield return Row(CostLedgerPart.OwnSpans, (dropped + recorded) * _mix.Own, (dropped * _mix.Own, "not-recorded/child"), (recorded * _mix.Own, "recorded/child"));
        yield return Row(CostLedgerPart.OwnAttributes, recorded * _mix.OwnAttributes, (recorded * _mix.OwnAttributes / 5, "attributes/string-5"));
    }

    private IEnumerable<CostLedgerRow> Path(SpanLedger spans, double sampled, PlannedArm planned)
    {
        var path = planned.Environment.GetValueOrDefault("SHOP_SPAN_PATH");
        var isExported = spans.ExportRequestCount > 0;
        if (isExported || path is "batch" or "serialization")
        {
            yield return Row(CostLedgerPart.Processor, sampled, (sampled, "batch-processor"));
        }

        if (isExported || path == "serialization")
        {
            // Linear between 5 and 20 attributes.
            var beyondFive = (_mix.AttributesPerSpan - 5) / 15;
            yield return Row(CostLedgerPart.Serialization, sampled, (sampled * (1 - beyondFive), "serialize/5-attributes"), (sampled * beyondFive, "serialize/20-attributes"));
        }

        if (isExported)
        {
            var exports = (double)spans.ExportRequestCount / spans.RequestCount;
            var isGrpc = planned.Environment.Any(variable => variable.Key.EndsWith("_PROTOCOL", StringComparison.Ordinal) && variable.Value == "grpc");
            yield return Row(CostLedgerPart.Export, exports, (exports * BenchmarkBatch, isGrpc ? "export/grpc" : "export/http"));
        }
    }

    private CostLedgerRow Row(CostLedgerPart part, double units, params IReadOnlyCollection<(double Units, string Layer)> terms) => new(
        part,
        units,
        IndependentSum.Of([.. terms.Select(term => (term.Units, _layers[term.Layer].Nanoseconds!))]),
        IndependentSum.Of([.. terms.Select(term => (term.Units, _layers[term.Layer].ColdNanoseconds ?? _layers[term.Layer].Nanoseconds!))]),
        terms.Sum(term => term.Units * _layers[term.Layer].AllocatedBytes));

    private static LayerInterval Sum(IEnumerable<LayerInterval> layers, LayerInterval? collector) =>
        IndependentSum.Of([.. layers.Concat(collector is null ? [] : [collector]).Select(layer => (1.0, layer))]);

    private static LayerInterval? Nanoseconds(ArmAnalysis arm, MetricId metric) =>
        Difference(arm, metric) is { } seconds ? new LayerInterval(seconds.Estimate * 1e9, seconds.Low * 1e9, seconds.High * 1e9) : null;

    private static Interval? Difference(ArmAnalysis arm, MetricId metric) => arm.Metrics.FirstOrDefault(comparison => comparison.Metric == metric)?.Difference;
}
