using System.Diagnostics;

namespace PerfLab.Runner.Tests.Readings;

/// <summary>A Python process that burns a known CPU time where it is told to: its own clocks say when it has burned enough.</summary>
internal sealed class BurningProcess : IDisposable
{
    private const string Program = """
        import os, signal, sys, threading, time

        def burn(seconds, clock=time.process_time):
            end = clock() + seconds
            while clock() < end:
                pass

        def child(seconds, wait_for_end):
            ready, done = os.pipe()
            go_read, go_write = os.pipe()
            pid = os.fork()
            if pid == 0:
                burn(seconds)
                os.write(done, b'x')
                os.read(go_read, 1)
                os._exit(0)
            os.read(ready, 1)
            if wait_for_end:
                os.write(go_write, b'x')
                os.waitpid(pid, 0)

        def orphan(seconds):
            ready, done = os.pipe()
            pid = os.fork()
            if pid == 0:
                if os.fork() == 0:
                    os.setsid()
                    burn(seconds)
                    os.write(done, b'x')
                    time.sleep(30)
                os._exit(0)
            os.waitpid(pid, 0)
            os.read(ready, 1)

        def thread(seconds):
            worker = threading.Thread(target=burn, args=(seconds, time.thread_time))
            worker.start()
            worker.join()

        print('ready', flush=True)
        for line in sys.stdin:
            kind, amount = line.split()
            amount = float(amount)
            if kind == 'self':
                burn(amount)
            elif kind == 'ended-child':
                child(amount, True)
            elif kind == 'living-child':
                child(amount, False)
            elif kind == 'orphan':
                orphan(amount)
            elif kind == 'ended-thread':
                thread(amount)
            elif kind == 'ignore-children':
                signal.signal(signal.SIGCHLD, signal.SIG_IGN)
            print('done', flush=True)
        """;

    private readonly Process _process;

    public BurningProcess(string mark)
    {
        var start = new ProcessStartInfo("python3", ["-c", Program])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var (name, value) = (mark.Split('=')[0], mark.Split('=')[1]);
        start.Environment[name] = value;
        _process = Process.Start(start)!;
        Assert.Equal("ready", _process.StandardOutput.ReadLine());
    }

    public int Id => _process.Id;

    /// <summary>Has something done, and waits for its end.</summary>
    /// <param name="kind">What.</param>
    /// <param name="seconds">CPU time to burn.</param>
    public void Do(string kind, double seconds = 0)
    {
        _process.StandardInput.WriteLine(FormattableString.Invariant($"{kind} {seconds}"));
        Assert.Equal("done", _process.StandardOutput.ReadLine());
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }
}
