using System.Diagnostics;
using System.Globalization;
using PerfLab.EndToEnd.Tests.Programs;
using PerfLab.EndToEnd.Tests.Scenarios;
using PerfLab.Experiments.Results;

namespace PerfLab.EndToEnd.Tests.Faults;

/// <summary>A run over a small service, in a folder of its own.</summary>
internal sealed class FaultyRun : IDisposable
{
    /// <summary>The service that SIGTERM does not end, but for the processes of the pilot.</summary>
    public const string Stubborn = "[python3, service.py, \"{port}\"]";

    /// <summary>The service that SIGTERM does not end from the second launch set on.</summary>
    public const string LaterStubborn = "[python3, service.py, \"{port}\", \"4\"]";

    /// <summary>How long a whole run may take: a minute where its budget ends it, and more where the machine is busy.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    private readonly TemporaryFolder _folder = new();
    private readonly string _command;

    /// <param name="command">The service.</param>
    /// <param name="isLong">Whether a launch set takes twenty seconds and more.</param>
    public FaultyRun(string command = ScriptedTarget.Small, bool isLong = false)
    {
        _command = command;
        ScenarioFile = ScriptedTarget.Write(_folder, command, rounds: isLong ? 100 : 2, budget: isLong ? "5m" : "1m", isAlone: true);
        Results = Path.Combine(_folder.FullPath, "results");
    }

    public string Folder => _folder.FullPath;

    public string ScenarioFile { get; }

    /// <summary>Gets or sets the folder of runs.</summary>
    public string Results { get; set; }

    /// <summary>Gets the command line of the program with the run.</summary>
    public IReadOnlyList<string> Command => [Environment.ProcessPath!, Checkout.CommandLineProgram, "scenario", ScenarioFile, "--results", Results];

    /// <summary>Gets the number of launch sets that are complete; on a busy machine they may not count.</summary>
    public int Launches => Runs().SelectMany(run => new[] { Path.Combine(run, "launches"), Path.Combine(run, "voided") }).Where(Directory.Exists).Sum(launches => Directory.GetDirectories(launches).Length);

    /// <summary>Gets a value indicating whether the run has its folder.</summary>
    public bool HasBegun => Runs().Length > 0;

    /// <summary>Gets a value indicating whether nothing is left to be interrupted.</summary>
    public bool HasOutcome => Runs().Any(run => File.Exists(Path.Combine(run, "outcome.json")));

    public RunningProgram Start() => RunningProgram.Start(Folder, Command[0], Command.Skip(1), Cli.Quickly);

    /// <summary>Waits until the targets of a launch set run.</summary>
    public async Task TargetsAsync(RunningProgram program)
    {
        await Await.UntilAsync(
            () => program.HasExited || (Runs().Any(run => Directory.GetDirectories(run, ".launch-*").Length > 0) && Living().Count >= 2),
            "targets are running");
        if (program.HasExited)
        {
            Assert.Fail((await program.EndAsync(Limit)).ToString());
        }
    }

    public async Task AssertGoneAsync()
    {
        var clock = Stopwatch.StartNew();
        await Await.UntilAsync(() => Living().Count == 0, $"no target of {_command} is left");
        Assert.True(clock.Elapsed <= TimeSpan.FromSeconds(5), $"The targets of {_command} were gone after {clock.Elapsed}.");
    }

    /// <summary>What is left when a run was interrupted: how it ended, a report of what is complete, and no process.</summary>
    public void AssertKept()
    {
        Assert.Empty(Living());
        var run = new RunFolder(Assert.Single(Runs()));
        Assert.Equal("The run was interrupted.", run.ReadOutcome()?.Reason);
        Assert.True(File.Exists(run.HtmlReportFile) || !File.Exists(run.PlanFile), "The report was not written.");
    }

    /// <summary>Whether a run went to its end, well or as far as its budget and a busy machine let it.</summary>
    public bool IsOver(ProgramResult end) => end.ExitCode == 0 || BusyMachine.Stopped(end, Results);

    public void Dispose()
    {
        _folder.Dispose();

        // Of a run that was killed, the folder of the probes' sockets.
        _ = LeftFolders.RemoveTemporary(LeftFolders.TemporaryParents);
    }

    // Those that the variable shows, and those that wrote down their number.
    private List<int> Living()
    {
        var file = Path.Combine(Folder, "pids");
        var written = File.Exists(file) ? File.ReadAllLines(file).Where(line => int.TryParse(line, CultureInfo.InvariantCulture, out _)).Select(line => int.Parse(line, CultureInfo.InvariantCulture)) : [];
        return [.. TargetProcesses.In(_folder).Union(written.Where(id => !Await.IsGone(id)))];
    }

    private string[] Runs() => Directory.Exists(Results) ? [.. Directory.GetDirectories(Results).Where(run => File.Exists(Path.Combine(run, "manifest.json")))] : [];
}
