using System.Diagnostics;
using PerfLab.Experiments.Results;

namespace PerfLab.Experiments.Tests.Results;

/// <summary>The files of a run that has ended are those that it wrote, or it is said which are not.</summary>
public sealed class RunChecksumsTests : IDisposable
{
    private readonly TemporaryFolder _results = new();
    private readonly RunFolder _run;

    public RunChecksumsTests()
    {
        _run = RunFolder.Create(_results.Path, "smoke", TimeProvider.System, "abc123");
        RunFolder.Write(_run.ManifestFile, SampleRun.Manifest);
        RunFolder.Write(_run.PlanFile, SampleRun.Plan);
        Directory.CreateDirectory(_run.UnfinishedLaunchFolder(1));
        File.WriteAllText(RunFolder.TargetLog(_run.UnfinishedLaunchFolder(1), SampleRun.Plan.Arms[0], "target"), "log");
        _run.CompleteLaunch(SampleRun.Launch(1));
        _run.CompleteLaunch(SampleRun.Launch(2, FindingSeverity.Invalid));
        _run.WriteOutcome(SampleRun.Outcome with { ValidLaunchSets = 1, VoidedLaunchSets = 1 });
    }

    public void Dispose() => _results.Dispose();

    [Fact]
    public void A_run_that_nobody_touched_is_vouched_for_and_sha256sum_agrees()
    {
        Assert.True(RunChecksums.Check(_run));
        Assert.SkipUnless(OperatingSystem.IsLinux(), "sha256sum is a program of Linux.");
        using var tool = Process.Start(new ProcessStartInfo("sha256sum", ["--check", "--strict", "--quiet", "SHA256SUMS"]) { WorkingDirectory = _run.Path })!;
        Assert.True(tool.WaitForExit(TimeSpan.FromSeconds(30)));
        Assert.Equal(0, tool.ExitCode);
    }

    [Fact]
    public void What_was_changed_removed_or_added_is_named()
    {
        File.AppendAllText(_run.PlanFile, " ");
        File.Delete(Path.Combine(_run.LaunchesFolder, "001", "launch.json"));
        File.WriteAllText(Path.Combine(_run.VoidedFolder, "002", "off.response.hlog"), "");

        var message = Assert.Throws<InvalidDataException>(() => RunChecksums.Check(_run)).Message;

        Assert.Contains("launches/001/launch.json is missing, plan.json was changed, voided/002/off.response.hlog was added", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Logs_and_what_is_made_from_the_raw_files_may_change()
    {
        File.WriteAllText(_run.SummaryFile, "{}");
        File.Delete(Directory.GetFiles(_run.LaunchesFolder, "*.log", SearchOption.AllDirectories).Single());

        Assert.True(RunChecksums.Check(_run));
    }

    [Theory]
    [InlineData("")]
    [InlineData("plan.json\n")]
    [InlineData("\0\0\0")]
    public void A_list_that_is_none_is_refused(string content)
    {
        File.WriteAllText(Path.Combine(_run.Path, "SHA256SUMS"), content);

        Assert.Contains("SHA256SUMS", Assert.Throws<InvalidDataException>(() => RunChecksums.Check(_run)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_goes_on_has_none_and_a_run_without_them_still_tells_a_lost_launch_set()
    {
        _run.Reopen();
        Assert.False(RunChecksums.Check(_run));

        RunFolder.Write(_run.OutcomeFile, SampleRun.Outcome with { ValidLaunchSets = 2 });

        Assert.Contains("1 launch sets are there", Assert.Throws<InvalidDataException>(() => RunChecksums.Check(_run)).Message, StringComparison.Ordinal);
    }
}
