using System.Diagnostics;
using System.Globalization;
using PerfLab.EndToEnd.Tests.Programs;

namespace PerfLab.EndToEnd.Tests.Faults;

/// <summary>A run that is killed, interrupted or loses its terminal, again and again.</summary>
public sealed class EndedRunTests
{
    // A terminal of its own, closed when a file appears; then the end of the program in it. A test run under nohup has passed an
    // ignored hang-up on, which no program in a terminal begins with.
    private const string Terminal =
        """
        import os, pty, signal, sys, threading
        child, terminal = pty.fork()
        if child == 0:
            signal.signal(signal.SIGHUP, signal.SIG_DFL)
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

    private static readonly string[] s_stubborn =
    [
        FaultyRun.Stubborn,
        "[sh, -c, \"trap '' TERM; python3 service.py {port}; true\"]",
        "[sh, -c, \"setsid python3 service.py {port} & sleep 1000\"]",
        "[env, -i, \"PATH=/usr/bin:/bin\", python3, service.py, \"{port}\"]",
        "[sh, -c, \"(setsid setsid python3 service.py {port} &) ; exec sleep 1000\"]",
        "[sh, -c, \"env -i PATH=/usr/bin:/bin setsid python3 service.py {port} & sleep 1000\"]",
    ];

    [Fact]
    public Task A_closed_terminal_ends_the_run_as_a_hang_up() => FaultCampaign.TryAsync([.. Enumerable.Range(1, 20)], few: 3, async _ =>
    {
        using var run = new FaultyRun();
        var close = Path.Combine(run.Folder, "close");
        using var program = RunningProgram.Start(run.Folder, "python3", ["-c", Terminal, Checkout.Script, .. run.Command.Skip(2)], new Dictionary<string, string?> { ["CLOSE_WHEN"] = close });
        await Await.UntilAsync(() => program.HasExited || run.Launches >= 1, "the first launch set is kept");

        await File.WriteAllTextAsync(close, "now", TestContext.Current.CancellationToken);
        var end = await program.EndAsync(FaultyRun.Limit);

        Assert.True(end.Output.Trim() == "105", end.ToString());
        run.AssertKept();
    });

    [Fact(DisableParallelization = true)]
    public Task Killed_with_targets_that_ignore_SIGTERM_or_detach_none_is_left_after_five_seconds() => FaultCampaign.TryAsync(
        [.. Enumerable.Range(0, 20).Select(number => s_stubborn[number % s_stubborn.Length]).Chunk(s_stubborn.Length)],
        few: 1,
        async commands =>
        {
            // Side by side, and long enough that all are still in their first launch set when the last one has come there.
            var runs = commands.Select(command => new FaultyRun(command, isLong: true)).ToList();
            var programs = runs.ConvertAll(run => run.Start());
            try
            {
                await Task.WhenAll(runs.Zip(programs, (run, program) => run.TargetsAsync(program)));

                await Task.WhenAll(runs.Zip(programs, (run, program) =>
                {
                    program.Signal("KILL");
                    return run.AssertGoneAsync();
                }));
            }
            finally
            {
                programs.ForEach(program => program.Dispose());
                runs.ForEach(run => run.Dispose());
            }
        });

    [Fact(DisableParallelization = true)]
    public async Task Killed_with_its_whole_process_group_no_detached_target_is_left_after_five_seconds()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The faults need Linux.");
        using var run = new FaultyRun(s_stubborn[2]);

        // setsid makes the program the leader of a group of its own.
        using var program = RunningProgram.Start(run.Folder, "setsid", run.Command);
        await run.TargetsAsync(program);

        using (var kill = Process.Start("kill", ["-KILL", "--", $"-{program.Id}"]))
        {
            Assert.True(kill.WaitForExit(TimeSpan.FromSeconds(10)));
        }

        await run.AssertGoneAsync();
    }

    [Fact(DisableParallelization = true)]
    public async Task A_second_interrupt_kills_targets_that_take_their_time_and_keeps_what_is_complete()
    {
        using var run = new FaultyRun(FaultyRun.LaterStubborn);
        using var program = run.Start();
        await Await.UntilAsync(() => run.Launches >= 1, "the first launch set is kept");
        program.Signal("INT");
        await Task.Delay(200, TestContext.Current.CancellationToken);
        var clock = Stopwatch.StartNew();

        program.Signal("INT");
        var end = await program.EndAsync(FaultyRun.Limit);

        Assert.True(end.ExitCode == 105, end.ToString());
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 8);
        run.AssertKept();
    }

    [Fact]
    public async Task Interrupted_at_any_moment_a_run_ends_with_105_and_keeps_what_is_complete()
    {
        // The moments are shares of the time that this run takes if nobody interrupts it.
        var whole = Stopwatch.StartNew();
        using (var run = new FaultyRun())
        using (var program = run.Start())
        {
            var end = await program.EndAsync(FaultyRun.Limit);
            Assert.True(run.IsOver(end), end.ToString());
        }

        var seconds = whole.Elapsed.TotalSeconds;
        var random = new Random(FaultCampaign.Seed);
        await FaultCampaign.TryAsync([.. Enumerable.Range(0, 50).Select(_ => random.NextDouble())], few: 3, share => InterruptAsync(TimeSpan.FromSeconds(share * seconds)));
    }

    private static async Task InterruptAsync(TimeSpan moment)
    {
        using var run = new FaultyRun();
        using var program = run.Start();
        await Await.UntilAsync(() => program.HasExited || run.HasBegun, "the run has begun");
        await Task.Delay(moment, TestContext.Current.CancellationToken);
        if (run.HasOutcome)
        {
            // It was quicker than the one that was timed.
            await program.EndAsync(FaultyRun.Limit);
            await InterruptAsync(moment / 2);
            return;
        }

        program.Signal("INT");
        var end = await program.EndAsync(FaultyRun.Limit);

        Assert.True(end.ExitCode == 105, string.Create(CultureInfo.InvariantCulture, $"after {moment.TotalSeconds:0.000} s: {end}"));
        run.AssertKept();
    }
}
