using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using PerfLab.EndToEnd.Tests.Programs;
using PerfLab.Experiments.Results;

namespace PerfLab.EndToEnd.Tests.Scenarios;

/// <summary><c>scenario NAME --diagnose ARM</c> as a user starts it: real processes, real sessions of EventPipe.</summary>
public sealed class DiagnosisTests : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(3);
    private readonly TemporaryFolder _folder = new();

    private string Results => Path.Combine(_folder.FullPath, "results");

    public void Dispose() => _folder.Dispose();

    [Fact(DisableParallelization = true)]
    public async Task Tracing_has_a_share_of_the_samples_where_it_is_on_and_clearly_less_where_it_is_off()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The processes of these tests need Linux.");

        var run = await Cli.RunAsync("scenario", "smoke", "--diagnose", "off", "--diagnose", "always-on", "--diagnose-seconds", "10", "--results", Results);

        Assert.True(run.ExitCode == 0, run.ToString());
        var folder = Assert.Single(Directory.GetDirectories(Results, "*-smoke-diagnose-*"));
        var record = RunFolder.Read<DiagnosisRecord>(Path.Combine(folder, DiagnosisRecord.FileName), DiagnosisRecord.CurrentFormatVersion);
        Assert.Equal(["off", "always-on"], record.Arms.Select(arm => arm.Load.Arm));
        var (off, on) = (record.Arms[0], record.Arms[1]);
        Assert.True(on.Cpu.Tracing!.Low > 0, on.Cpu.Tracing.ToString());
        Assert.True(on.Allocation!.Tracing!.Low > 0, on.Allocation.Tracing.ToString());
        Assert.Contains(on.Cpu.Frames, frame => frame.IsTracing && frame.Name.StartsWith("OpenTelemetry.", StringComparison.Ordinal));
        Assert.DoesNotContain(off.Cpu.Frames, frame => frame.Name.StartsWith("OpenTelemetry.", StringComparison.Ordinal));
        Assert.Contains(on.AllocationSites, site => site.Type == "System.Diagnostics.Activity" && site.IsTracing);
        Assert.All(record.Arms, arm => Assert.True(arm.Load.AnsweredCount > 1000 && arm.Cpu.SampleCount > 100 && arm.WaitingSampleCount > arm.Cpu.SampleCount, $"{arm.Load} {arm.Cpu.SampleCount} {arm.WaitingSampleCount}"));

        Assert.Contains("always-on: tracing has", run.Output, StringComparison.Ordinal);
        var difference = Regex.Match(
            run.Output,
            @"always-on less off: \+[0-9.]+ points of the CPU samples belong to tracing\s+\((?<low>-?[0-9.]+) to ",
            RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
            TimeSpan.FromSeconds(1));
        Assert.True(difference.Success && double.Parse(difference.Groups["low"].Value, CultureInfo.InvariantCulture) > 0, run.Output);
        Assert.Contains(Path.Combine(folder, "flame.html"), run.Output, StringComparison.Ordinal);
        Assert.Contains("always-on less off", File.ReadAllText(Path.Combine(folder, "flame.html")), StringComparison.Ordinal);
        using var speedscope = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "always-on.speedscope.json")));
        Assert.Equal(on.Cpu.SampleCount, speedscope.RootElement.GetProperty("profiles")[0].GetProperty("weights").EnumerateArray().Sum(weight => weight.GetDouble()));
        Assert.Empty(Directory.GetFiles(folder, "*.nettrace*"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, new DirectoryInfo(folder).UnixFileMode);

        // It is no run: nothing finds it as one.
        Assert.Equal(104, (await Cli.RunAsync("report", "latest", "--results", Results)).ExitCode);
    }

    [Theory]
    [InlineData("'onn' is no variant of smoke", "--diagnose", "onn")]
    [InlineData("off is named twice", "--diagnose", "off,off")]
    [InlineData("3 variants are named", "--diagnose", "off,off',always-on")]
    [InlineData("'4' is not a whole number from 5 to 600 (--diagnose-seconds)", "--diagnose", "off", "--diagnose-seconds", "4")]
    [InlineData("--watch: a diagnosis measures and judges nothing", "--diagnose", "off", "--watch")]
    [InlineData("--resume: a diagnosis measures and judges nothing", "--diagnose", "off", "--resume", "latest")]
    public async Task Wrong_usage_is_104_and_starts_nothing(string told, params string[] options)
    {
        var run = await Cli.RunAsync(["scenario", "smoke", .. options, "--results", Results]);

        Assert.True(run.ExitCode == 104, run.ToString());
        Assert.Contains(told, run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Results));
    }

    [Theory]
    [InlineData("[python3, -m, http.server, \"{port}\"]", "py-spy")]
    [InlineData("[./service]", "perf record")]
    public async Task A_target_of_another_runtime_is_refused_before_it_is_started_with_what_to_use_instead(string command, string told)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The programs of these tests are those of Linux.");
        File.Copy("/bin/sh", Path.Combine(_folder.FullPath, "service"));

        var run = await Cli.RunAsync("scenario", ScriptedTarget.Write(_folder, command), "--diagnose", "a", "--results", Results);

        Assert.True(run.ExitCode == 104, run.ToString());
        Assert.Contains(told, run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Results));
    }

    [Fact(DisableParallelization = true)]
    public async Task An_arm_that_is_built_before_is_sampled_as_what_was_built()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The processes of these tests need Linux.");
        var shop = Path.Combine(Path.GetDirectoryName(Checkout.CommandLineProgram)!, "..", "targets", "Shop");

        var run = await Cli.RunAsync("scenario", WriteBuilt($"""[cp, -r, "{shop}/.", "{"{build}"}"]""", """[dotnet, "{build}/Shop.dll", --services, all, --urls, "{url}"]"""), "--diagnose", "built", "--diagnose-seconds", "5", "--results", Results);

        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Contains("Building arm built...", run.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(Results, "builds", "scripted", "built", "Shop.dll")));
        var folder = Assert.Single(Directory.GetDirectories(Results, "*-scripted-diagnose-*"));
        var arm = Assert.Single(RunFolder.Read<DiagnosisRecord>(Path.Combine(folder, DiagnosisRecord.FileName), DiagnosisRecord.CurrentFormatVersion).Arms);
        Assert.True(arm.Load.Arm == "built" && arm.Load.AnsweredCount > 100 && arm.Cpu.SampleCount > 0, $"{arm.Load} {arm.Cpu.SampleCount}");
    }

    // Only what was built tells that it is not .NET.
    [Theory]
    [InlineData("""[cp, /bin/sh, "{build}/service"]""", """["{build}/service", -c, "mkdir -p www && touch www/health && cd www && exec python3 -m http.server {port}"]""", "arm built")]
    [InlineData("""[sh, -c, "echo no such package; exit 3"]""", """["{build}/service", "{port}"]""", "Arm built was not built")]
    public async Task An_arm_whose_build_fails_or_makes_no_NET_program_is_104_and_leaves_no_diagnosis(string build, string command, string told)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The processes of these tests need Linux.");

        var run = await Cli.RunAsync("scenario", WriteBuilt(build, command), "--diagnose", "built", "--results", Results);

        Assert.True(run.ExitCode == 104, run.ToString());
        Assert.Contains(told, run.Error, StringComparison.Ordinal);
        Assert.Equal(["builds"], Directory.GetDirectories(Results).Select(Path.GetFileName));
        Assert.Empty(TargetProcesses.In(_folder));
    }

    [Fact]
    public async Task A_target_behind_a_shell_that_turns_out_not_to_be_NET_is_refused_and_ended()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The processes of these tests need Linux.");
        var command = """[sh, -c, "mkdir -p www && touch www/health && cd www && exec python3 -m http.server {port}"]""";

        var run = await Cli.RunAsync("scenario", ScriptedTarget.Write(_folder, command), "--diagnose", "a", "--results", Results);

        Assert.True(run.ExitCode == 104, run.ToString());
        Assert.Contains("py-spy", run.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetDirectories(Results));
        Assert.Empty(TargetProcesses.In(_folder));
    }

    [Fact]
    public async Task A_target_that_dies_meanwhile_is_told_and_nothing_is_left()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The processes of these tests need Linux.");
        using var program = Start("60");
        var target = await SampledTargetAsync();

        using (var kill = System.Diagnostics.Process.Start("kill", ["-KILL", target.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        var run = await program.EndAsync(s_limit);
        Assert.True(run.ExitCode == 107, run.ToString());
        Assert.Contains("SIGKILL", run.Error, StringComparison.Ordinal);
        Assert.Empty(TargetProcesses.In(_folder));
        Assert.Empty(Directory.GetFiles(Results, "*.nettrace*", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task An_interrupted_diagnosis_is_105_and_leaves_nothing(int times)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Signals and the processes of these tests need Linux.");
        using var program = Start("60");
        await SampledTargetAsync();

        for (var time = 0; time < times; time++)
        {
            program.Signal("INT");
        }

        var run = await program.EndAsync(s_limit);
        Assert.True(run.ExitCode == 105, run.ToString());
        Assert.Empty(TargetProcesses.In(_folder));
        Assert.Empty(Directory.GetDirectories(Results));
    }

    private string WriteBuilt(string build, string command)
    {
        var file = ScriptedTarget.Write(_folder, ScriptedTarget.Shop);
        File.AppendAllText(file, $"\n  - {{ name: built, meaning: What is built., build: {build}, command: {command} }}\n");
        return file;
    }

    private RunningProgram Start(string seconds) => RunningProgram.Start(
        Checkout.Root,
        Environment.ProcessPath!,
        [Checkout.CommandLineProgram, "scenario", ScriptedTarget.Write(_folder, ScriptedTarget.Shop), "--diagnose", "a", "--diagnose-seconds", seconds, "--results", Results]);

    // The trace grows while the target is loaded.
    private async Task<int> SampledTargetAsync()
    {
        await Await.UntilAsync(
            () => Directory.Exists(Results) && Directory.GetFiles(Results, "*.nettrace", SearchOption.AllDirectories) is [var file] && new FileInfo(file).Length > 50_000,
            "a trace");
        return TargetProcesses.In(_folder)[0];
    }
}
