using System.Diagnostics;
using PerfLab.Experiments.Inspections;
using PerfLab.Runner.Machines;

namespace PerfLab.Runner.Tests;

/// <summary>Whether the kernel permits a hardware counter.</summary>
public sealed class HardwareCounterTests
{
    // perf_event_open(2) from another language: it prints 0, or the error's number.
    private const string Script = """
        import ctypes, os, platform, struct
        libc = ctypes.CDLL(None, use_errno=True)
        attributes = ctypes.create_string_buffer(struct.pack("<IIQQQQQIIQ", 0, 64, 1, 0, 0, 0, 0x61, 0, 0, 0), 64)
        counter = libc.syscall(298 if platform.machine() == "x86_64" else 241, attributes, 0, -1, -1, 8)
        print(0 if counter >= 0 else ctypes.get_errno())
        """;

    [Fact]
    public async Task The_kernel_says_the_same_to_another_program_and_nothing_stays_open()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists("/usr/bin/python3"), "It takes Linux and python3.");

        var access = HardwareCounter.Try();

        var expected = await AskAsync() switch
        {
            "0" => CounterAccess.Opened,
            "1" or "13" => CounterAccess.NotPermitted,
            "2" or "19" or "95" => CounterAccess.NoHardware,
            "38" => CounterAccess.NoKernelSupport,
            _ => CounterAccess.Unknown,
        };
        Assert.Equal(expected, access);
        Assert.DoesNotContain(Directory.GetFiles("/proc/self/fd"), file => new FileInfo(file).LinkTarget?.Contains("perf_event", StringComparison.Ordinal) == true);
    }

    private static async Task<string> AskAsync()
    {
        using var python = Process.Start(new ProcessStartInfo("/usr/bin/python3", ["-c", Script]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        try
        {
            return (await python.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(30))).Trim();
        }
        finally
        {
            python.Kill();
        }
    }
}
