using System.Globalization;
using PerfLab.Experiments.Results;

namespace PerfLab.Runner.Readings;

/// <summary>
/// CPU time of the thread in which a .NET process compiles hot code again, read from outside, exact to a nanosecond
/// (<c>schedstat</c>, proc(5)). The runtime ends the thread when it has been idle for some seconds and starts another one
/// later; what ended ones used stays counted.
/// </summary>
internal sealed class JitThreadClock(int processId)
{
    // ".NET Tiered Compilation Worker", cut to the 15 characters that the kernel keeps.
    private const string ThreadName = ".NET Tiered Com";

    private readonly string _tasks = string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/task");
    private string? _thread;
    private long _current;
    private long _ended;

    /// <summary>Reads the total so far, in seconds; 0 for a process that has no such thread, null where the platform does not tell.</summary>
    public double? ReadSeconds()
    {
        if (!Directory.Exists(_tasks))
        {
            return null;
        }

        if (_thread is null || ReadNanoseconds(_thread) is not { } nanoseconds)
        {
            _ended += _current;
            _current = 0;
            _thread = Find();
            nanoseconds = _thread is null ? 0 : ReadNanoseconds(_thread) ?? 0;
        }

        _current = nanoseconds;
        return (_ended + _current) / 1e9;
    }

    private static long? ReadNanoseconds(string thread)
    {
        try
        {
            var text = File.ReadAllText(Path.Combine(thread, "schedstat"));
            return long.TryParse(text.AsSpan(0, text.IndexOf(' ', StringComparison.Ordinal)), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
        }
        catch (Exception error) when (error is IOException or ArgumentOutOfRangeException)
        {
            // The thread has ended, or the kernel keeps no such statistics.
            return null;
        }
    }

    private string? Find()
    {
        try
        {
            return Directory.EnumerateDirectories(_tasks).FirstOrDefault(IsCompiler);
        }
        catch (IOException)
        {
            // The process has ended; who needs it alive finds out by itself.
            return null;
        }
    }

    private static bool IsCompiler(string thread)
    {
        try
        {
            return string.Equals(File.ReadAllText(Path.Combine(thread, "comm")).TrimEnd('\n'), ThreadName, StringComparison.Ordinal);
        }
        catch (IOException)
        {
            // It has just ended.
            return false;
        }
    }
}

/// <summary>Adds what the runtime's compiler used to the readings of another source.</summary>
internal sealed class JitTimeReadingSource(IReadingSource source, JitThreadClock compiler) : IReadingSource
{
    /// <inheritdoc/>
    public string Name => source.Name;

    /// <inheritdoc/>
    public Reading Read() => source.Read() with { CompilerCpuSeconds = compiler.ReadSeconds() };

    /// <inheritdoc/>
    public FullReading ReadFull()
    {
        var full = source.ReadFull();
        return full with { Reading = full.Reading with { CompilerCpuSeconds = compiler.ReadSeconds() } };
    }

    /// <inheritdoc/>
    public IReadOnlyList<ProgramCpu> ReadPrograms() => source.ReadPrograms();

    /// <inheritdoc/>
    public void FlushSpans() => source.FlushSpans();

    /// <inheritdoc/>
    public void Dispose() => source.Dispose();
}
