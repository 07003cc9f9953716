using PerfLab.Analysis.Predictions;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Statistics.Tests;

namespace PerfLab.Analysis.Tests.Predictions;

public sealed class CostModelTests
{
    private const int Seed = 20_261_132;
    private const int SeedOfCoverage = 20_261_133;

    private static readonly MachineScale s_same = new(1, 0);

    [Fact]
    public void The_shipped_scenario_tells_every_cost_apart_and_finds_those_that_are_known()
    {
        var shop = new SimulatedShop(Seed) { LackOfFit = 0, Noise = 0.0002 };

        var model = CostModelFitter.Fit([shop.Run()], layers: null);

        Assert.Equal(DriverCounts.All, model.Cpu.Coefficients.Select(one => one.Driver));
        Assert.All(model.Cpu.Coefficients, one => Assert.Equal(CostSource.Runs, one.Source));
        Assert.All(model.Cpu.Coefficients.Zip(shop.Microseconds), pair => Assert.InRange(pair.First.Value * 1e6 / pair.Second, 0.8, 1.2));
        Assert.All(model.Allocation.Coefficients.Zip(shop.Bytes), pair => Assert.InRange(pair.First.Value / pair.Second, 0.9, 1.1));
        Assert.Equal([150, 40, 35, 60], model.ExportedBytes.Coefficients.Select(one => one.Value), (one, other) => Math.Abs(one - other) < 1);
        Assert.Empty(Assert.Single(model.Runs).LeftOut);
    }

    // As ASP.NET Core makes an Activity for its logs without tracing too.
    [Fact]
    public void Spans_of_requests_may_cost_less_than_those_of_the_services_own_code()
    {
        var shop = new SimulatedShop(Seed) { LackOfFit = 0, Noise = 0.0002, Bytes = [600, 550, 40, 160, -300, 55, 300, 20] };

        var model = CostModelFitter.Fit([shop.Run()], layers: null);

        Assert.Equal(-300, model.Allocation.Coefficients.Single(one => one.Driver == CostDriver.BoundarySpan).Value, 15.0);
        Assert.Equal(550, model.Allocation.Coefficients.Single(one => one.Driver == CostDriver.RecordedSpan).Value, 15.0);
        Assert.All(model.Allocation.Checks, check => Assert.InRange(check.Predicted, check.Low, check.High));
        Assert.All(model.Allocation.Checks, check => Assert.InRange(check.Measured / check.Predicted, 0.97, 1.03));

        // The variance of a service that has no such span is that of the other parts alone.
        var without = CostPrediction.Of(model, new ServiceQuestion(3000, 4, 1, 3, 0, 0, 16), s_same).Allocation;
        Assert.InRange(without.Estimate, SimulatedShop.Sum(shop.Bytes, (4, 1, 1, 0, 12, 0, 0)) * 0.98, SimulatedShop.Sum(shop.Bytes, (4, 1, 1, 0, 12, 0, 0)) * 1.02);
    }

    [Fact]
    public void A_service_costs_the_sum_of_what_it_has()
    {
        var shop = new SimulatedShop(Seed) { LackOfFit = 0, Noise = 0.0002 };
        var model = CostModelFitter.Fit([shop.Run()], layers: null);

        // 18 spans of which 3 are of HTTP, 6 attributes each, and a tenth of the traces; 200 bytes more than the simulation's per attribute.
        var prediction = CostPrediction.Of(model, new ServiceQuestion(3000, 18, 0.1, 6, 2, 3, 16 + 200), s_same);

        var arm = (Created: 18.0, Sampled: 0.1, Exported: 1.0, Http: 3.0, Attributes: 108.0, Events: 2.0, Text: 108.0 * 200);
        Assert.InRange(prediction.Cpu.Estimate * 1e6 / SimulatedShop.Sum(shop.Microseconds, arm), 0.97, 1.03);
        Assert.InRange(prediction.Allocation.Estimate / SimulatedShop.Sum(shop.Bytes, arm), 0.97, 1.03);
        Assert.Equal(0.1 * ((150 * 18) + (40 * 3) + (35 * 108) + (60 * 2) + (108 * 200)), prediction.ExportedBytes.Estimate, 5.0);
        Assert.True(prediction.Cpu.Low < prediction.Cpu.Estimate && prediction.Cpu.Estimate < prediction.Cpu.High);
        Assert.Empty(prediction.BeyondData);

        var twice = CostPrediction.Of(model, new ServiceQuestion(3000, 18, 0.1, 6, 2, 3, 16 + 200), new MachineScale(2, 0));
        Assert.Equal(2 * prediction.Cpu.High, twice.Cpu.High, 1e-9);
        Assert.Equal(prediction.Allocation, twice.Allocation);
        Assert.True(CostPrediction.Of(model, new ServiceQuestion(3000, 18, 0.1, 6, 2, 3, 216), new MachineScale(1, 0.2)).Cpu.High > prediction.Cpu.High);
    }

