using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Shop.Settings;

namespace Shop.Queues;

/// <summary>
/// A RabbitMQ of this process's own, from the <c>rabbitmq-server</c> of the machine: on ports that the system chose, on
/// loopback, with a folder that goes with it.
/// </summary>
internal sealed class RabbitMqBroker : IBroker
{
    // It takes 6 s on two idle processors.
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(5);

    private readonly string _folder = Directory.CreateTempSubdirectory("shop-rabbitmq-").FullName;
    private readonly ChildProcessLauncher _thread = new();
    private readonly int _port = FreePort();
    private Process[] _processes = [];
    private bool _isGone;

    private RabbitMqBroker() => Address = new Uri(string.Create(CultureInfo.InvariantCulture, $"{QueueSettings.RabbitMqScheme}://guest:guest@127.0.0.1:{_port}"));

    /// <inheritdoc />
    public Uri Address { get; }

    /// <summary>Starts a broker and waits until it listens.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The broker, listening.</returns>
    /// <exception cref="QueueException">It is not installed, or does not start.</exception>
    public static async Task<RabbitMqBroker> StartAsync(CancellationToken cancellationToken)
    {
        var programs = RabbitMqInstallation.Find();
        var broker = new RabbitMqBroker();
        try
        {
            await broker.BeginAsync(programs, cancellationToken);
            return broker;
        }
        catch
        {
            await broker.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_isGone)
        {
            return;
        }

        _isGone = true;
        // The server first: it would start another port mapper when its own is gone.
        foreach (var process in Enumerable.Reverse(_processes))
        {
            // What it holds goes with it: there is nothing to close in an orderly way.
            process.Kill(entireProcessTree: true);
            using var limit = new CancellationTokenSource(EndLimit);
            await process.WaitForExitAsync(limit.Token);
            process.Dispose();
        }

        _thread.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task BeginAsync(RabbitMqInstallation programs, CancellationToken cancellationToken)
    {
        var log = Path.Combine(_folder, "log");
        try
        {
            _processes = await _thread.StartAsync(programs.CreateStartInfos(_folder, _port, FreePort(), FreePort()));
        }
        catch (Win32Exception exception)
        {
            throw new QueueException($"--queue rabbitmq: {programs.Server} could not be started: {exception.Message} Check that it can be executed.", exception);
        }

        var waited = Stopwatch.StartNew();
        while (!await ListensAsync(cancellationToken))
        {
            if (_processes.Any(process => process.HasExited) || waited.Elapsed > StartLimit)
            {
                throw new QueueException($"--queue rabbitmq: {programs.Server} does not listen after {waited.Elapsed.TotalSeconds:0} s. Last log lines: {LastLogLines(log)} Start it by hand and use --queue amqp://host:port.");
            }

            await Task.Delay(50, cancellationToken);
        }
    }

    private async Task<bool> ListensAsync(CancellationToken cancellationToken)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, _port, cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static string LastLogLines(string log) =>
        Directory.Exists(log) ? string.Join(' ', Directory.GetFiles(log).SelectMany(file => File.ReadLines(file).TakeLast(3))) : "nothing.";

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}

/// <summary>
/// Starts child processes that die with this one. The system ties a child to the thread that started it (PR_SET_PDEATHSIG,
/// prctl(2)), so that thread has to live as long as they do.
/// </summary>
internal sealed class ChildProcessLauncher : IDisposable
{
    private readonly object _end = new();
    private bool _isEnding;

    /// <summary>Starts the processes.</summary>
    /// <param name="starts">What to start, in this order.</param>
    /// <returns>The processes.</returns>
    public Task<Process[]> StartAsync(IReadOnlyList<ProcessStartInfo> starts)
    {
        var started = new TaskCompletionSource<Process[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() =>
        {
            try
            {
                started.SetResult([.. starts.Select(Start)]);
            }
            catch (Exception exception)
            {
                started.SetException(exception);
            }

            WaitForEnd();
        })
        {
            IsBackground = true,
            Name = "shop-broker",
        }.Start();
        return started.Task;
    }

    /// <summary>Lets the thread end; the children should have ended before.</summary>
    public void Dispose()
    {
        lock (_end)
        {
            _isEnding = true;
            Monitor.Pulse(_end);
        }
    }

    private void WaitForEnd()
    {
        lock (_end)
        {
            while (!_isEnding)
            {
                Monitor.Wait(_end);
            }
        }
    }

    // Its output is read and dropped: a full pipe would stop it.
    private static Process Start(ProcessStartInfo start)
    {
        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }
}
