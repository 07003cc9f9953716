using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Shop.Tests.OutOfProcess;

/// <summary>The built shop, or the order service in Node.js, as a process, started as a scenario starts it. Killed at the end if it has not ended before.</summary>
internal sealed partial class ShopProcess : IAsyncDisposable
{
    private const int Interrupt = 2;
    private const int Terminate = 15;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly TaskCompletionSource<string> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<string> _errors = new();

    private ShopProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) =>
        {
            const string Mark = ": listening on ";
            if (line.Data?.IndexOf(Mark, StringComparison.Ordinal) is >= 0 and var at)
            {
                _listening.TrySetResult(line.Data[(at + Mark.Length)..]);
            }
        };
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is not null)
            {
                _errors.Enqueue(line.Data);
            }
        };
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => _listening.TrySetException(new InvalidOperationException($"Shop ended before it listened: {string.Join(' ', _errors)}"));
    }

    public string Url { get; private set; } = string.Empty;

    public string Errors => string.Join('\n', _errors);

    /// <summary>Starts a shop and waits until it listens.</summary>
    public static Task<ShopProcess> ListeningAsync(string[] args, params (string Name, string Value)[] variables) => ListeningAsync(Start(args, variables));

    /// <summary>Starts the order service in Node.js and waits until it listens.</summary>
    /// <param name="main">Its program.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="variables">Its environment.</param>
    public static Task<ShopProcess> NodeListeningAsync(string main, string[] args, params (string Name, string Value)[] variables) => ListeningAsync(StartNode(main, args, variables));

    /// <summary>Starts the order service in Node.js, which is expected to end by itself.</summary>
    public static ShopProcess StartNode(string main, string[] args, params (string Name, string Value)[] variables) => Start("node", main, args, variables);

    private static async Task<ShopProcess> ListeningAsync(ShopProcess shop)
    {
        try
        {
            shop.Url = await shop._listening.Task.WaitAsync(Limit);
            return shop;
        }
        catch
        {
            await shop.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a shop that is expected to end by itself.</summary>
    public static ShopProcess Start(string[] args, params (string Name, string Value)[] variables) =>
        Start("dotnet", Path.Combine(Root(), "artifacts", "targets", "Shop", "Shop.dll"), args, variables);

    private static ShopProcess Start(string program, string file, string[] args, (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo(program)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.ArgumentList.Add(file);
        foreach (var argument in args)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("OTEL_", StringComparison.Ordinal) || name.StartsWith("SHOP_", StringComparison.Ordinal) || name.StartsWith("ORDERS_", StringComparison.Ordinal) || name.StartsWith("AMQP_", StringComparison.Ordinal)).ToArray())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        var shop = new ShopProcess(new Process { StartInfo = start });
        shop._process.Start();
        shop._process.BeginOutputReadLine();
        shop._process.BeginErrorReadLine();
        return shop;
    }

    public Task<int> TerminateAsync() => SignalAsync(Terminate);

    public Task<int> InterruptAsync() => SignalAsync(Interrupt);

    /// <summary>Ends it without its consent, and leaves what it started to itself.</summary>
    public Task<int> KillAloneAsync()
    {
        _process.Kill();
        return ExitCodeAsync();
    }

    /// <summary>Waits for the end, and for the last line of output.</summary>
    public async Task<int> ExitCodeAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await ExitCodeAsync();
        }

        _process.Dispose();
    }

    /// <summary>Gets the top folder of the repository.</summary>
    public static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "PerfLab.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No PerfLab.sln above {AppContext.BaseDirectory}. Run the tests from the repository.");
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int process, int signal);

    private Task<int> SignalAsync(int signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGTERM.");
        Assert.Equal(0, SendSignal(_process.Id, signal));
        return ExitCodeAsync();
    }
}
