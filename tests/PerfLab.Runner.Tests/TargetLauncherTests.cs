using System.Diagnostics;
using PerfLab.Runner.LaunchSets;
using PerfLab.Runner.Targets;

namespace PerfLab.Runner.Tests;

/// <summary>Real processes: a small Python or shell program stands for a target.</summary>
public sealed class TargetLauncherTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pl-").FullName;
    private readonly TargetLauncher _launcher;

    public TargetLauncherTests() => _launcher = new TargetLauncher(probeAssembly: null, _folder);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(135, "was ended by SIGBUS (exit code 135)")]
    [InlineData(159, "was ended by SIGSYS (exit code 159)")]
    [InlineData(137, "was ended by SIGKILL (exit code 137)")]
    [InlineData(3, "ended with exit code 3")]
    public void An_end_by_a_signal_is_called_by_its_name(int exitCode, string words)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Other systems number some signals otherwise.");

        Assert.Equal(words, ProcessEnd.Describe(exitCode));
    }

    [Fact]
    public async Task A_program_that_does_not_exist_is_told_with_its_name()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Starts programs as Linux has them.");

        var error = await Assert.ThrowsAsync<TargetFailedException>(() => _launcher.StartAsync(Specification("no-such-program-here"), Cancellation));

        Assert.Contains("no-such-program-here", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_target_that_dies_at_its_start_is_told_with_its_exit_code_and_last_words()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Uses /bin/sh.");

        var error = await Assert.ThrowsAsync<TargetFailedException>(() => _launcher.StartAsync(Specification("/bin/sh", "-c", "echo port is taken; exit 3"), Cancellation));

        Assert.Contains("exit code 3", error.Message, StringComparison.Ordinal);
        Assert.Contains("port is taken", error.Message, StringComparison.Ordinal);
        Assert.Contains($"Its working folder is {_folder}, ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_target_that_never_gets_ready_is_stopped_and_told()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Uses /bin/sh.");
        var marker = Path.Combine(_folder, "pid");

        var error = await Assert.ThrowsAsync<TargetFailedException>(() => _launcher.StartAsync(Specification("/bin/sh", "-c", $"echo $$ > {marker}; exec sleep 60"), Cancellation));

        Assert.Contains("not ready after", error.Message, StringComparison.Ordinal);
        Assert.Contains($"Its working folder is {_folder}. ", error.Message, StringComparison.Ordinal);
        Assert.False(IsAlive(marker), "The process must not outlive the failure.");
    }

    [Fact]
    public async Task An_interrupted_start_leaves_no_process()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Uses /bin/sh.");
        var marker = Path.Combine(_folder, "pid");
        using var source = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        source.CancelAfter(TimeSpan.FromMilliseconds(300));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            _launcher.StartAsync(Specification("/bin/sh", "-c", $"echo $$ > {marker}; exec sleep 60") with { ReadyTimeout = TimeSpan.FromSeconds(30) }, source.Token));

        Assert.False(File.Exists(marker) && IsAlive(marker), "The process must not outlive the interruption.");
    }

    [Fact]
    public async Task A_target_with_a_port_of_its_own_is_told_with_that_port_before_its_time_is_over()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Reads /proc.");
        var port = PortReservation.Take(1)[0];
        var specification = Specification("python3", "-m", "http.server", "--bind", "127.0.0.1", $"{port}") with { ReadyTimeout = TimeSpan.FromSeconds(60), MisfitLimit = TimeSpan.FromMilliseconds(300) };
        var clock = Stopwatch.StartNew();

        var error = await Assert.ThrowsAsync<TargetFailedException>(() => _launcher.StartAsync(specification, Cancellation));

        Assert.Equal([port], error.OtherPorts);
        Assert.Contains($"It listens at port {port} instead", error.Message, StringComparison.Ordinal);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(30), $"It took {clock.Elapsed}.");
    }

    [Fact]
    public async Task A_readiness_path_that_does_not_exist_ends_the_start_before_its_time_is_over()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Starts python3.");
        var specification = Specification() with { ReadyTimeout = TimeSpan.FromSeconds(60), MisfitLimit = TimeSpan.FromMilliseconds(300) };

        var error = await Assert.ThrowsAsync<TargetFailedException>(() => _launcher.StartAsync(
            specification with { Command = ["python3", "-m", "http.server", "--bind", "127.0.0.1", $"{specification.Address.Port}"], ReadyPath = "/nowhere" }, Cancellation));

        Assert.Contains("status 404", error.Message, StringComparison.Ordinal);
        Assert.Empty(error.OtherPorts);
    }

    public void Dispose()
    {
        _launcher.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static bool IsAlive(string marker)
    {
        var processId = int.Parse(File.ReadAllText(marker), System.Globalization.CultureInfo.InvariantCulture);
        try
        {
            using var process = Process.GetProcessById(processId);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private LaunchSpecification Specification(params string[] command) => new()
    {
        Arm = "off",
        Process = "target",
        Command = command,
        Environment = new Dictionary<string, string?>(StringComparer.Ordinal),
        WorkingFolder = _folder,
        Address = new Uri($"http://127.0.0.1:{PortReservation.Take(1)[0]}"),
        ReadyPath = "/health",
        ReadyTimeout = TimeSpan.FromSeconds(1),
        LogFile = Path.Combine(_folder, "target.log"),
        Cores = null,
    };
}
