using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Shop.Tests.OutOfProcess;

/// <summary>A server of somebody else that a test needs, on loopback with a folder of its own; it ends with the test.</summary>
internal sealed partial class ServerProcess : IAsyncDisposable
{
    private const int Interrupt = 2;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();

    private ServerProcess(ProcessStartInfo start)
    {
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => _output.Enqueue(line.Data ?? string.Empty);
        _process.ErrorDataReceived += (_, line) => _output.Enqueue(line.Data ?? string.Empty);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string Output => string.Join('\n', _output);

    public static ServerProcess Start(string program, IEnumerable<string> arguments, string folder)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        start.Environment["HOME"] = folder;
        start.Environment["LC_ALL"] = "C";
        return new ServerProcess(start);
    }

    /// <summary>Runs a program to its end.</summary>
    public static async Task RunAsync(string program, IEnumerable<string> arguments, string folder)
    {
        await using var process = Start(program, arguments, folder);
        using var limit = new CancellationTokenSource(Limit);
        await process._process.WaitForExitAsync(limit.Token);
        Assert.True(process._process.ExitCode == 0, $"{program} ended with {process._process.ExitCode}: {process.Output}");
    }

    public static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    /// <summary>Waits until something is true of it, as long as it lives.</summary>
    public async Task UntilAsync(Func<Task<bool>> isReady)
    {
        var waited = Stopwatch.StartNew();
        while (!await isReady())
        {
            Assert.False(_process.HasExited, $"{_process.StartInfo.FileName} ended: {Output}");
            Assert.True(waited.Elapsed < Limit, $"{_process.StartInfo.FileName} is not ready after {Limit.TotalSeconds} s: {Output}");
            await Task.Delay(20);
        }
    }

    /// <summary>Ends it without its consent, as a crash does.</summary>
    public async Task CrashAsync()
    {
        _process.Kill(entireProcessTree: true);
        using var limit = new CancellationTokenSource(Limit);
        await _process.WaitForExitAsync(limit.Token);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _ = SendSignal(_process.Id, Interrupt);
            try
            {
                using var limit = new CancellationTokenSource(Limit);
                await _process.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                await CrashAsync();
            }
        }

        _process.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int process, int signal);
}