    [Fact]
    public void A_request_with_more_than_any_arm_has_is_an_extrapolation()
    {
        var model = CostModelFitter.Fit([new SimulatedShop(Seed).Run()], layers: null);

        var prediction = CostPrediction.Of(model, new ServiceQuestion(3000, 60, 1, 2, 0, 4, 16), s_same);

        Assert.Equal([CostDriver.RecordedSpan, CostDriver.ExportedSpan], prediction.BeyondData.Select(one => one.Range.Driver));
        Assert.Equal((19, 60), (prediction.BeyondData[0].Range.High, prediction.BeyondData[0].Asked));
    }

    [Fact]
    public void Arms_with_settings_that_nothing_describes_and_arms_with_other_spans_are_left_out_by_name()
    {
        var run = new SimulatedShop(Seed).Run(change: plan => plan with
        {
            Arms = [.. plan.Arms.Select(arm => arm.Name switch
            {
                "statements" => arm with { Environment = new Dictionary<string, string> { ["SHOP_REDACTION"] = "hash" } },
                "manual" => arm with { Environment = new Dictionary<string, string>() },
                _ => arm,
            })],
        });

        var model = CostModelFitter.Fit([run], layers: null);

        Assert.Equal([new("manual", LeftOutReason.OtherSpans), new LeftOutArm("statements", LeftOutReason.NotDescribed)], Assert.Single(model.Runs).LeftOut);
    }

    [Fact]
    public void What_runs_of_sampling_alone_cannot_tell_comes_from_the_layers_or_is_contained_in_the_rest()
    {
        var run = new SimulatedShop(Seed).Run(only: name => name is "ratio-10" or "always-on");

        var without = CostModelFitter.Fit([run], layers: null);
        var with = CostModelFitter.Fit([run], Layers());

        // An order has 11 spans, sampled or not, so one of the two cannot be told from the order itself.
        Assert.Equal([CostDriver.Request, CostDriver.RecordedSpan], without.Cpu.Coefficients.Select(one => one.Driver));
        Assert.Null(without.Scale);
        var attribute = with.Cpu.Coefficients.Single(one => one.Driver == CostDriver.Attribute);
        Assert.Equal(CostSource.MicroBenchmarks, attribute.Source);

        // A fifth of what five attributes add when recorded, and a fifteenth of what fifteen add when serialized: (550 - 400) / 5 + (900 - 450) / 15.
        Assert.Equal(60e-9, attribute.Value, 1e-9);
        Assert.Equal(400, with.Scale!.NanosecondsPerSpan.Mean);

        // Whatever the split, an order costs the same.
        var order = new ServiceQuestion(1500, 11, 1, 61 / 11.0, 0, 7, 16);
        Assert.Equal(CostPrediction.Of(without, order, s_same).Cpu.Estimate, CostPrediction.Of(with, order, s_same).Cpu.Estimate, 0.02 * CostPrediction.Of(without, order, s_same).Cpu.Estimate);
    }

    [Fact]
    public void Arms_and_runs_are_predicted_by_a_model_that_has_not_seen_them()
    {
        var shop = new SimulatedShop(Seed);

        var model = CostModelFitter.Fit([shop.Run(), shop.Run("20261129T210000Z-cost-model-bbbb")], layers: null);

        Assert.Equal(2 * 12, model.Cpu.Checks.Count(check => !check.WithoutRun));
        Assert.Equal(2 * 12, model.Cpu.Checks.Count(check => check.WithoutRun));
        Assert.All(model.Cpu.Checks, check => Assert.InRange(check.Predicted, check.Low, check.High));
        Assert.All(model.Cpu.Checks.Where(check => check.Arm == "always-on"), check => Assert.InRange(check.Measured * 1e6, 20, 60));
    }

    // SD of a count: sqrt(0.9 * 0.1 / 40 runs), because the arms of a run share its errors; about 5 points.
    [Fact]
    public void Nine_in_ten_arms_lie_within_the_interval_of_a_model_that_has_not_seen_them()
    {
        Simulations.SkipWhereUnwanted();
        var shop = new SimulatedShop(SeedOfCoverage);
        CostModelCheck[] checks = [.. Enumerable.Range(0, 40).SelectMany(_ => CostModelFitter.Fit([shop.Run()], layers: null) is var model ? (CostModelCheck[])[.. model.Cpu.Checks, .. model.Allocation.Checks] : [])];

        var covered = checks.Count(check => check.Low <= check.Measured && check.Measured <= check.High) / (double)checks.Length;

        TestContext.Current.TestOutputHelper?.WriteLine($"{covered:0.000} of {checks.Length}");
        Assert.InRange(covered, 0.82, 0.99);
    }

