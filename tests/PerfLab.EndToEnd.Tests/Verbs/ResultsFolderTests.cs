using System.Diagnostics;
using PerfLab.EndToEnd.Tests.Programs;

namespace PerfLab.EndToEnd.Tests.Verbs;

/// <summary>A folder of results that cannot be written is refused before anything is started, whatever verb would write there.</summary>
public sealed class ResultsFolderTests : IDisposable
{
    // None of the verbs is done with starting and measuring in this time.
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(30);

    private static readonly string[][] s_verbs =
    [
        ["scenario", "smoke"], ["capacity", "smoke", "--slo", "p(99)<20"], ["noise"], ["calibrate"], ["bench", "load"], ["bench", "collector"], ["bench", "baseline"], ["bench", "probe"],
    ];

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Verbs { get; } = [.. s_verbs.Select(verb => string.Join(' ', verb))];

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task A_file_in_the_place_of_the_folder_is_104_and_names_the_option(string verb)
    {
        var file = _folder.Write("file", "no folder");

        foreach (var place in new[] { file, Path.Combine(file, "below") })
        {
            await RefusedAsync(verb, place);
        }
    }

    [Theory]
    [InlineData("noise", "noise")]
    [InlineData("bench load", "bench")]
    [InlineData("bench collector", "bench")]
    [InlineData("bench baseline", "bench")]
    [InlineData("nightly --demo", "history")]
    [InlineData("capacity smoke --slo p(99)<20", "capacity")]
    public async Task A_folder_in_it_that_takes_what_is_written_at_the_end_is_tried_too(string verb, string name)
    {
        _folder.Write(name, "no folder");

        await RefusedAsync(verb, _folder.FullPath);
    }

    [Theory]
    [InlineData("scenario", "")]
    [InlineData("scenario", "--diagnose built")]
    [InlineData("capacity", "--slo p(99)<20")]
    public async Task Arms_are_not_built_where_nothing_can_be_written(string verb, string options)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Builds of this test are shell commands.");
        var scenario = _folder.Write("built.yaml", """
            scenario: built
            question: Is anything built?
            target:
              command: [dotnet, "{targets}/Shop/Shop.dll", --urls, "{url}"]
              ready: { path: /health }
              requests: [{ name: home, path: / }]
            load: { rate: 100/s }
            baseline: there
            variants:
              - { name: there, meaning: What is there. }
              - { name: built, meaning: What is built., build: [touch, was-built], command: [dotnet, "{build}/App.dll", --urls, "{url}"] }
            """);

        await RefusedAsync($"{verb} SCENARIO {options}".TrimEnd(), _folder.Write("file", "no folder"), scenario);

        Assert.False(File.Exists(Path.Combine(_folder.FullPath, "was-built")));
    }

    [Fact]
    public async Task An_empty_name_is_104() => await RefusedAsync("scenario smoke", string.Empty);

    [Theory]
    [InlineData("ro,size=20m")]
    [InlineData("size=1m")]
    public async Task A_read_only_or_full_file_system_is_104(string options)
    {
        var mounted = Directory.CreateDirectory(Path.Combine(_folder.FullPath, "mounted")).FullName;
        var mount = await RunningProgram.RunAsync(_folder.FullPath, "mount", ["-t", "tmpfs", "-o", options, "tmpfs", mounted], s_soon);
        Assert.SkipUnless(mount.ExitCode == 0, "Mounting a file system needs root.");
        try
        {
            await RefusedAsync("scenario smoke", mounted);
            await RefusedAsync("bench load", mounted);
            Assert.Empty(Directory.GetFiles(mounted));
        }
        finally
        {
            await RunningProgram.RunAsync(_folder.FullPath, "umount", [mounted], s_soon);
        }
    }

    [Fact]
    public async Task A_run_whose_folder_cannot_be_written_is_not_resumed_and_its_report_can_be_printed()
    {
        using var run = new ReferenceRun("20261129T005103Z-smoke-ff22");
        var mounted = Directory.CreateDirectory(Path.Combine(_folder.FullPath, "mounted")).FullName;
        var mount = await RunningProgram.RunAsync(_folder.FullPath, "mount", ["--bind", "-o", "ro", Path.GetDirectoryName(run.Path)!, mounted], s_soon);
        Assert.SkipUnless(mount.ExitCode == 0, "Mounting a file system needs root.");
        try
        {
            await RefusedAsync("scenario smoke --resume latest", mounted);
            var report = await Cli.RunAsync("report", "latest", "--results", mounted);
            var text = await Cli.RunAsync("report", "latest", "--results", mounted, "--text");

            Assert.True(report.ExitCode == 104, report.ToString());
            Assert.Contains("--text", report.Error, StringComparison.Ordinal);
            Assert.True(text.ExitCode is 0 or 99, text.ToString());
        }
        finally
        {
            await RunningProgram.RunAsync(_folder.FullPath, "umount", [mounted], s_soon);
        }
    }

    public void Dispose() => _folder.Dispose();

    private static async Task RefusedAsync(string verb, string results, string scenario = "")
    {
        var clock = Stopwatch.StartNew();

        var run = await Cli.RunAsync([.. verb.Split(' ').Select(word => word == "SCENARIO" ? scenario : word), "--results", results]);

        Assert.True(run.ExitCode == 104, $"{verb} --results {results}: {run}");
        Assert.Contains("--results", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, s_soon);
    }
}
