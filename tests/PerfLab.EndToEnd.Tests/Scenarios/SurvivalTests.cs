using System.Diagnostics;
using System.Globalization;
using PerfLab.EndToEnd.Tests.Programs;
using PerfLab.Experiments.Results;

namespace PerfLab.EndToEnd.Tests.Scenarios;

/// <summary>A run whose terminal is closed, whose user is impatient, or that is killed, leaves what it has and no process.</summary>
public sealed class SurvivalTests : IDisposable
{
    // A terminal of its own, closed when a file appears; then the end of the program in it.
    private const string Terminal =
        """
        import os, pty, sys, threading
        child, terminal = pty.fork()
        if child == 0:
            os.execvp(sys.argv[1], sys.argv[1:])
        def read():
            try:
                while os.read(terminal, 65536): pass
            except OSError: pass
        threading.Thread(target=read, daemon=True).start()
        while not os.path.exists(os.environ['CLOSE_WHEN']):
            threading.Event().wait(0.05)
        os.close(terminal)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
        """;

    // Answers everything, and writes down its number; SIGTERM does not end it.
    private const string Stubborn =
        """
        import http.server, os, signal, sys
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        with open('pids', 'a') as pids: pids.write(f'{os.getpid()}\n')
        class Answer(http.server.BaseHTTPRequestHandler):
            protocol_version = 'HTTP/1.1'
            def do_GET(self):
                self.rfile.read(int(self.headers.get('Content-Length', 0)))
                self.send_response(200)
                self.send_header('Content-Length', '0')
                self.end_headers()
            do_POST = do_GET
            def log_message(self, *rest): pass
        http.server.ThreadingHTTPServer(('127.0.0.1', int(sys.argv[1])), Answer).serve_forever()
        """;

    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(3);
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task A_closed_terminal_ends_the_run_as_a_hang_up_three_times_of_three()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Terminals of this test need Linux.");
        var file = ScriptedTarget.Write(_folder, ScriptedTarget.Shop);
        for (var time = 1; time <= 3; time++)
        {
            var results = Path.Combine(_folder.FullPath, $"results-{time}");
            var close = Path.Combine(_folder.FullPath, $"close-{time}");
            using var program = RunningProgram.Start(
                _folder.FullPath,
                "python3",
                ["-c", Terminal, Checkout.Script, "scenario", file, "--results", results],
                new Dictionary<string, string?> { ["CLOSE_WHEN"] = close });
            await Await.UntilAsync(() => program.HasExited || Launches(results) >= 1, "the first launch set is kept");

            await File.WriteAllTextAsync(close, "now", TestContext.Current.CancellationToken);
            var run = await program.EndAsync(s_limit);

            Assert.True(run.Output.Trim() == "105", run.ToString());
            AssertKept(results);
        }
    }

    [Fact]
    public async Task A_second_interrupt_kills_targets_that_take_their_time_and_keeps_what_is_complete()
    {
        using var program = Start(StubbornScenario("[python3, stubborn.py, \"{port}\"]"), out var results);
        await Await.UntilAsync(() => Launches(results) >= 1, "the first launch set is kept");
        program.Signal("INT");
        await Task.Delay(200, TestContext.Current.CancellationToken);
        var clock = Stopwatch.StartNew();

        program.Signal("INT");
        var run = await program.EndAsync(s_limit);

        Assert.True(run.ExitCode == 105, run.ToString());
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 8);
        AssertKept(results);
    }

    [Theory]
    [InlineData("[python3, stubborn.py, \"{port}\"]")]
    [InlineData("[sh, -c, \"trap '' TERM; python3 stubborn.py {port}; true\"]")]
    [InlineData("[sh, -c, \"setsid python3 stubborn.py {port} & sleep 1000\"]")]
    [InlineData("[env, -i, \"PATH=/usr/bin:/bin\", python3, stubborn.py, \"{port}\"]")]
    [InlineData("[sh, -c, \"(setsid setsid python3 stubborn.py {port} &) ; exec sleep 1000\"]")]
    public async Task Killed_with_targets_that_ignore_SIGTERM_or_detach_none_is_left_after_five_seconds(string command)
    {
        using var program = Start(StubbornScenario(command), out var results);
        await TargetsOfALaunchSetAsync(program, results);

        program.Signal("KILL");

        await AssertGoneAsync();
    }

    [Fact]
    public async Task Killed_with_its_whole_process_group_no_detached_target_is_left_after_five_seconds()
    {
        var file = StubbornScenario("[sh, -c, \"setsid python3 stubborn.py {port} & sleep 1000\"]");
        var results = Path.Combine(_folder.FullPath, "results");

        // setsid makes the program the leader of a group of its own.
        using var program = RunningProgram.Start(_folder.FullPath, "setsid", [Environment.ProcessPath!, Checkout.CommandLineProgram, "scenario", file, "--results", results]);
        await TargetsOfALaunchSetAsync(program, results);

        using (var kill = Process.Start("kill", ["-KILL", "--", $"-{program.Id}"]))
        {
            Assert.True(kill.WaitForExit(TimeSpan.FromSeconds(10)));
        }

        await AssertGoneAsync();
    }

    [Fact]
    public async Task The_reader_of_a_pipe_that_ends_early_does_not_end_the_run()
    {
        var file = ScriptedTarget.Write(_folder, ScriptedTarget.Shop);
        var results = Path.Combine(_folder.FullPath, "results");

        var run = await RunningProgram.RunAsync(
            _folder.FullPath, "bash", ["-c", "\"$0\" scenario \"$1\" --results \"$2\" 2>&1 | head -1; exit ${PIPESTATUS[0]}", Checkout.Script, file, results], s_limit);

        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.True(new RunFolder(Assert.Single(Directory.GetDirectories(results))).ReadOutcome()!.Completed);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(192)]
    public async Task Too_few_open_files_are_told_before_anything_starts(int files)
    {
        var run = await RunningProgram.RunAsync(_folder.FullPath, "bash", ["-c", $"ulimit -n {files}; exec \"$0\" list", Checkout.Script], s_limit);

        Assert.True(run.ExitCode == 104, run.ToString());
        Assert.Contains($"256 are needed, {files} are allowed", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_has_no_plan_yet_is_still_running()
    {
        var results = Path.Combine(_folder.FullPath, "results");
        _folder.Write("results/20260131T235959Z-smoke-ab12/manifest.json", "{}");

        var report = await Cli.RunAsync("report", "latest", "--results", results);

        Assert.True(report.ExitCode == 104, report.ToString());
        Assert.Contains("still running", report.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Control_characters_of_a_dying_target_are_shown_as_text()
    {
        var file = ScriptedTarget.Write(_folder, """[printf, '\033[2J\033[31mdead \342\200\256 end']""", readyTimeout: "2s");

        var run = await RunningProgram.RunAsync(_folder.FullPath, Checkout.Script, ["scenario", file, "--results", Path.Combine(_folder.FullPath, "results")], s_limit);

        Assert.True(run.ExitCode == 107, run.ToString());
        Assert.DoesNotContain('\u001b', run.Output + run.Error);
        Assert.DoesNotContain('\u202e', run.Output + run.Error);
        Assert.Contains("\\u{1B}[2J", run.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private RunningProgram Start(string file, out string results)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "run.sh and the processes of these tests need Linux.");
        results = Path.Combine(_folder.FullPath, "results");
        return RunningProgram.Start(_folder.FullPath, Environment.ProcessPath!, [Checkout.CommandLineProgram, "scenario", file, "--results", results]);
    }

    private async Task TargetsOfALaunchSetAsync(RunningProgram program, string results)
    {
        await Await.UntilAsync(
            () => program.HasExited || (Directory.Exists(results) && Directory.GetDirectories(results).Any(run => Directory.GetDirectories(run, ".launch-*").Length > 0) && Living().Count >= 2),
            "targets are running");
        if (program.HasExited)
        {
            Assert.Fail((await program.EndAsync(s_limit)).ToString());
        }
    }

    // Those that the variable shows, and those that wrote down their number.
    private List<int> Living()
    {
        var file = Path.Combine(_folder.FullPath, "pids");
        var written = File.Exists(file) ? File.ReadAllLines(file).Where(line => int.TryParse(line, CultureInfo.InvariantCulture, out _)).Select(line => int.Parse(line, CultureInfo.InvariantCulture)) : [];
        return [.. TargetProcesses.In(_folder).Union(written.Where(id => !Await.IsGone(id)))];
    }

    private async Task AssertGoneAsync()
    {
        var clock = Stopwatch.StartNew();
        await Await.UntilAsync(() => Living().Count == 0, "no target is left");
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 5);
    }

    private string StubbornScenario(string command)
    {
        _folder.Write("stubborn.py", Stubborn);
        return ScriptedTarget.Write(_folder, command);
    }

    private void AssertKept(string results)
    {
        Assert.Empty(TargetProcesses.In(_folder));
        var run = new RunFolder(Assert.Single(Directory.GetDirectories(results)));
        Assert.Equal("The run was interrupted.", run.ReadOutcome()?.Reason);
        Assert.True(File.Exists(run.HtmlReportFile), "The report was not written.");
    }

    private static int Launches(string results) => Directory.Exists(results)
        ? Directory.GetDirectories(results).Select(run => Path.Combine(run, "launches")).Where(Directory.Exists).Sum(launches => Directory.GetDirectories(launches).Length)
        : 0;
}
