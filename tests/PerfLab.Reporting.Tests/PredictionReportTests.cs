using PerfLab.Analysis.Predictions;
using PerfLab.Experiments.Results;
using PerfLab.Reporting.Terminal;
using PerfLab.Reporting.Tests.Fixture;

namespace PerfLab.Reporting.Tests;

public sealed class PredictionReportTests
{
    private static readonly ServiceQuestion s_service = new(3000, 18, 0.1, 6, 0, 3, 16);

    // 5 µs of a request and 10 µs of a recorded span; 18 spans of which a tenth is recorded cost 23 µs.
    [Fact]
    public void The_answer_has_time_cores_and_bytes_with_intervals()
    {
        var answer = string.Join("\n", Report().Answer.Select(line => line.Text));

        Assert.Contains("Tracing costs 23.0 µs", answer, StringComparison.Ordinal);
        Assert.Contains("0.069 (0.065 to 0.073) cores at 3,000 requests per second", answer, StringComparison.Ordinal);
        Assert.Contains("It allocates 1.90 kB", answer, StringComparison.Ordinal);
        Assert.Contains("5.70 MB (5.50 to 5.90) per second", answer, StringComparison.Ordinal);
        Assert.Contains("90 % intervals", answer, StringComparison.Ordinal);
    }

    [Fact]
    public void The_notes_name_runs_machine_extrapolation_and_what_is_contained()
    {
        var notes = string.Join("\n", Report().Notes.Select(line => line.Text));

        Assert.Contains("20261129T010026Z-sampling-5ab8 (3 arms, commit 465a98a)", notes, StringComparison.Ordinal);
        Assert.Contains("Common KVM processor", notes, StringComparison.Ordinal);
        Assert.Contains("Extrapolated: 16.2 spans not sampled in a request, and the runs have 0 to 11", notes, StringComparison.Ordinal);
        Assert.Contains("Extrapolated: 3,000 requests per second, and the runs have 1,500", notes, StringComparison.Ordinal);
        Assert.Contains("others contain at their share in Shop: spans not sampled, spans exported, HTTP/gRPC spans, events, kB exported", notes, StringComparison.Ordinal);
        Assert.Contains("Not used: tail-in-service of 20261129T010026Z-sampling-5ab8, which has settings that the model does not describe.", notes, StringComparison.Ordinal);
        Assert.Contains("of 2 arms predicted without being seen, 1 lie", notes, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_cost_says_where_it_comes_from_and_each_arm_that_was_not_seen_how_far_off_it_was()
    {
        var sections = CostModelReport.Sections(Model());

        Assert.Equal([("request", "runs"), ("spans recorded", "runs"), ("attributes", "micro")], sections[0].Rows.Select(row => (row[0], row[2])));
        Assert.Equal([("always-on (5ab8)", "115 µs"), ("ratio-10 (5ab8)", "30.0 µs !")], sections[1].Rows.Select(row => (row[1], row[2])));
    }

    [Fact]
    public void The_scale_says_what_was_measured_here_and_there_or_that_it_was_given()
    {
        var here = new CostModelScale(DateTimeOffset.UnixEpoch, new LayerInterval(500, 490, 510));

        Assert.Contains("times 1.25: a recorded span takes 500 ns (490 to 510) here and 400 ns (396 to 404) there", PredictionReport.Scale(Model(), here, new MachineScale(1.25, 0.02)).Text, StringComparison.Ordinal);
        Assert.Equal("CPU time is that of the model's machine times 1.", PredictionReport.Scale(Model(), null, new MachineScale(1, 0)).Text);
    }

    private static PredictionReport Report() => new(Model(), s_service, CostPrediction.Of(Model(), s_service, new MachineScale(1, 0)));

    private static CostModelRecord Model()
    {
        var manifest = new SyntheticRun().Analysis().Manifest;
        CostModelPart Part(double[] values, double unit, CostModelCheck[] checks) => new(
            [new(CostDriver.Request, values[0] * unit, CostSource.Runs), new(CostDriver.RecordedSpan, values[1] * unit, CostSource.Runs), new(CostDriver.Attribute, 0, CostSource.MicroBenchmarks)],
            [[0.25 * unit * unit, 0, 0], [0, 0.01 * unit * unit, 0], [0, 0, 0]],
            0.02,
            11,
            checks);
        const string Run = "20261129T010026Z-sampling-5ab8";
        return new CostModelRecord
        {
            FormatVersion = 1,
            Runs = [new CostModelRun(Run, manifest.StartedUtc, "465a98a745f34f2d3f85e60263b4b014d3d346d3", 1500, ["off", "ratio-10", "always-on"], [new LeftOutArm("tail-in-service", LeftOutReason.NotDescribed)])],
            Machine = manifest.Machine,
            Scale = new CostModelScale(manifest.StartedUtc, new LayerInterval(400, 396, 404)),
            Ranges = [.. DriverCounts.All.Select(driver => new CostDriverRange(driver, 0, driver == CostDriver.Attribute ? 61 : 11))],
            Cpu = Part([5, 10], 1e-6, [new(Run, "always-on", false, 115e-6, 114e-6, 110e-6, 118e-6), new(Run, "ratio-10", false, 30e-6, 16e-6, 14e-6, 18e-6)]),
            Allocation = Part([100, 1000], 1, []),
            ExportedBytes = new CostModelPart([new(CostDriver.ExportedSpan, 280, CostSource.Runs)], [[1]], 0.01, 11, []),
        };
    }
}
