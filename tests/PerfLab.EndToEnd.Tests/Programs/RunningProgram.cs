using System.Diagnostics;

namespace PerfLab.EndToEnd.Tests.Programs;

/// <summary>A program started by a test; it is gone, with everything it started, when the test is.</summary>
public sealed class RunningProgram : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _error;

    private RunningProgram(ProcessStartInfo start)
    {
        _process = Process.Start(start)!;
        _output = _process.StandardOutput.ReadToEndAsync();
        _error = _process.StandardError.ReadToEndAsync();
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <param name="folder">The current folder of the program.</param>
    /// <param name="file">Program, by path or by a name on the PATH.</param>
    /// <param name="arguments">Its arguments, not quoted.</param>
    /// <param name="environment">Variables that differ from those of the test; null removes one.</param>
    public static RunningProgram Start(
        string folder, string file, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment = null)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
        {
            start.Environment[name] = value;
        }

        return new RunningProgram(start);
    }

    /// <summary>Runs a program to its end.</summary>
    public static async Task<ProgramResult> RunAsync(
        string folder, string file, IEnumerable<string> arguments, TimeSpan limit, IReadOnlyDictionary<string, string?>? environment = null)
    {
        using var program = Start(folder, file, arguments, environment);
        return await program.EndAsync(limit);
    }

    /// <summary>Waits for the end.</summary>
    /// <exception cref="TimeoutException">The program or something that it left behind still runs; the test fails.</exception>
    public async Task<ProgramResult> EndAsync(TimeSpan limit)
    {
        await Task.WhenAll(_process.WaitForExitAsync(), _output, _error).WaitAsync(limit);
        return new ProgramResult(_process.ExitCode, await _output, await _error);
    }

    /// <summary>Sends a signal by name, for example <c>TERM</c>, to this process alone.</summary>
    public void Signal(string name)
    {
        using var kill = Process.Start("kill", ["-" + name, Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit(TimeSpan.FromSeconds(10));
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }
}
