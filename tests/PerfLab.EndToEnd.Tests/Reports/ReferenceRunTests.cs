using System.Text.Json;
using PerfLab.EndToEnd.Tests.Programs;
using PerfLab.Experiments.Results;

namespace PerfLab.EndToEnd.Tests.Reports;

/// <summary>Runs that were measured once and for all: whatever the code becomes, it finds the same numbers in them.</summary>
public class ReferenceRunTests
{
    // Verdicts and reasons are judgments; these are what was measured.
    private static readonly string[] s_numbers = ["n", "value", "baseline", "ratio", "difference", "practical_threshold", "detectable_effect"];

    [Theory]
    [MemberData(nameof(ReferenceRun.Names), MemberType = typeof(ReferenceRun))]
    public async Task Every_number_of_a_reference_run_stays_the_same_to_the_last_bit(string name)
    {
        using var run = new ReferenceRun(name);

        var result = await run.ReportAsync();

        Assert.True(result.ExitCode is 0 or 99, result.ToString());
        using var then = run.SummaryOfThen();
        using var now = run.SummaryOfNow();
        var expected = Numbers(then);
        Assert.NotEmpty(expected);
        Assert.Equal(expected, Numbers(now));
    }

    [Theory]
    [InlineData("20261129T010026Z-sampling-5ab8", "0.0003 % of its spans lost.")]
    [InlineData("20261129T024718Z-tail-62c8", "0.0001 % of its spans lost.")]
    public async Task A_few_spans_lost_by_one_arm_leave_the_run_and_all_other_thresholds_decided(string name, string figure)
    {
        using var run = new ReferenceRun(name);

        var result = await run.ReportAsync();

        // The plan of then demands that not a single span is lost.
        Assert.Equal(99, result.ExitCode);
        // The terminal breaks lines where they end.
        Assert.Contains(figure, string.Join(' ', result.Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        using var summary = run.SummaryOfNow();
        Assert.Equal("limited", summary.RootElement.GetProperty("trust").GetProperty("level").GetString());
        Assert.All(summary.RootElement.GetProperty("arms").EnumerateArray(), arm => Assert.Equal("healthy", arm.GetProperty("health").GetProperty("state").GetString()));
        var outcomes = from threshold in summary.RootElement.GetProperty("thresholds").GetProperty("results").EnumerateArray()
                       from arm in threshold.GetProperty("arms").EnumerateArray()
                       where arm.GetProperty("outcome").GetString() != "proven"
                       select $"{threshold.GetProperty("threshold")} {arm.GetProperty("arm")} {arm.GetProperty("outcome")}";
        Assert.Equal(["spans_lost==0 always-on violated"], outcomes);
    }

    [Theory]
    [MemberData(nameof(ReferenceRun.Names), MemberType = typeof(ReferenceRun))]
    public async Task The_result_of_a_run_is_printed_without_a_file_being_touched(string name)
    {
        using var run = new ReferenceRun(name);
        var before = Files(run.Path);
        ProgramResult printed;
        try
        {
            Allow(run.Path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            printed = await run.ReportAsync("--text");
        }
        finally
        {
            Allow(run.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        Assert.Equal(before, Files(run.Path));
        var written = await run.ReportAsync();
        Assert.Equal(written.ExitCode, printed.ExitCode);
        Assert.Equal(written.Output.Split('\n').Where(line => !line.StartsWith("Report: ", StringComparison.Ordinal)), printed.Output.Split('\n'));
        Assert.Contains("always-on", printed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Links_in_files_that_are_not_written_are_refused()
    {
        using var run = new ReferenceRun("20261129T005103Z-smoke-ff22");

        var result = await run.ReportAsync("--text", "--trace-ui", "http://localhost:16686/trace/{trace}");

        Assert.Equal(104, result.ExitCode);
        Assert.Contains("--text writes none", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_copied_launch_set_is_refused()
    {
        using var run = new ReferenceRun("20261129T005103Z-smoke-ff22");
        var copy = Directory.CreateDirectory(Path.Combine(run.Path, "launches", "007")).FullName;
        File.Copy(Path.Combine(run.Path, "launches", "003", "launch.json"), Path.Combine(copy, "launch.json"));

        var result = await run.ReportAsync();

        Assert.Equal(104, result.ExitCode);
        Assert.Contains("launch set 3, which belongs into a folder called 003", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_finished_run_is_priced_again_without_measuring()
    {
        using var run = new ReferenceRun("20261129T010026Z-sampling-5ab8");

        var result = await run.ReportAsync("--traffic", "300", "--hosts", "20", "--pricing", "aws-x-ray", "--pricing", "scenarios/pricing/datadog-apm.yaml");

        Assert.Equal(99, result.ExitCode);
        using var then = run.SummaryOfThen();
        using var now = run.SummaryOfNow();
        Assert.Equal(Numbers(then), Numbers(now));
        Assert.Contains($"./run.sh report {Path.GetFileName(run.Path)} --traffic 300 --hosts 20 --pricing aws-x-ray --pricing scenarios/pricing/datadog-apm.yaml", File.ReadAllText(Path.Combine(run.Path, "report.md")), StringComparison.Ordinal);
        var plans = now.RootElement.GetProperty("month").GetProperty("plans").EnumerateArray().ToArray();
        Assert.Equal(["ratio-1"], plans[0].GetProperty("cheapest").EnumerateArray().Select(arm => arm.GetString()));
        Assert.Equal(["ratio-1", "ratio-10", "ratio-50", "always-on"], plans[1].GetProperty("cheapest").EnumerateArray().Select(arm => arm.GetString()));

        // 300/s for 2,629,800 s are 788.94 million requests, each one trace: 5 $ a million above 100,000. The target creates the same spans for each.
        var alwaysOn = plans[0].GetProperty("arms").EnumerateArray().Single(cost => cost.GetProperty("arm").GetString() == "always-on");
        Assert.Equal(3944.2, alwaysOn.GetProperty("money").GetProperty("estimate").GetDouble(), 4.0);
    }

    [Theory]
    [InlineData("--pricing needs the traffic", "--pricing", "aws-x-ray")]
    [InlineData("--traffic: \"many/s\" is not a rate", "--traffic", "many")]
    [InlineData("--hosts and --retention are about a traffic", "--hosts", "4")]
    [InlineData("is priced by the host", "--traffic", "300", "--pricing", "datadog-apm")]
    [InlineData("nowhere(1,1): file: it does not exist.", "--traffic", "300", "--pricing", "nowhere")]
    [InlineData("names the same plan twice", "--traffic", "300", "--pricing", "aws-x-ray", "--pricing", "aws-x-ray")]
    public async Task Traffic_and_prices_that_cannot_be_used_are_refused_before_anything_is_written(string message, params string[] options)
    {
        using var run = new ReferenceRun("20261129T005103Z-smoke-ff22");

        var result = await run.ReportAsync(options);

        Assert.Equal(104, result.ExitCode);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(run.Path, "summary.json")));
    }

    [Theory]
    [InlineData(0, "ok  cpu{always-on}>+50% does not hold", "cpu{always-on}>+50%")]
    [InlineData(99, "NOT cpu>+50% cannot be judged: CPU per request of ratio-1 was not measured in both", "cpu>+50%")]
    public async Task Two_runs_are_compared_and_a_condition_decides_how_that_ends(int exitCode, string said, string condition)
    {
        using var first = new ReferenceRun("20261129T010026Z-sampling-5ab8");
        using var second = new ReferenceRun("20261129T024718Z-tail-62c8");
        var page = Path.Combine(Path.GetDirectoryName(first.Path)!, "compare.html");

        var result = await Cli.RunAsync("compare", first.Path, second.Path, "--fail-on", condition, "--html", page);

        Assert.True(result.ExitCode == exitCode, result.ToString());
        var output = string.Join(' ', result.Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(string.Join(' ', said.Split(' ', StringSplitOptions.RemoveEmptyEntries)), output, StringComparison.Ordinal);
        Assert.Contains("ratio-1 (first only)", output, StringComparison.Ordinal);
        Assert.Contains("head-1 (second only)", output, StringComparison.Ordinal);
        Assert.Contains("What changed from", File.ReadAllText(page), StringComparison.Ordinal);
        Assert.Equal(104, (await Cli.RunAsync("compare", first.Path, second.Path, "--fail-on", "errors>0", "--html", first.Path)).ExitCode);
    }

    [Theory]
    [InlineData("cpu{always-onn}>+5%", "neither run has an arm of this name. Did you mean always-on?")]
    [InlineData("p99{nobody}>+5%", "neither run has an arm of this name. Use one of: ")]
    [InlineData("cpu{off}>+5%", "the baseline, and its control, has no overhead over itself")]
    [InlineData("cpu{off'}>+5%", "the baseline, and its control, has no overhead over itself")]
    public async Task A_condition_on_an_arm_that_has_no_cost_is_refused(string condition, string said)
    {
        using var run = new ReferenceRun("20261129T005103Z-smoke-ff22");

        var result = await Cli.RunAsync("compare", run.Path, run.Path, "--fail-on", condition);

        Assert.True(result.ExitCode == 104, result.ToString());
        Assert.Contains($"'{condition}' (--fail-on): {said}", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Runs_of_different_machines_are_compared_by_their_changes_only()
    {
        using var run = new ReferenceRun("20261129T005103Z-smoke-ff22");

        var same = await CompareAsync("alike", machine => machine);
        var other = await CompareAsync("elsewhere", machine => machine with { ProcessorModel = "another" });

        Assert.True(same.ExitCode == 0, same.ToString());
        Assert.Contains("Absolute numbers", same.Output, StringComparison.Ordinal);
        Assert.True(other.ExitCode == 0, other.ToString());
        Assert.Contains("different machines", other.Output.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.DoesNotContain("Absolute numbers", other.Output, StringComparison.Ordinal);

        async Task<ProgramResult> CompareAsync(string name, Func<MachineFingerprint, MachineFingerprint> change)
        {
            using var copied = new ReferenceRun(run.Name);
            var copy = new RunFolder(Path.Combine(Path.GetDirectoryName(copied.Path)!, name));
            Directory.Move(copied.Path, copy.Path);
            var manifest = copy.ReadManifest();
            RunFolder.Write(copy.ManifestFile, manifest with { RunId = name, Machine = change(manifest.Machine) });
            return await Cli.RunAsync("compare", run.Path, copy.Path);
        }
    }

    // Nothing is lost, which is counted and no estimate; and of an arm that does not exist nothing can be decided.
    [Theory]
    [InlineData("spans_lost==0", true, 0)]
    [InlineData("spans_lost>0", false, 99)]
    [InlineData("p(99)<200 for nobody", false, 0)]
    [InlineData("p(99)<200 for nobody", true, 99)]
    [InlineData("p(99)<200 fornobody", false, 104)]
    public async Task Thresholds_decide_how_a_report_ends(string threshold, bool failsOnInconclusive, int exitCode)
    {
        using var run = new ReferenceRun("20261129T005103Z-smoke-ff22");
        var folder = new RunFolder(run.Path);
        RunFolder.Write(folder.PlanFile, folder.ReadPlan() with { Thresholds = [threshold] });

        var judged = await run.ReportAsync(failsOnInconclusive ? ["--fail-on-inconclusive"] : []);

        Assert.True(judged.ExitCode == exitCode, judged.ToString());
        Assert.Contains(exitCode == 104 ? "'p(99)<200 fornobody', column 11" : "Thresholds", judged.Output + judged.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Finished_runs_are_published_as_a_site()
    {
        using var run = new ReferenceRun("20261129T005103Z-smoke-ff22");
        var root = Path.GetDirectoryName(run.Path)!;

        var result = await Cli.RunAsync("publish", run.Path, run.Path, "--results", root);

        Assert.Equal(0, result.ExitCode);
        Assert.Contains(Path.Combine(root, "published", "index.html"), result.Output, StringComparison.Ordinal);
        Assert.Contains($"href=\"{run.Name}/report.html\"", File.ReadAllText(Path.Combine(root, "published", "index.html")), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(root, "published", run.Name, "report.html")));
        Assert.Equal(104, (await Cli.RunAsync("publish", "nowhere", "--results", root)).ExitCode);
    }

    private static IReadOnlyList<string> Files(string folder) =>
        [.. new DirectoryInfo(folder).GetFiles("*", SearchOption.AllDirectories).Select(file => $"{file.FullName} {file.Length} {file.LastWriteTimeUtc:O}").Order(StringComparer.Ordinal)];

    private static void Allow(string folder, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder, mode);
        }
    }

    // One line for each number. Results are written with the shortest digits that give the same double again, so equal text is equal bits.
    private static IReadOnlyList<string> Numbers(JsonDocument summary) =>
    [
        .. from arm in summary.RootElement.GetProperty("arms").EnumerateArray()
           from metric in arm.GetProperty("metrics").EnumerateArray()
           from number in s_numbers
           from line in Leaves($"{arm.GetProperty("name")} {metric.GetProperty("metric")} {number}", metric.GetProperty(number))
           select line,
    ];

    private static IEnumerable<string> Leaves(string path, JsonElement value) => value.ValueKind == JsonValueKind.Object
        ? value.EnumerateObject().SelectMany(member => Leaves($"{path}.{member.Name}", member.Value))
        : [$"{path}: {value.GetRawText()}"];
}