    [Fact]
    public void Runs_of_different_machines_runs_that_are_not_trusted_and_runs_of_other_services_are_refused()
    {
        var run = new SimulatedShop(Seed).Run();
        var elsewhere = run with { Manifest = run.Manifest with { RunId = "20261129T210000Z-cost-model-bbbb", Machine = run.Manifest.Machine with { LogicalProcessors = 64 } } };
        var untrusted = run with { Trust = run.Trust with { Level = Trust.TrustLevel.Untrusted } };
        var other = new SimulatedShop(Seed).Run(change: plan => plan with { Target = plan.Target with { Processes = [plan.Target.Processes[0] with { Command = ["dotnet", "Other.dll"] }] } });

        var steady = run with { Manifest = run.Manifest with { RunId = "20261129T220000Z-cost-model-cccc" }, Plan = run.Plan with { Runtime = Experiments.Scenarios.RuntimeProfile.Steady } };
        Assert.Contains("runtime settings lab and 20261129T220000Z-cost-model-cccc with steady", Refusal(run, steady), StringComparison.Ordinal);
        Assert.Contains("different machines: logical processors 2 and 64", Refusal(run, elsewhere), StringComparison.Ordinal);
        Assert.Contains("not trusted", Refusal(untrusted), StringComparison.Ordinal);
        Assert.Contains("can be described", Refusal(other), StringComparison.Ordinal);
        Assert.Contains("do not differ", Refusal(new SimulatedShop(Seed).Run(only: _ => false)), StringComparison.Ordinal);
        Assert.Contains("another machine than the runs", Assert.Throws<InvalidDataException>(() => CostModelFitter.Fit([run], Layers() with { Machine = elsewhere.Manifest.Machine })).Message, StringComparison.Ordinal);

        static string Refusal(params Analysis.Runs.RunAnalysis[] runs) => Assert.Throws<InvalidDataException>(() => CostModelFitter.Fit(runs, layers: null)).Message;
    }

    // CPU of three arms in four launch sets, in microseconds. The residuals of the two-way layout (value less arm mean less launch-set
    // mean plus grand mean) have a sum of squares of 23.3333 with (3 - 1) * (4 - 1) = 6 degrees of freedom, a mean square of 3.8889: what
    // launch sets have in common is none of an arm's error. Of the mean of four that is sqrt(3.8889 / 4) = 0.9860, and of a Hodges-Lehmann
    // estimate, whose efficiency under the normal distribution is 3 / pi, 0.9860 * sqrt(pi / 3) = 1.0090.
    [Fact]
    public void The_standard_error_of_an_arm_is_that_of_a_two_way_layout()
    {
        double[][] microseconds = [[400, 410, 396, 402], [420, 433, 415, 424], [460, 468, 459, 461]];
        var run = new SimulatedShop(Seed).Run(only: name => name == "always-on");
        CostArm[] arms = [.. CostArm.Of(run).Arms.Select((arm, index) => arm with
        {
            Arm = arm.Arm with { Metrics = [arm.Arm.Metrics[0] with { Metric = MetricId.Cpu, Samples = [.. microseconds[index].Select(value => (double?)value)] }] },
        })];

        var rows = CostObservations.Of(arms, MetricId.Cpu, DriverCounts.All).Rows;

        Assert.Equal(3, rows.Count);
        Assert.All(rows, row => Assert.Equal(1.0090137413980176, row.Observation.StandardError, 1e-9));
    }

    [Fact]
    public void A_model_is_the_same_after_it_was_written_and_read()
    {
        var model = CostModelFitter.Fit([new SimulatedShop(Seed).Run()], Layers());

        var text = ResultsJson.Serialize(model);

        Assert.Equal(text, ResultsJson.Serialize(ResultsJson.Deserialize<CostModelRecord>(text)));
    }

    [Fact]
    public void A_machine_is_scaled_by_what_a_recorded_span_costs_on_both_with_the_uncertainty_of_both()
    {
        var model = new CostModelScale(DateTimeOffset.UnixEpoch, new LayerInterval(400, 392, 408));
        var here = new CostModelScale(DateTimeOffset.UnixEpoch, new LayerInterval(600, 591, 609));

        var scale = MachineScale.Between(here, model)!;

        // sqrt(0.015^2 + 0.02^2) = 0.025 of 1.5, an interval of 95 %.
        Assert.Equal(1.5, scale.Factor, 1e-9);
        Assert.Equal(1.5 * 0.025 / 1.96, scale.StandardError, 1e-9);
        Assert.Null(MachineScale.Between(here, model with { NanosecondsPerSpan = new LayerInterval(1, -1, 3) }));
    }

    private static MicroBenchmarkRecord Layers() => new()
    {
        FormatVersion = MicroBenchmarkRecord.CurrentFormatVersion,
        Started = LabRun.Manifest.StartedUtc,
        Mode = MicroBenchmarkMode.Quick,
        Machine = LabRun.Manifest.Machine,
        Versions = new Dictionary<string, string>(),
        AllocationDeviations = [],
        Layers =
        [
            Layer("recorded", null, 400, 416), Layer("recorded/child", "recorded", 800, 864),
            Layer("attributes/string-5", "recorded", 550, 700),
            Layer("serialize/5-attributes", null, 450, 0), Layer("serialize/20-attributes", null, 900, 0),
        ],
    };

    private static LayerCost Layer(string name, string? over, double nanoseconds, double bytes) => new()
    {
        Layer = name,
        Over = over,
        Unit = LayerUnit.Span,
        NanosecondsPerUnit = new LayerInterval(nanoseconds, nanoseconds * 0.99, nanoseconds * 1.01),
        AllocatedBytesPerUnit = bytes,
    };
}
