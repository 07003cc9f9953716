using PerfLab.EndToEnd.Tests.Programs;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.EndToEnd.Tests.Scenarios;

/// <summary>The real thing, as short as it can be: four identical arms in six launch sets.</summary>
public sealed class NoiseTests : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(4);
    private readonly TemporaryFolder _folder = new();

    [Fact(DisableParallelization = true)]
    public async Task Identical_arms_become_the_profile_of_this_machine_and_replace_that_of_another()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "run.sh and the placement of processes need Linux.");
        Assert.SkipUnless(TracedServices.IsInstalled("node"), "node is not installed.");
        var profiles = new NoiseProfileStore(_folder.FullPath);
        profiles.Save(OfAnotherMachine());

        // Node.js: its allocation is counted too, and it starts quickly. Launch sets fill the budget, and no fewer than six of them are needed.
        var service = await TracedServices.WriteAsync(_folder, "node");
        var run = await RunAsync("noise", ScriptedTarget.Write(_folder, $$"""[{{service[0]}}, "{{service[1]}}", "{port}"]"""), "--arms", "4", "--budget", "50s", "--runtime", "steady");

        Assert.SkipWhen(BusyMachine.Stopped(run, _folder.FullPath), "The machine was too busy to measure anything: not one launch set counts. Run the tests alone.");
        Assert.SkipWhen(run.ExitCode == 1 && run.Error.Contains("No noise profile", StringComparison.Ordinal), "The machine was too busy for six launch sets within the budget. Run the tests alone.");
        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Contains("Noise of this machine, from 2 comparisons of identical arms of scripted", OnOneLine(run.Output), StringComparison.Ordinal);
        Assert.DoesNotContain("of another machine", OnOneLine(run.Output), StringComparison.Ordinal);
        var profile = profiles.Find(RuntimeProfile.Steady)!;
        Assert.Equal((4, 2, "scripted"), (profile.Arms, profile.Comparisons, profile.Scenario));
        Assert.NotEqual("elsewhere", profile.Machine.ProcessorModel);
        Assert.All(profile.Metrics.Take(2), metric => Assert.Equal(2, metric.Comparisons));
    }

    [Theory]
    [InlineData("--arms", "3")]
    [InlineData("--budget", "5")]
    public async Task What_cannot_be_done_is_told_before_anything_is_started(string option, string value)
    {
        var run = await RunAsync("noise", option, value);

        Assert.True(run.ExitCode == 104, run.ToString());
        Assert.Contains(option, run.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetDirectories(_folder.FullPath));
    }

    public void Dispose() => _folder.Dispose();

    private Task<ProgramResult> RunAsync(params string[] arguments) =>
        RunningProgram.RunAsync(_folder.FullPath, Checkout.Script, [.. arguments, "--results", _folder.FullPath], s_limit);

    // The terminal wraps sentences where it wants.
    private static string OnOneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static NoiseProfile OfAnotherMachine() => new()
    {
        FormatVersion = NoiseProfile.CurrentFormatVersion,
        RunId = "another",
        MeasuredUtc = new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.Zero),
        Machine = new MachineFingerprint("Other", null, "elsewhere", 64, 1, "Other", "Other", null),
        Scenario = "noise",
        Runtime = RuntimeProfile.Steady,
        Arms = 8,
        LaunchSets = 60,
        ComparisonLaunchSets = 6,
        Comparisons = 40,
        AllowedFalseAlarmRatio = 0.03125,
        Metrics = [],
    };
}
