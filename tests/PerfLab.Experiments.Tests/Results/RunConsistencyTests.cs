using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;

namespace PerfLab.Experiments.Tests.Results;

/// <summary>A run without checksums, killed or of an earlier version, whose files contradict each other is refused.</summary>
public sealed class RunConsistencyTests : IDisposable
{
    private readonly TemporaryFolder _results = new();
    private readonly RunFolder _run;

    public RunConsistencyTests()
    {
        _run = RunFolder.Create(_results.Path, "smoke", TimeProvider.System, "abc123");
        RunFolder.Write(_run.ManifestFile, SampleRun.Manifest);
        RunFolder.Write(_run.PlanFile, SampleRun.Plan);
        _run.CompleteLaunch(SampleRun.Launch(1));
        _run.CompleteLaunch(SampleRun.Launch(2, FindingSeverity.Invalid));
        _run.CompleteLaunch(SampleRun.Launch(3));
    }

    public void Dispose() => _results.Dispose();

    [Fact]
    public void A_killed_run_is_taken_also_under_another_name()
    {
        Assert.False(RunChecksums.Check(_run));

        var renamed = Path.Combine(_results.Path, "my-best-run");
        Directory.Move(_run.Path, renamed);

        Assert.False(RunChecksums.Check(new RunFolder(renamed)));
    }

    [Fact]
    public void A_launch_set_whose_rounds_were_repeated_is_taken()
    {
        var launch = SampleRun.Launch(4);
        _run.CompleteLaunch(launch with { Arms = [.. launch.Arms.Select(arm => arm with { Slices = [arm.Slices[0] with { IsVoided = true }, .. arm.Slices] })] });

        Assert.False(RunChecksums.Check(_run));
    }

    [Fact]
    public void Numbers_that_cannot_be_added_up_and_an_arm_that_is_nothing_are_told_as_a_contradiction()
    {
        var launch = SampleRun.Launch(4);
        _run.CompleteLaunch(launch with
        {
            Arms = [.. launch.Arms.Select(arm => arm with { Slices = [.. arm.Slices, .. Enumerable.Repeat(arm.Slices[0] with { IsVoided = true, OfferedCount = long.MaxValue }, 2)] })],
        });
        Assert.Contains("its files contradict each other (OverflowException", Refusal(), StringComparison.Ordinal);

        Directory.Delete(Path.Combine(_run.LaunchesFolder, "004"), recursive: true);
        _run.CompleteLaunch(launch with { Arms = [null!] });
        Assert.Contains("its files contradict each other (NullReferenceException", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_copied_launch_set_is_refused_under_its_own_and_under_another_time()
    {
        _run.CompleteLaunch(SampleRun.Launch(3) with { Number = 7 });
        Assert.Contains("launch sets 3 and 7 began at the same time", Refusal(), StringComparison.Ordinal);

        Directory.Delete(Path.Combine(_run.LaunchesFolder, "007"), recursive: true);
        _run.CompleteLaunch(SampleRun.Launch(3) with { Number = 8, StartedUtc = SampleRun.Launch(8).StartedUtc });
        Assert.Contains("launch sets 3 and 8 have the same process 300", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_copy_of_a_launch_set_that_did_not_count_is_refused()
    {
        _run.CompleteLaunch(SampleRun.Launch(2) with { Number = 4 });

        Assert.Contains("launch sets 2 and 4", Refusal(), StringComparison.Ordinal);
    }

    // Killed runs have no outcome that says how many there were.
    [Theory]
    [InlineData("launches/001", 1)]
    [InlineData("voided/002", 2)]
    public void A_launch_set_that_was_removed_is_missed(string removed, int number)
    {
        Directory.Delete(Path.Combine(_run.Path, removed), recursive: true);

        Assert.Contains($"launch set {number} is in neither launches/ nor voided/, though launch set 3 is", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_launch_set_that_began_before_the_run_is_refused()
    {
        _run.CompleteLaunch(SampleRun.Launch(4) with { StartedUtc = SampleRun.Manifest.StartedUtc.AddDays(-400) });

        Assert.Contains("launch set 4 began at 2024-12-27", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_plan_or_a_manifest_of_another_scenario_is_refused()
    {
        RunFolder.Write(_run.PlanFile, SampleRun.Plan with { Scenario = "other" });

        Assert.Contains("20260131T235959Z-smoke-abc123, and plan.json of scenario other", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_plan_of_other_rounds_or_of_another_rate_is_refused()
    {
        RunFolder.Write(_run.PlanFile, SampleRun.Plan with { Rounds = SampleRun.Plan.Rounds * 10 });
        Assert.Contains("rounds of arm off, and plan.json has", Refusal(), StringComparison.Ordinal);

        RunFolder.Write(_run.PlanFile, SampleRun.Plan with { Rounds = 1 });
        Assert.Contains("rounds of arm off, and plan.json has 1.", Refusal(), StringComparison.Ordinal);

        RunFolder.Write(_run.PlanFile, SampleRun.Plan with { RatePerSecond = SampleRun.Plan.RatePerSecond * 3 });
        Assert.Contains("are due by the rate in plan.json", Refusal(), StringComparison.Ordinal);
    }

    private string Refusal() => Assert.Throws<InvalidDataException>(() => RunChecksums.Check(_run)).Message;
}
