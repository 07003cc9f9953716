using System.Globalization;
using PerfLab.EndToEnd.Tests.Programs;
using PerfLab.Experiments;
using PerfLab.Experiments.RequestFiles;
using PerfLab.Experiments.Results;

namespace PerfLab.EndToEnd.Tests.Scenarios;

/// <summary>What a hostile user or an unlucky machine does to a run: the message, the exit code, and nothing left behind.</summary>
public sealed class FaultTests : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(3);
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task A_faulty_scenario_starts_nothing_and_names_every_fault()
    {
        var file = _folder.Write("broken.yaml", "scenario: broken\nquestion: Why?\nload: { rate: -5/s, arivals: poisson }\n");

        var run = await RunAsync("scenario", file);

        Assert.True(run.ExitCode == 104, run.ToString());
        Assert.Contains("broken.yaml(3,", run.Error, StringComparison.Ordinal);
        Assert.Contains("-5", run.Error, StringComparison.Ordinal);
        Assert.Contains("arrivals", run.Error, StringComparison.Ordinal);
        Assert.Contains("baseline", run.Error, StringComparison.Ordinal);
        Assert.Contains("variants", run.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetDirectories(_folder.FullPath));
    }

    [Fact]
    public async Task An_unknown_scenario_is_told()
    {
        var run = await RunAsync("scenario", "no-such-scenario");

        Assert.True(run.ExitCode == 104, run.ToString());
        Assert.Contains("no-such-scenario", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_target_that_never_gets_ready_ends_the_run_with_its_last_words()
    {
        var file = ScriptedTarget.Write(_folder, """[sh, -c, "echo waiting for a database; exec sleep 100"]""", readyTimeout: "1s");

        var run = await RunAsync("scenario", file);

        Assert.True(run.ExitCode == 107, run.ToString());
        Assert.Contains("waiting for a database", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_target_whose_port_is_taken_ends_the_run_with_its_own_words()
    {
        using var taken = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        var port = ((System.Net.IPEndPoint)taken.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        var file = ScriptedTarget.Write(_folder, $$"""[dotnet, "{targets}/Shop/Shop.dll", --services, all, --urls, "http://127.0.0.1:{{port}}"]""", readyTimeout: "10s");

        var run = await RunAsync("scenario", file);

        Assert.True(run.ExitCode == 107, run.ToString());
        Assert.Contains("in use", run.Error, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_target_that_dies_in_the_middle_voids_launch_sets_and_ends_with_107()
    {
        // The shop is started for real and killed by its own shell a little after it is ready.
        var file = ScriptedTarget.Write(_folder, """[sh, -c, "dotnet {targets}/Shop/Shop.dll --services all --urls {url} & sleep 3; kill -9 $!; exit 9"]""");

        var run = await RunAsync("scenario", file);

        Assert.True(run.ExitCode == 107, run.ToString());
        Assert.Empty(LeftBehind());
    }

    [Fact]
    public async Task A_broker_that_stops_in_the_middle_voids_the_launch_set_and_the_run_goes_on()
    {
        Assert.SkipUnless(File.Exists("/usr/lib/rabbitmq/bin/rabbitmq-server"), "RabbitMQ is missing: ./run.sh test --install installs it on Debian and Ubuntu (apt-get install rabbitmq-server).");
        // Rounds enough that a broker is killed long before they end, whenever it is, and time for brokers that start slowly on a busy machine.
        var file = ScriptedTarget.Write(_folder, """[dotnet, "{targets}/Shop/Shop.dll", --services, all, --queue, rabbitmq, --urls, "{url}"]""", readyTimeout: "90s", rounds: 60, budget: "10m");
        using var program = RunningProgram.Start(_folder.FullPath, Checkout.Script, ["scenario", file, "--results", _folder.FullPath], Cli.Quickly);
        await Await.UntilAsync(() => LeftBehind().Count(process => IsOfLaunch(process, 1) && IsListening(process)) == 3, "all three arms of the first launch set are ready");
        var first = Brokers(program.Id);

        first.ForEach(Kill);

        await Await.UntilAsync(() => Voided().Count >= 1, "the launch set is voided");
        await Await.UntilAsync(() => Brokers(program.Id).Except(first).Any(), "the next launch set begins with a new broker");
        program.Signal("INT");
        var run = await program.EndAsync(s_limit);
        Assert.True(run.ExitCode == 105, run.ToString());
        Assert.Contains(Voided().SelectMany(launch => launch.Findings), finding => finding.Severity == FindingSeverity.Invalid);
        Assert.Empty(LeftBehind());
    }

    [Fact(DisableParallelization = true)]
    public async Task An_interrupted_run_stops_its_targets_keeps_what_it_has_and_is_completed_later()
    {
        var file = ScriptedTarget.Write(_folder, ScriptedTarget.Small, isAlone: true);
        using var program = RunningProgram.Start(_folder.FullPath, Checkout.Script, ["scenario", file, "--results", _folder.FullPath], Cli.Quickly);
        await Await.UntilAsync(() => Launches() >= 1, "the first launch set is kept");

        program.Signal("INT");
        var run = await program.EndAsync(s_limit);

        Assert.True(run.ExitCode == 105, run.ToString());
        Assert.Empty(LeftBehind());
        Assert.True(Launches() >= 1);
        var results = Assert.Single(Directory.GetDirectories(_folder.FullPath));
        Assert.DoesNotContain(Directory.GetDirectories(results), folder => folder.Contains("unfinished", StringComparison.Ordinal));
        var report = await RunAsync("report", results);
        Assert.True(report.ExitCode == 0, report.ToString());
        Assert.Contains($"./run.sh scenario {ShellWords.Quote(file)} --resume {ShellWords.Quote(results)}", report.Output, StringComparison.Ordinal);

        // As it was printed.
        var resumed = await RunningProgram.RunAsync(_folder.FullPath, Checkout.Script, ["scenario", file, "--resume", results], s_limit, Cli.Quickly);

        Assert.True(resumed.ExitCode == 0, resumed.ToString());
        Assert.True(Launches() >= 6, resumed.ToString());
        Assert.True(new RunFolder(results).ReadOutcome() is { Completed: true, ResumedAfterLaunchSets: [>= 1] }, resumed.ToString());
        var again = await RunningProgram.RunAsync(_folder.FullPath, Checkout.Script, ["scenario", file, "--results", _folder.FullPath, "--resume", results], s_limit, Cli.Quickly);
        Assert.True(again.ExitCode == 104, again.ToString());
        Assert.Contains("complete", again.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_killed_run_takes_its_targets_with_it()
    {
        var file = ScriptedTarget.Write(_folder, ScriptedTarget.Shop);
        using var program = RunningProgram.Start(_folder.FullPath, Checkout.Script, ["scenario", file, "--results", _folder.FullPath], Cli.Quickly);
        await Await.UntilAsync(() => LeftBehind().Count >= 2, "targets are running");

        program.Signal("KILL");

        await Await.UntilAsync(() => LeftBehind().Count == 0, "the targets end with the program that started them");
        _ = LeftFolders.RemoveTemporary(LeftFolders.TemporaryParents);
    }

    [Fact]
    public async Task A_disk_that_fills_up_ends_the_run_with_a_message_and_no_process()
    {
        var small = Path.Combine(_folder.FullPath, "small");
        Directory.CreateDirectory(small);
        var mount = await RunningProgram.RunAsync(_folder.FullPath, "mount", ["-t", "tmpfs", "-o", "size=20m", "tmpfs", small], s_limit);
        Assert.SkipUnless(mount.ExitCode == 0, "Mounting a small file system needs root.");
        try
        {
            using var program = RunningProgram.Start(_folder.FullPath, Checkout.Script, ["scenario", ScriptedTarget.Write(_folder, ScriptedTarget.Shop), "--results", small], Cli.Quickly);
            await Await.UntilAsync(() => Directory.GetFiles(small, "plan.json", SearchOption.AllDirectories).Length > 0, "the run has begun");
            Fill(Path.Combine(small, "filler"));
            var run = await program.EndAsync(s_limit);

            Assert.True(run.ExitCode == 107, run.ToString());
            Assert.Contains("space", run.Error, StringComparison.OrdinalIgnoreCase);
            Assert.Empty(LeftBehind());
        }
        finally
        {
            await RunningProgram.RunAsync(_folder.FullPath, "umount", [small], s_limit);
        }
    }

    public void Dispose() => _folder.Dispose();

    private static void Fill(string file)
    {
        using var filler = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        try
        {
            while (true)
            {
                filler.Write(new byte[4096]);
            }
        }
        catch (IOException)
        {
            // Not a byte is left.
        }
    }

    private Task<ProgramResult> RunAsync(string verb, string argument)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "run.sh and the processes of these tests need Linux.");
        return RunningProgram.RunAsync(_folder.FullPath, Checkout.Script, [verb, argument, "--results", _folder.FullPath], s_limit, Cli.Quickly);
    }

    private List<LaunchRecord> Voided() =>
        [.. Directory.GetDirectories(_folder.FullPath).SelectMany(run => new RunFolder(run).ReadVoidedLaunches())];

    /// <summary>The servers of RabbitMQ among everything that a program started.</summary>
    private static List<int> Brokers(int ancestor) =>
        [.. Descendants(ancestor).Where(process => Read($"/proc/{process}/comm").StartsWith("beam", StringComparison.Ordinal))];

    // The pilot has processes of its own before.
    private static bool IsOfLaunch(string process, int number) =>
        ScratchFolderOf(process)?.Contains(string.Create(CultureInfo.InvariantCulture, $".launch-{number:000}"), StringComparison.Ordinal) == true;

    // The shop listens when its broker does: --urls is the last of its arguments. What it starts has others.
    private static bool IsListening(string process)
    {
        if (!Uri.TryCreate(Read(Path.Combine(process, "cmdline")).TrimEnd('\0').Split('\0')[^1], UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttp || !address.IsLoopback)
        {
            return false;
        }

        using var client = new System.Net.Sockets.TcpClient();
        try
        {
            client.Connect(address.Host, address.Port);
            return true;
        }
        catch (System.Net.Sockets.SocketException)
        {
            return false;
        }
    }

    private static IEnumerable<int> Descendants(int process) =>
        Directory.Exists($"/proc/{process}/task")
            ? Directory.GetDirectories($"/proc/{process}/task")
                .SelectMany(thread => Read(Path.Combine(thread, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Select(child => int.Parse(child, CultureInfo.InvariantCulture))
                .SelectMany(child => Descendants(child).Prepend(child))
            : [];

    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return string.Empty; // It has just ended.
        }
    }

    private static void Kill(int process)
    {
        using var broker = System.Diagnostics.Process.GetProcessById(process);
        broker.Kill();
    }

    private int Launches() =>
        Directory.GetDirectories(_folder.FullPath)
            .Select(run => Path.Combine(run, "launches"))
            .Where(Directory.Exists)
            .Sum(launches => Directory.GetDirectories(launches).Length);

    /// <summary>The targets that this test started, and what they started: the scenario gives them a folder under the test's own.</summary>
    private List<string> LeftBehind() =>
        [.. Directory.GetDirectories("/proc")
            .Where(process => int.TryParse(Path.GetFileName(process), CultureInfo.InvariantCulture, out _))
            .Where(process => ScratchFolderOf(process)?.StartsWith(_folder.FullPath, StringComparison.Ordinal) == true)];

    private static string? ScratchFolderOf(string process) => Read(Path.Combine(process, "environ")).Split('\0')
        .Where(variable => variable.StartsWith(ScriptedTarget.FolderVariable + "=", StringComparison.Ordinal))
        .Select(variable => variable[(ScriptedTarget.FolderVariable.Length + 1)..])
        .FirstOrDefault();
}
