using PerfLab.Analysis.Runs;
using PerfLab.Experiments.Results;

namespace PerfLab.Analysis.Tests;

/// <summary>The layers of an arm, added up and set beside what the run measured.</summary>
public sealed class CostLedgerTests
{
    private static readonly LayerInterval s_hundred = new(100, 90, 110);

    [Fact]
    public void A_layer_adds_what_it_costs_beyond_the_one_it_stands_on()
    {
        var own = OwnLayerCost.Of(Record(
            Layer("recorded", null, new LayerInterval(300, 296, 304), 416),
            Layer("event", "recorded", new LayerInterval(350, 347, 353), 504)));

        // sqrt(4^2 + 3^2) = 5
        Assert.Equal(new LayerInterval(50, 45, 55), own[1].Nanoseconds);
        Assert.Equal(88, own[1].AllocatedBytes);
    }

    [Fact]
    public void The_layers_of_an_arm_are_counted_per_request_and_the_rest_is_not_explained()
    {
        var ledger = Assert.Single(new CostLedgerBuilder(AllLayers(), SpanMix.ShopOrder).Build(Run(cpuSeconds: 0.000405, bytes: 13_000)));

        // The arm has 4,000 spans in 4,000 requests: 1 of the 11 spans of an order, and 1/11 of its 4 requests served and so on.
        Assert.Equal(1, ledger.SampledSpansPerRequest);
        Assert.Equal(4 / 11.0, Row(ledger, CostLedgerPart.AspNetCore).UnitsPerRequest, 1e-9);
        Assert.Equal(400 / 11.0, Row(ledger, CostLedgerPart.AspNetCore).NanosecondsPerRequest.Mean, 1e-9);
        Assert.Equal(300 / 11.0, Row(ledger, CostLedgerPart.HttpClient).NanosecondsPerRequest.Mean, 1e-9);
        Assert.Equal(400 / 11.0, Row(ledger, CostLedgerPart.OwnSpans).NanosecondsPerRequest.Mean, 1e-9);

        // 11 attributes of an order, and the layer has five.
        Assert.Equal(100 / 5.0, Row(ledger, CostLedgerPart.OwnAttributes).NanosecondsPerRequest.Mean, 1e-9);
        Assert.Equal(100, Row(ledger, CostLedgerPart.Processor).NanosecondsPerRequest.Mean, 1e-9);
        Assert.Equal(100, Row(ledger, CostLedgerPart.Serialization).NanosecondsPerRequest.Mean, 1e-9);

        // One export in 4,000 requests, and the layer is of one span of a batch of 512.
        Assert.Equal(512 * 100 / 4000.0, Row(ledger, CostLedgerPart.Export).NanosecondsPerRequest.Mean, 1e-9);
        Assert.DoesNotContain(ledger.Rows, row => row.Part == CostLedgerPart.Propagation);

        // The baseline takes 400 us and 10,000 bytes.
        Assert.Equal(5_000, ledger.MeasuredNanosecondsPerRequest!.Mean, 1);
        Assert.Equal(3_000, ledger.MeasuredBytesPerRequest!.Mean, 1);
        Assert.Equal(5_000 - ledger.SumNanosecondsPerRequest.Mean, ledger.UnexplainedNanosecondsPerRequest!.Mean, 1);
        Assert.Equal(ledger.SumNanosecondsPerRequest.Mean / 5_000, ledger.ExplainedCpuRatio!.Mean, 1e-3);
        Assert.InRange(ledger.ExplainedCpuRatio.Mean, ledger.ExplainedCpuRatio.Low, ledger.ExplainedCpuRatio.High);
    }

    [Fact]
    public void The_pauses_of_the_collector_are_a_line_of_their_own()
    {
        var ledger = Assert.Single(new CostLedgerBuilder(AllLayers(), SpanMix.ShopOrder).Build(Run(cpuSeconds: 0.000405, bytes: 13_000, pauseSeconds: 0.000011)));

        Assert.Equal(1_000, ledger.CollectorNanosecondsPerRequest!.Mean, 1);
        Assert.Equal(ledger.Rows.Sum(row => row.NanosecondsPerRequest.Mean) + 1_000, ledger.SumNanosecondsPerRequest.Mean, 1);
    }

