using PerfLab.EndToEnd.Tests.Programs;

namespace PerfLab.EndToEnd.Tests.Scenarios;

/// <summary>A target that dies under load is told by its exit code or signal and its last words, whenever it dies.</summary>
public sealed class DyingTargetTests : IDisposable
{
    // Ends at an order as its arguments say; the first processes, of the pilot, live when told to.
    private const string Dying =
        """
        import http.server, os, signal, sys
        port, end, living = int(sys.argv[1]), sys.argv[2], int(sys.argv[3])
        with open('starts', 'a') as starts: starts.write('x')
        dies = os.path.getsize('starts') > living
        class Answer(http.server.BaseHTTPRequestHandler):
            protocol_version = 'HTTP/1.1'
            def do_GET(self):
                self.rfile.read(int(self.headers.get('Content-Length', 0)))
                if dies and self.command == 'POST':
                    print('fatal: the shelf is empty', flush=True)
                    os._exit(int(end)) if end.isdigit() else signal.raise_signal(getattr(signal, end))
                self.send_response(200)
                self.send_header('Content-Length', '0')
                self.end_headers()
            do_POST = do_GET
            def log_message(self, *rest): pass
        http.server.ThreadingHTTPServer(('127.0.0.1', port), Answer).serve_forever()
        """;

    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(3);
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("[python3, dying.py, \"{port}\", \"3\", \"0\"]", "ended with exit code 3")]
    [InlineData("[python3, dying.py, \"{port}\", SIGSEGV, \"0\"]", "was ended by SIGSEGV (exit code 139)")]
    [InlineData("[python3, dying.py, \"{port}\", SIGKILL, \"0\"]", "was ended by SIGKILL (exit code 137)")]
    [InlineData("[sh, -c, \"python3 dying.py {port} 7 0; exit $?\"]", "ended with exit code 7")]
    [InlineData("[sh, -c, \"python3 dying.py {port} 7 0 & sleep 1000\"]", "no longer has the process that answered")]
    public async Task A_death_at_the_first_request_is_told_with_how_it_died_and_its_last_words(string command, string told)
    {
        var run = await RunAsync(command);

        Assert.True(run.ExitCode == 107, run.ToString());
        Assert.True(run.Error.Contains(told, StringComparison.Ordinal), run.ToString());
        Assert.Contains("fatal: the shelf is empty", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Check target.requests", run.Error, StringComparison.Ordinal);
        Assert.Empty(TargetProcesses.In(_folder));
    }

    [Fact]
    public async Task A_death_while_warming_up_is_told_for_its_launch_set_with_how_it_died_and_its_last_words()
    {
        // Three arms in the pilot; all that are started later die.
        var run = await RunAsync("[python3, dying.py, \"{port}\", SIGSEGV, \"3\"]");

        Assert.True(run.ExitCode == 107, run.ToString());
        Assert.Contains("Launch set 1 voided", run.Output, StringComparison.Ordinal);
        Assert.Contains("was ended by SIGSEGV (exit code 139)", run.Output, StringComparison.Ordinal);
        Assert.Contains("fatal: the shelf is empty", run.Output, StringComparison.Ordinal);
        Assert.Empty(TargetProcesses.In(_folder));
    }

    public void Dispose() => _folder.Dispose();

    private Task<ProgramResult> RunAsync(string command)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Signals and the processes of these tests need Linux.");
        _folder.Write("dying.py", Dying);
        return RunningProgram.RunAsync(
            _folder.FullPath,
            Environment.ProcessPath!,
            [Checkout.CommandLineProgram, "scenario", ScriptedTarget.Write(_folder, command), "--results", Path.Combine(_folder.FullPath, "results")],
            s_limit,
            Cli.Quickly);
    }
}
