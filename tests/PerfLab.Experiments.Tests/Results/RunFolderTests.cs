using PerfLab.Experiments.Results;

namespace PerfLab.Experiments.Tests.Results;

public sealed class RunFolderTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 1, 31, 23, 59, 59, 999, TimeSpan.Zero);

    private readonly TemporaryFolder results = new();

    public void Dispose() => results.Dispose();

    [Fact]
    public void A_run_is_called_by_its_time_its_scenario_and_its_short_id()
    {
        var run = RunFolder.Create(Path.Combine(results.Path, "results"), "smoke", new FixedTime(Now), "abc123");

        Assert.Equal("20260131T235959Z-smoke-abc123", run.RunId);
        Assert.True(Directory.Exists(run.Path));
        Assert.True(Path.IsPathFullyQualified(run.Path));
    }

    [Theory]
    [InlineData("ar-SA")]
    [InlineData("th-TH")]
    public void The_name_is_the_same_under_another_calendar(string culture) =>
        Assert.Equal("20260131T235959Z-smoke-abc123", Culture.Run(culture, () => RunFolder.Create(results.Path, "smoke", new FixedTime(Now), "abc123").RunId));

    [Fact]
    public void The_time_in_the_name_is_utc()
    {
        var run = RunFolder.Create(results.Path, "smoke", new FixedTime(new DateTimeOffset(2026, 2, 1, 1, 0, 0, TimeSpan.FromHours(2))), "abc123");

        Assert.StartsWith("20260131T230000Z-", run.RunId, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_is_taken_is_an_error_and_leaves_the_first_run_alone()
    {
        var first = RunFolder.Create(results.Path, "smoke", new FixedTime(Now), "abc123");
        RunFolder.Write(first.ManifestFile, SampleRun.Manifest);

        var error = Assert.Throws<IOException>(() => RunFolder.Create(results.Path, "smoke", new FixedTime(Now), "abc123"));

        Assert.Contains("a run of this name exists already", error.Message, StringComparison.Ordinal);
        Assert.Equal("0.1.0", first.ReadManifest().ToolVersion);
    }

    [Theory]
    [InlineData("../smoke", "abc123")]
    [InlineData("Smoke", "abc123")]
    [InlineData("", "abc123")]
    [InlineData("smoke", "")]
    [InlineData("smoke", "abc")]
    [InlineData("smoke", "ABC123")]
    [InlineData("smoke", "../../etc")]
    [InlineData("smoke", "abc123\n")]
    public void What_is_not_fit_for_a_file_name_is_an_error(string scenario, string shortId) =>
        Assert.Throws<ArgumentException>(() => RunFolder.Create(results.Path, scenario, new FixedTime(Now), shortId));

    [Fact]
    public void A_complete_run_is_read_as_it_was_written()
    {
        var run = WriteRun();
        run.CompleteLaunch(SampleRun.Launch(1));
        run.CompleteLaunch(SampleRun.Launch(2, FindingSeverity.Invalid));
        run.CompleteLaunch(SampleRun.Launch(3));
        RunFolder.Write(run.OutcomeFile, SampleRun.Outcome);

        Assert.Equal([1, 3], run.ReadLaunches().Select(launch => launch.Number));
        Assert.Equal([2], run.ReadVoidedLaunches().Select(launch => launch.Number));
        Assert.Equal(SampleRun.Outcome, run.ReadOutcome());
        Assert.Equal(SampleRun.Plan.Seed, run.ReadPlan().Seed);
        Assert.Equal(SampleRun.Manifest.RunId, run.ReadManifest().RunId);
    }

    [Fact]
    public void A_launch_set_in_a_folder_of_another_number_is_refused()
    {
        var run = WriteRun();
        Directory.Move(run.CompleteLaunch(SampleRun.Launch(3)), Path.Combine(run.LaunchesFolder, "007"));

        var error = Assert.Throws<InvalidDataException>(() => run.ReadLaunches());

        Assert.Contains("launch set 3, which belongs into a folder called 003", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_launch_set_that_counts_and_is_voided_is_refused()
    {
        var run = WriteRun();
        run.CompleteLaunch(SampleRun.Launch(1));
        run.CompleteLaunch(SampleRun.Launch(1, FindingSeverity.Invalid));

        Assert.Contains("launch set 1 is in launches/ and in voided/", Assert.Throws<InvalidDataException>(() => run.ReadLaunches()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_launch_set_that_the_outcome_does_not_know_is_refused()
    {
        // Five count and one does not: there is no seventh.
        var run = WriteRun();
        run.CompleteLaunch(SampleRun.Launch(7));
        RunFolder.Write(run.OutcomeFile, SampleRun.Outcome);

        Assert.Contains("says that 5 count and 1 do not", Assert.Throws<InvalidDataException>(() => run.ReadLaunches()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_launch_set_appears_with_all_its_files_or_not_at_all()
    {
        var run = WriteRun();
        var unfinished = run.UnfinishedLaunchFolder(1);
        Directory.CreateDirectory(unfinished);
        File.WriteAllText(RunFolder.HistogramLog(unfinished, SampleRun.Plan.Arms[1], "response"), "histogram");
        File.WriteAllText(RunFolder.TargetLog(unfinished, SampleRun.Plan.Arms[1], "target"), "log");

        // While it is being written nobody sees it.
        Assert.Empty(run.ReadLaunches());

        var final = run.CompleteLaunch(SampleRun.Launch(1));

        Assert.Equal(Path.Combine(run.LaunchesFolder, "001"), final);
        Assert.Equal(["launch.json", "off.control.response.hlog", "off.control.target.log"], Directory.GetFiles(final).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
        Assert.False(Directory.Exists(unfinished));
    }

    [Fact]
    public void An_interrupted_run_keeps_what_was_complete()
    {
        var run = WriteRun();
        run.CompleteLaunch(SampleRun.Launch(1));

        // Killed in the middle of the second launch set: half a file, no outcome.
        Directory.CreateDirectory(run.UnfinishedLaunchFolder(2));
        File.WriteAllText(Path.Combine(run.UnfinishedLaunchFolder(2), "launch.json.tmp"), "{ \"format_ver");

        Assert.Equal([1], run.ReadLaunches().Select(launch => launch.Number));
        Assert.Empty(run.ReadVoidedLaunches());
        Assert.Null(run.ReadOutcome());
        Assert.Equal(SampleRun.Plan.Arms.Count, run.ReadPlan().Arms.Count);
    }

    [Fact]
    public void A_launch_set_is_never_written_over_another()
    {
        var run = WriteRun();
        run.CompleteLaunch(SampleRun.Launch(1));

        Assert.Throws<IOException>(() => run.CompleteLaunch(SampleRun.Launch(1) with { DurationSeconds = 99 }));

        Assert.Equal(6.02, Assert.Single(run.ReadLaunches()).DurationSeconds);
    }

    [Fact]
    public void Launch_sets_are_read_by_number_also_beyond_999()
    {
        var run = WriteRun();
        foreach (var number in new[] { 1000, 2, 999, 10 })
        {
            run.CompleteLaunch(SampleRun.Launch(number));
        }

        Assert.Equal([2, 10, 999, 1000], run.ReadLaunches().Select(launch => launch.Number));
    }

    [Fact]
    public void Writing_replaces_a_file_as_a_whole_and_leaves_nothing_beside_it()
    {
        var path = Path.Combine(results.Path, "summary.json");
        RunFolder.Write(path, Enumerable.Range(0, 1000).ToList());
        RunFolder.Write(path, new List<int> { 1 });

        Assert.Equal([1], RunFolder.Read<List<int>>(path));
        Assert.Equal(["summary.json"], Directory.GetFiles(results.Path).Select(file => Path.GetFileName(file)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void A_file_of_another_version_is_refused_with_both_versions(int version)
    {
        var run = WriteRun();
        RunFolder.Write(run.OutcomeFile, SampleRun.Outcome with { FormatVersion = version });
        RunFolder.Write(run.PlanFile, SampleRun.Plan with { FormatVersion = version });
        RunFolder.Write(run.ManifestFile, SampleRun.Manifest with { FormatVersion = version });
        run.CompleteLaunch(SampleRun.Launch(1) with { FormatVersion = version });

        string[] messages =
        [
            Refusal(() => run.ReadOutcome()), Refusal(() => run.ReadPlan()), Refusal(() => run.ReadManifest()), Refusal(() => run.ReadLaunches()),
        ];

        Assert.All(messages, message => Assert.Contains($"its format is version {version}, and this PerfLab reads version 1. Use the PerfLab that wrote it", message, StringComparison.Ordinal));
        Assert.StartsWith(run.OutcomeFile, messages[0], StringComparison.Ordinal);
        Assert.Contains("launch.json", messages[3], StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_another_version_and_shape_is_refused_for_its_version()
    {
        var run = WriteRun();
        File.WriteAllText(run.PlanFile, "{ \"format_version\": 9, \"everything\": \"else\" }");

        Assert.Contains("version 9", Refusal(() => run.ReadPlan()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "it has no format_version")]
    [InlineData("[]", "it has no format_version")]
    [InlineData("{ \"format_version\": \"one\" }", "it has no format_version")]
    [InlineData("{ \"format_version\": 1 }", "not a readable Plan")]
    [InlineData("{ \"format_version\": 1", "not a readable Plan")]
    [InlineData("", "not a readable Plan")]
    [InlineData("null", "it has no format_version")]
    public void A_file_that_is_no_plan_is_refused_by_name(string content, string reason)
    {
        var run = WriteRun();
        File.WriteAllText(run.PlanFile, content);

        var message = Refusal(() => run.ReadPlan());

        Assert.StartsWith(run.PlanFile, message, StringComparison.Ordinal);
        Assert.Contains(reason, message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_refused_by_name()
    {
        var run = new RunFolder(Path.Combine(results.Path, "nothing"));

        Assert.StartsWith(run.ManifestFile, Refusal(() => run.ReadManifest()), StringComparison.Ordinal);
        Assert.Empty(run.ReadLaunches());
        Assert.Null(run.ReadOutcome());
    }

    private static string Refusal(Func<object?> read) => Assert.Throws<InvalidDataException>(read).Message;

    private RunFolder WriteRun()
    {
        var run = RunFolder.Create(results.Path, "smoke", new FixedTime(Now), "abc123");
        RunFolder.Write(run.ManifestFile, SampleRun.Manifest);
        RunFolder.Write(run.PlanFile, SampleRun.Plan);
        return run;
    }
}
