using System.Text.Json;
using PerfLab.Analysis;
using PerfLab.Analysis.Runs;
using PerfLab.Analysis.Tests;
using PerfLab.Analysis.Thresholds;
using PerfLab.Experiments;
using PerfLab.Experiments.Results;
using PerfLab.Reporting.Content;

namespace PerfLab.Reporting.Tests;

public class RunSummaryTests
{
    [Fact]
    public void Programs_find_what_the_document_promises()
    {
        using var json = JsonDocument.Parse(ResultsJson.Serialize(RunSummary.From(Analysis())));
        var root = json.RootElement;
        var arm = root.GetProperty("arms").EnumerateArray().Single(arm => arm.GetProperty("name").GetString() == "on");
        var cpu = arm.GetProperty("metrics").EnumerateArray().Single(metric => metric.GetProperty("metric").GetString() == "cpu");

        Assert.Equal(1, root.GetProperty("format_version").GetInt32());
        Assert.Equal("trusted", root.GetProperty("trust").GetProperty("level").GetString());
        Assert.Equal("off", root.GetProperty("baseline_arm").GetString());
        Assert.Equal("variant", arm.GetProperty("role").GetString());
        Assert.Equal("seconds", cpu.GetProperty("unit").GetString());
        Assert.Equal(6, cpu.GetProperty("n").GetInt32());
        Assert.Equal("slower", cpu.GetProperty("verdict").GetString());
        Assert.Equal(0.0004, cpu.GetProperty("baseline").GetDouble(), 10);
        Assert.Equal(0.00044, cpu.GetProperty("value").GetDouble(), 10);
        Assert.Equal(0.1, cpu.GetProperty("ratio").GetProperty("estimate").GetDouble(), 10);
        Assert.Equal(0.1, cpu.GetProperty("ratio").GetProperty("low").GetDouble(), 10);
        Assert.Equal(0.00004, cpu.GetProperty("difference").GetProperty("high").GetDouble(), 10);
        Assert.Equal(0.05, cpu.GetProperty("practical_threshold").GetDouble());
        Assert.Equal(0, cpu.GetProperty("detectable_effect").GetDouble(), 10);
        Assert.Equal(JsonValueKind.Null, cpu.GetProperty("reason").ValueKind);
    }

    [Fact]
    public void A_summary_is_read_as_it_was_written()
    {
        var text = ResultsJson.Serialize(RunSummary.From(Analysis()));

        Assert.Equal(text, ResultsJson.Serialize(ResultsJson.Deserialize<RunSummary>(text)));
    }

    [Fact]
    public void Every_arm_and_metric_is_there()
    {
        var summary = RunSummary.From(Analysis());

        Assert.Equal(3, summary.Arms.Count);
        Assert.All(summary.Arms, arm => Assert.Equal(MetricCatalog.All.Select(metric => metric.Key), arm.Metrics.Select(metric => metric.Metric)));
    }

    [Fact]
    public void Why_there_is_no_verdict_is_said()
    {
        var analysis = LabRun.Analyze(LabRun.Plan(3, "on"), [.. Enumerable.Range(1, 3).Select(i => LabRun.Launch(i, LabRun.Arm("off"), LabRun.Arm("off'"), LabRun.Arm("on")))]);
        var cpu = RunSummary.From(analysis).Arms[2].Metrics[0];

        Assert.Equal(Verdict.Invalid, cpu.Verdict);
        Assert.Equal("3 launch sets; a 95 % interval needs 6", cpu.Reason);
        Assert.Equal(3, cpu.N);
    }

    [Fact]
    public void Programs_find_the_thresholds_with_what_was_measured()
    {
        var analysis = LabRun.Analyze(
            LabRun.Plan(6, "low", "high") with { Thresholds = ["overhead(cpu)<5%"] },
            [.. Enumerable.Range(1, 6).Select(i => LabRun.Launch(i, LabRun.Arm("off"), LabRun.Arm("off'"), LabRun.Arm("low"), LabRun.Arm("high", 0.00048)))]);
        var summary = RunSummary.From(analysis);
        var result = Assert.Single(ResultsJson.Deserialize<RunSummary>(ResultsJson.Serialize(summary)).Thresholds.Results);

        Assert.Equal(ThresholdOutcome.Violated, summary.Thresholds.Outcome);
        Assert.Equal(["low", "high"], result.Arms.Select(arm => arm.Arm));
        Assert.Equal(0.2, result.Arms[1].Measured!.Low, 10);
    }

    [Fact]
    public void An_arm_of_several_processes_has_its_cpu_by_program_and_one_of_a_single_process_has_none()
    {
        // 10 rounds answer 1,000 requests in each of 6 launch sets: 0.3 s of node and 0.1 s of bash are 300 and 100 us for each request.
        var wrapped = LabRun.Arm("on") with { Programs = [new("bash", 1, 0.1), new("node", 2, 0.3)] };
        var requests = wrapped.Slices.Sum(slice => slice.AnsweredCount);
        var analysis = LabRun.Analyze(
            LabRun.Plan(6, "on"),
            [.. Enumerable.Range(1, 6).Select(i => LabRun.Launch(i, LabRun.Arm("off") with { Programs = [new("node", 1, 0.2)] }, LabRun.Arm("off'"), wrapped))]);

        var summary = ResultsJson.Deserialize<RunSummary>(ResultsJson.Serialize(RunSummary.From(analysis)));

        Assert.Empty(summary.Arms[0].CpuByProgram);
        Assert.Empty(summary.Arms[1].CpuByProgram);
        Assert.Equal([("node", 2), ("bash", 1)], summary.Arms[2].CpuByProgram.Select(program => (program.Program, program.ProcessCount)));
        Assert.Equal([0.75, 0.25], summary.Arms[2].CpuByProgram.Select(program => Math.Round(program.Ratio, 9)));
        Assert.Equal(0.3 / requests, summary.Arms[2].CpuByProgram[0].CpuSecondsPerRequest, 12);
        var table = Assert.IsType<DetailTable>(DetailTables.Programs(analysis));
        Assert.Equal(["on", "node", "2", "75.0 %"], [.. table.Rows[0].Take(3), table.Rows[0][4]]);
        Assert.Null(DetailTables.Programs(Analysis()));
    }

    private static RunAnalysis Analysis() => LabRun.Analyze(
        LabRun.Plan(6, "on"),
        [.. Enumerable.Range(1, 6).Select(i => LabRun.Launch(i, LabRun.Arm("off"), LabRun.Arm("off'"), LabRun.Arm("on", 0.00044)))]);
}
