using System.Globalization;

namespace PerfLab.Runner.Targets;

/// <summary>How a process ended, in words for a message.</summary>
internal static class ProcessEnd
{
    // A shell, and .NET for its children, say 128 and the number of the signal (POSIX.1-2017, "Exit Status for Commands").
    private const int FirstSignalCode = 128;

    // signal(7); those that have the same number on Linux and macOS, and the two for accesses and calls that the system does not allow.
    private static readonly Dictionary<int, string> s_signals = new()
    {
        [1] = "SIGHUP",
        [2] = "SIGINT",
        [3] = "SIGQUIT",
        [4] = "SIGILL",
        [5] = "SIGTRAP",
        [6] = "SIGABRT",
        [8] = "SIGFPE",
        [9] = "SIGKILL",
        [11] = "SIGSEGV",
        [13] = "SIGPIPE",
        [14] = "SIGALRM",
        [15] = "SIGTERM",
        [24] = "SIGXCPU",
        [25] = "SIGXFSZ",
        [OperatingSystem.IsMacOS() ? 10 : 7] = "SIGBUS",
        [OperatingSystem.IsMacOS() ? 12 : 31] = "SIGSYS",
    };

    /// <summary>Describes an exit code: <c>ended with exit code 3</c>, <c>was ended by SIGSEGV (exit code 139)</c>.</summary>
    public static string Describe(int exitCode) => s_signals.TryGetValue(exitCode - FirstSignalCode, out var signal)
        ? string.Create(CultureInfo.InvariantCulture, $"was ended by {signal} (exit code {exitCode})")
        : string.Create(CultureInfo.InvariantCulture, $"ended with exit code {exitCode}");
}
