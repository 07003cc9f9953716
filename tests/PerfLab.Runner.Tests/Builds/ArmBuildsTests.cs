using System.Diagnostics;
using PerfLab.Experiments.ScenarioFiles;
using PerfLab.Experiments.Scenarios;
using PerfLab.Runner.Builds;

namespace PerfLab.Runner.Tests.Builds;

/// <summary>Programs that a scenario builds for its arms, by a shell.</summary>
public sealed class ArmBuildsTests : IDisposable
{
    private static readonly BuildLimit s_soon = new(TimeSpan.FromSeconds(6), Key: null);

    private readonly string _folder = Directory.CreateTempSubdirectory("pl-{build}-").FullName;

    public ArmBuildsTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "Builds are shell commands.");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Results => Path.Combine(_folder, "results");

    [Fact]
    public async Task Each_arm_starts_what_its_own_command_built_and_the_others_stay()
    {
        var announced = new List<string>();

        using var builds = await ArmBuilds.MakeAsync(Scenario("""[sh, -c, 'echo built in $PWD; cp app.txt "$1/app"', build, "{build}"]"""), Results, resumes: false, announced.Add, Cancellation);

        Assert.Equal(["built"], announced);
        Assert.Null(builds.Scenario.Variants[0].Program);
        var program = builds.Scenario.Variants[1].Program!;
        var output = Path.Combine(Results, "builds", "built-arms", "built");
        Assert.Equal(["node", Escaped(output) + "/app", "{port}"], program.Command!);
        Assert.Equal(Escaped(output), program.Directory);
        Assert.Equal("of the scenario's folder", await File.ReadAllTextAsync(Path.Combine(output, "app"), Cancellation));
        Assert.Contains($"built in {_folder}", await File.ReadAllTextAsync(output + ".log", Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_an_earlier_run_built_is_not_measured_again()
    {
        var scenario = Scenario("""[sh, -c, 'cp -n app.txt "$1/app"', build, "{build}"]""");
        using (await ArmBuilds.MakeAsync(scenario, Results, resumes: false, _ => { }, Cancellation))
        {
            await File.WriteAllTextAsync(Path.Combine(_folder, "app.txt"), "changed", Cancellation);
        }

        using var again = await ArmBuilds.MakeAsync(scenario, Results, resumes: false, _ => { }, Cancellation);

        Assert.Equal("changed", await File.ReadAllTextAsync(Path.Combine(Results, "builds", "built-arms", "built", "app"), Cancellation));
    }

    [Fact]
    public async Task A_run_that_goes_on_starts_what_was_built_for_it_and_knows_when_it_is_something_else()
    {
        var scenario = Scenario("""[sh, -c, 'cp app.txt "$1/app"', build, "{build}"]""");
        using var first = await Make(resumes: false);
        await File.WriteAllTextAsync(Path.Combine(_folder, "app.txt"), "changed", Cancellation);

        using var resumed = await Make(resumes: true);
        using var another = await Make(resumes: false);

        Assert.Equal(64, Built(first)!.Length);
        Assert.Equal(Built(first), Built(resumed));
        Assert.NotEqual(Built(first), Built(another));

        async Task<ArmBuilds> Make(bool resumes)
        {
            var builds = await ArmBuilds.MakeAsync(scenario, Results, resumes, _ => { }, Cancellation);
            builds.Dispose();
            return builds;
        }

        static string? Built(ArmBuilds builds) => builds.Scenario.Variants[1].Program!.Built;
    }

    [Theory]
    [InlineData("""[sh, -c, 'echo no such header; exit 3']""", "ended with 3", "no such header")]
    [InlineData("""[./no-such-program]""", "could not be started", "no-such-program")]
    public async Task A_build_that_fails_is_told_with_its_arm_and_the_last_that_it_printed(string build, string told, string detail)
    {
        var error = await Assert.ThrowsAsync<InvalidDataException>(() => ArmBuilds.MakeAsync(Scenario(build), Results, resumes: false, _ => { }, Cancellation));

        Assert.Contains("Arm built was not built", error.Message, StringComparison.Ordinal);
        Assert.Contains(told, error.Message, StringComparison.Ordinal);
        Assert.Contains(detail, error.Message, StringComparison.Ordinal);

        // The next run may build there.
        using var builds = await ArmBuilds.MakeAsync(Scenario("[\"true\"]"), Results, resumes: false, _ => { }, Cancellation);
        Assert.NotNull(builds.Scenario.Variants[1].Program);
    }

    [Fact]
    public async Task What_a_failed_build_printed_is_shown_without_its_secrets()
    {
        const string Build = """[sh, -c, 'echo begun; echo unauthorized at https://ci:planted97x@feed/v3; exit 3']""";

        var error = await Assert.ThrowsAsync<InvalidDataException>(() => ArmBuilds.MakeAsync(Scenario(Build), Results, resumes: false, _ => { }, Cancellation));

        Assert.DoesNotContain("planted97x", error.Message, StringComparison.Ordinal);
        Assert.Contains($"begun{Environment.NewLine}unauthorized at https://ci:***@feed/v3", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_build_that_does_not_end_is_ended_with_all_that_it_started_and_told_with_its_arm()
    {
        var mark = Path.Combine(_folder, "pid");
        var build = $"""[sh, -c, 'echo begun; sleep 600 & echo $! > "$1"; wait', build, "{Escaped(mark)}"]""";

        var error = await Assert.ThrowsAsync<InvalidDataException>(() => ArmBuilds.MakeAsync(Scenario(build), Results, resumes: false, _ => { }, s_soon, Cancellation));

        var log = Path.Combine(Results, "builds", "built-arms", "built.log");
        Assert.Contains("Arm built was not built", error.Message, StringComparison.Ordinal);
        Assert.Contains($"did not end within 0.1 minutes. What it printed stands in {log}.", error.Message, StringComparison.Ordinal);
        Assert.Equal("begun\n", await File.ReadAllTextAsync(log, Cancellation));
        await BuildsEnd.UntilEndedAsync(mark, Cancellation);
        using var builds = await ArmBuilds.MakeAsync(Scenario("[\"true\"]"), Results, resumes: false, _ => { }, Cancellation);
        Assert.NotNull(builds.Scenario.Variants[1].Program);
    }

    [Fact]
    public async Task Another_version_that_is_not_built_in_time_is_told_with_what_the_build_printed_and_leaves_nothing()
    {
        // A project in the place of the micro benchmarks' that never ends.
        var (mark, scratch, log) = (Path.Combine(_folder, "pid"), Path.Combine(_folder, "scratch"), Path.Combine(_folder, "build.log"));
        var project = Path.Combine(_folder, "src", "PerfLab.MicroBenchmarks", "PerfLab.MicroBenchmarks.csproj");
        Directory.CreateDirectory(Path.GetDirectoryName(project)!);
        await File.WriteAllTextAsync(
            project,
            $"""<Project DefaultTargets="Build"><Target Name="Restore" /><Target Name="Build"><Exec Command="echo $(ArtifactsPath) &gt; '{scratch}'; echo $$ &gt; '{mark}'; exec sleep 600" /></Target></Project>""",
            Cancellation);

        var error = await Assert.ThrowsAsync<InvalidDataException>(() => LibraryBuild.MakeAsync(_folder, "1.21.0", log, TimeSpan.FromSeconds(15), Cancellation));

        Assert.Contains("OpenTelemetry 1.21.0 was not restored and built within 0.3 minutes (--against)", error.Message, StringComparison.Ordinal);
        Assert.Contains(log, error.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(log));

        // On a very busy machine the project was not even read.
        if (File.Exists(mark))
        {
            await BuildsEnd.UntilEndedAsync(mark, Cancellation);
            Assert.False(Directory.Exists((await File.ReadAllTextAsync(scratch, Cancellation)).Trim()));
        }
    }

    [Fact]
    public async Task Programs_that_a_run_uses_are_not_built_under_it()
    {
        var scenario = Scenario("[\"true\"]");
        using var running = await ArmBuilds.MakeAsync(scenario, Results, resumes: false, _ => { }, Cancellation);

        var error = await Assert.ThrowsAsync<InvalidDataException>(() => ArmBuilds.MakeAsync(scenario, Results, resumes: false, _ => { }, Cancellation));

        Assert.Contains("another run of built-arms uses", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_scenario_without_builds_leaves_no_folder()
    {
        var scenario = Scenario("[\"true\"]");
        scenario = scenario with { Variants = [scenario.Variants[0]] };

        using var builds = await ArmBuilds.MakeAsync(scenario, Results, resumes: false, _ => { }, Cancellation);

        Assert.Same(scenario, builds.Scenario);
        Assert.False(Directory.Exists(Results));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Escaped(string path) => path.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal);

    private Scenario Scenario(string build)
    {
        File.WriteAllText(Path.Combine(_folder, "app.txt"), "of the scenario's folder");
        return ScenarioFile.Parse(
            $$"""
            scenario: built-arms
            question: Does what was built cost anything?
            target:
              command: [node, app.js, "{port}"]
              ready: { path: /health }
              requests: [{ name: home, path: / }]
            load: { rate: 100/s }
            baseline: there
            variants:
              - { name: there, meaning: What is there. }
              - name: built
                meaning: What is built.
                build: {{build}}
                command: [node, "{build}/app", "{port}"]
                directory: "{build}"
            """,
            Path.Combine(_folder, "built-arms.yaml"));
    }
}

/// <summary>Waits for what builds have started.</summary>
internal static class BuildsEnd
{
    /// <summary>Waits until a process that wrote its id into a file has ended.</summary>
    public static async Task UntilEndedAsync(string file, CancellationToken cancellationToken)
    {
        var id = (await File.ReadAllTextAsync(file, cancellationToken)).Trim();
        var clock = Stopwatch.StartNew();
        while (Directory.Exists($"/proc/{id}") && !(await File.ReadAllTextAsync($"/proc/{id}/stat", cancellationToken)).Contains(") Z ", StringComparison.Ordinal))
        {
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(60), "What the build started still runs.");
            await Task.Delay(20, cancellationToken);
        }
    }
}
