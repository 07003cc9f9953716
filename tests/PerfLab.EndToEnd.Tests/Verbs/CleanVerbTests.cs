using System.Globalization;
using PerfLab.EndToEnd.Tests.Programs;
using PerfLab.Experiments.Results;

namespace PerfLab.EndToEnd.Tests.Verbs;

/// <summary><c>clean</c> removes what its rule says and nothing else, and ends what killed runs have left.</summary>
public sealed class CleanVerbTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Old_runs_are_removed_and_told_with_their_size_and_what_is_none_or_is_running_stays()
    {
        Write("20250101T000000Z-smoke-aaaa", "outcome.json");
        Write("20250102T000000Z-smoke-bbbb", "outcome.json");
        Write("20250103T000000Z-smoke-cccc");
        Write("20250104T000000Z-smoke-dddd", "outcome.json");
        _folder.Write("my own/manifest.json", "{}");
        using var running = RunLock.Take(Path.Combine(_folder.FullPath, "20250102T000000Z-smoke-bbbb"));

        var dry = await CleanAsync("--keep", "1", "--dry-run");
        Assert.True(dry.ExitCode == 0, dry.ToString());
        Assert.Matches("Would remove 20250101T000000Z-smoke-aaaa, 1[.,]0[0-9]* k?B\n", dry.Output);
        Assert.Equal(5, Directory.GetDirectories(_folder.FullPath).Length);

        var clean = await CleanAsync("--keep", "1");

        Assert.True(clean.ExitCode == 0, clean.ToString());
        Assert.Contains("Removed 20250101T000000Z-smoke-aaaa", clean.Output, StringComparison.Ordinal);
        Assert.Contains("Kept 20250102T000000Z-smoke-bbbb: it may still be running.", clean.Output, StringComparison.Ordinal);
        Assert.Contains("Kept 20250103T000000Z-smoke-cccc: it may still be running.", clean.Output, StringComparison.Ordinal);
        Assert.Contains("3 of 4 runs stay", clean.Output, StringComparison.Ordinal);
        Assert.Equal(
            ["20250102T000000Z-smoke-bbbb", "20250103T000000Z-smoke-cccc", "20250104T000000Z-smoke-dddd", "my own"],
            Directory.GetDirectories(_folder.FullPath).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Young_runs_stay_and_without_a_rule_nothing_is_removed()
    {
        Write($"{TimeProvider.System.GetUtcNow().AddDays(-2):yyyyMMdd'T'HHmmss'Z'}-smoke-aaaa", "outcome.json");

        var without = await CleanAsync();
        var wrong = await CleanAsync("--older-than", "30");
        var young = await CleanAsync("--older-than", "30d");
        Assert.Single(Directory.GetDirectories(_folder.FullPath));
        var old = await CleanAsync("--older-than", "24h");

        Assert.True(without.ExitCode == 104 && without.Error.Contains("--keep 20", StringComparison.Ordinal), without.ToString());
        Assert.True(wrong.ExitCode == 104 && wrong.Error.Contains("'30' is not an age", StringComparison.Ordinal), wrong.ToString());
        Assert.True(young.ExitCode == 0, young.ToString());
        Assert.True(old.ExitCode == 0, old.ToString());
        Assert.Empty(Directory.GetDirectories(_folder.FullPath));
    }

    [Fact(DisableParallelization = true)]
    public async Task What_a_killed_run_has_left_running_is_ended_and_what_belongs_to_a_living_one_is_not()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Leftovers are found in /proc.");
        var own = Environment.ProcessId;
        var start = File.ReadAllText($"/proc/{own}/stat").Split(") ")[1].Split(' ')[19];
        using var left = Sleep(Mark(own, "1"));
        using var living = Sleep(Mark(own, start));
        using var strange = Sleep("somebody's own");

        var clean = await CleanAsync("--keep", "20");

        Assert.True(clean.ExitCode == 0, clean.ToString());
        Assert.Contains($"{left.Id}", clean.Output, StringComparison.Ordinal);
        await Await.UntilAsync(() => left.HasExited, "the leftover is ended");
        Assert.False(living.HasExited);
        Assert.False(strange.HasExited);
    }

    [Fact]
    public async Task Folders_that_a_killed_run_has_left_are_removed_and_those_of_a_living_one_are_not()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The temporary folder is set as on Linux.");
        Write("20250101T000000Z-smoke-aaaa", "launches/001/launch.json", ".launch-002.unfinished/a.log", ".launch-002.unfinished.scratch/a/file");
        Write("20250102T000000Z-smoke-bbbb", ".launch-001.unfinished/a.log");
        _folder.Write("20250101T000000Z-smoke-aaaa/.running", "");
        _folder.Write("temp/perflab-killed/.running", "");
        _folder.Write("temp/perflab-killed/4711.sock", "");
        _folder.Write("temp/perflab-living/4712.sock", "");
        _folder.Write("temp/perflab-of somebody/file", "");
        using var run = RunLock.Take(Path.Combine(_folder.FullPath, "20250102T000000Z-smoke-bbbb"));
        using var sockets = RunLock.Take(Path.Combine(_folder.FullPath, "temp", "perflab-living"));

        var clean = await RunningProgram.RunAsync(
            Checkout.Root,
            Environment.ProcessPath!,
            [Checkout.CommandLineProgram, "clean", "--keep", "20", "--results", _folder.FullPath],
            TimeSpan.FromMinutes(2),
            new Dictionary<string, string?> { ["TMPDIR"] = Path.Combine(_folder.FullPath, "temp") });

        Assert.True(clean.ExitCode == 0, clean.ToString());
        Assert.Contains("Removed what a killed run had left: ", clean.Output, StringComparison.Ordinal);
        Assert.Equal(
            ["perflab-living", "perflab-of somebody"],
            Directory.GetDirectories(Path.Combine(_folder.FullPath, "temp")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(["launches"], Directory.GetDirectories(Path.Combine(_folder.FullPath, "20250101T000000Z-smoke-aaaa")).Select(Path.GetFileName));
        Assert.Single(Directory.GetDirectories(Path.Combine(_folder.FullPath, "20250102T000000Z-smoke-bbbb"), ".launch-*"));
    }

    public void Dispose() => _folder.Dispose();

    private static string Mark(int owner, string start) =>
        string.Create(CultureInfo.InvariantCulture, $"{owner:D10}.{long.Parse(start, CultureInfo.InvariantCulture):D20}.0123456789abcdef0123456789abcdef");

    private RunningProgram Sleep(string mark) => RunningProgram.Start(
        _folder.FullPath, "sleep", ["1000"], new Dictionary<string, string?> { ["PERFLAB_PROCESS_TREE"] = mark });

    private Task<ProgramResult> CleanAsync(params string[] options) => Cli.RunAsync(["clean", "--results", _folder.FullPath, .. options]);

    // 1,002 bytes with outcome.json: the manifest and the outcome.
    private void Write(string run, params string[] files)
    {
        _folder.Write(Path.Combine(run, "manifest.json"), new string(' ', 1000));
        foreach (var file in files)
        {
            _folder.Write(Path.Combine(run, file), "{}");
        }
    }
}