    [Fact]
    public void With_cold_caches_the_layers_that_were_measured_so_cost_more_and_the_others_the_same()
    {
        var layers = AllLayers();
        var cold = layers with { Layers = [.. layers.Layers.Select(layer => layer.Layer == "recorded/child" ? layer with { ColdNanosecondsPerUnit = new LayerInterval(900, 890, 910) } : layer)] };
        var run = Run(cpuSeconds: 0.000405, bytes: 13_000);

        var ledger = Assert.Single(new CostLedgerBuilder(cold, SpanMix.ShopOrder).Build(run));

        // 4 of the 11 spans of an order are the service's own: 4/11 of a span, 800 ns more each.
        Assert.Equal(4 * 800 / 11.0, ledger.ColdSumNanosecondsPerRequest!.Mean - ledger.SumNanosecondsPerRequest.Mean, 1e-6);
        Assert.Equal(ledger.ColdSumNanosecondsPerRequest.Mean / 5_000, ledger.ColdExplainedCpuRatio!.Mean, 1e-3);
        Assert.Null(Assert.Single(new CostLedgerBuilder(layers, SpanMix.ShopOrder).Build(run)).ColdExplainedCpuRatio);
    }

    [Fact]
    public void No_share_of_an_overhead_that_may_be_none_is_explained() =>
        Assert.Null(Assert.Single(new CostLedgerBuilder(AllLayers(), SpanMix.ShopOrder).Build(Run(cpuSeconds: 0.0004, bytes: 10_000))).ExplainedCpuRatio);

    [Fact]
    public void Layers_that_were_not_measured_are_named()
    {
        var error = Assert.Throws<InvalidDataException>(() => new CostLedgerBuilder(Record(Layer("nothing", null, s_hundred, 0)), SpanMix.ShopOrder));

        Assert.Contains("batch-processor", error.Message, StringComparison.Ordinal);
    }

    // 405 and 420 us, 13,000 and 13,400 bytes in every launch set: the pairs differ by 15 us and 400 bytes.
    [Fact]
    public void An_arm_is_compared_with_the_one_before_it_launch_set_by_launch_set()
    {
        var run = LabRun.Analyze(
            LabRun.Plan(6, "on", "more"),
            [
                .. Enumerable.Range(1, 6).Select(number => LabRun.Launch(
                    number,
                    LabRun.Arm("off"),
                    LabRun.Arm("off'"),
                    LabRun.Arm("on", 0.000405 + (0.00001 * number), 13_000),
                    LabRun.Arm("more", 0.000420 + (0.00001 * number), 13_400))),
            ]);

        var ledgers = new CostLedgerBuilder(AllLayers(), SpanMix.ShopOrder).Build(run);

        Assert.Null(ledgers[0].Increment);
        var increment = ledgers[1].Increment!;
        Assert.Equal("on", increment.Over);
        Assert.Equal(15_000, increment.MeasuredNanoseconds!.Mean, 1);
        Assert.Equal(15_000, increment.MeasuredNanoseconds.High, 1);
        Assert.Equal(400, increment.MeasuredBytes!.Mean, 1);
        Assert.Equal(0, increment.LayersNanoseconds.Mean, 1e-9);
        Assert.Equal(0, increment.LayersBytes, 1e-9);
        Assert.Null(increment.ExplainedCpuRatio);
    }

    private static CostLedgerRow Row(ArmCostLedger ledger, CostLedgerPart part) => ledger.Rows.Single(row => row.Part == part);

    private static RunAnalysis Run(double cpuSeconds, double bytes, double pauseSeconds = 0.00001) => LabRun.Analyze(
        LabRun.Plan(6, "on"),
        [.. Enumerable.Range(1, 6).Select(number => LabRun.Launch(number, LabRun.Arm("off"), LabRun.Arm("off'"), LabRun.Arm("on", cpuSeconds, bytes, pauseSeconds: pauseSeconds)))]);

    private static MicroBenchmarkRecord AllLayers() => Record([.. CostLedgerBuilder.NeededLayers.Select(name => Layer(name, null, s_hundred, 50))]);

    private static MicroBenchmarkRecord Record(params IReadOnlyList<LayerCost> layers) => new()
    {
        FormatVersion = MicroBenchmarkRecord.CurrentFormatVersion,
        Started = LabRun.Manifest.StartedUtc,
        Mode = MicroBenchmarkMode.Full,
        Machine = null,
        Versions = new Dictionary<string, string>(),
        AllocationDeviations = [],
        Layers = layers,
    };

    private static LayerCost Layer(string name, string? over, LayerInterval nanoseconds, double bytes) => new()
    {
        Layer = name,
        Over = over,
        Unit = LayerUnit.Span,
        NanosecondsPerUnit = nanoseconds,
        AllocatedBytesPerUnit = bytes,
    };
}
