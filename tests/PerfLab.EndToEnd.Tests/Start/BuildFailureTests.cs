using System.Globalization;
using PerfLab.EndToEnd.Tests.Programs;

namespace PerfLab.EndToEnd.Tests.Start;

/// <summary>Builds that fail, are killed, are interrupted, or run twice at once.</summary>
public sealed class BuildFailureTests : IDisposable
{
    private readonly ScriptedCheckout _checkout;

    public BuildFailureTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "run.sh is for Linux and macOS; Windows has run.ps1");
        _checkout = new ScriptedCheckout();
    }

    [Fact]
    public async Task A_failed_build_shows_its_output_and_is_tried_again()
    {
        _checkout.TurnOn("fail");
        var failed = await _checkout.StartAsync();
        _checkout.TurnOff("fail");
        var repaired = await _checkout.StartAsync();

        Assert.Equal(1, failed.ExitCode);
        Assert.Equal("", failed.Output);
        Assert.Contains("Answer.cs(1,1): error CS1002: ; expected", failed.Error, StringComparison.Ordinal);
        Assert.Contains("Building PerfLab failed", failed.Error, StringComparison.Ordinal);
        Assert.Equal(0, repaired.ExitCode);
    }

    [Fact]
    public async Task A_failed_build_is_tried_again_even_when_the_sources_are_put_back()
    {
        await _checkout.StartAsync();
        _checkout.Write("src/Answer.cs", "forty-two\n");
        _checkout.TurnOn("fail");
        await _checkout.StartAsync();
        _checkout.TurnOff("fail");
        _checkout.Write("src/Answer.cs", "42\n");

        var result = await _checkout.StartAsync();

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(3, _checkout.Builds.Count);
    }

    [Fact]
    public async Task After_a_killed_build_everything_is_compiled_anew()
    {
        _checkout.TurnOn("hang");
        using (var killed = _checkout.Begin())
        {
            await HangingAsync();
            killed.Signal("KILL");
            EndHanging();
            await ScriptedCheckout.EndAsync(killed);
        }

        _checkout.TurnOff("hang");
        var result = await _checkout.StartAsync();

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("--no-incremental", _checkout.Builds[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task An_interrupt_ends_the_build_with_all_its_processes(string signal)
    {
        _checkout.TurnOn("hang");
        using var interrupted = _checkout.Begin();
        await HangingAsync();

        interrupted.Signal(signal);
        var result = await ScriptedCheckout.EndAsync(interrupted);

        Assert.Equal(105, result.ExitCode);
        Assert.Contains("Interrupted while building", result.Error, StringComparison.Ordinal);
        await Await.UntilAsync(() => Await.IsGone(HangingProcess()), "the last process of the build goes");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Two_starts_at_once_build_once(bool withFlock)
    {
        using var tools = withFlock ? null : PathWithoutFlock();
        _checkout.TurnOn("hang");
        using var first = _checkout.Begin("first");
        await HangingAsync();
        using var second = _checkout.Begin("second");

        // Long enough for the second to come to the lock on most machines; on slower ones the test is merely easier to pass.
        await Task.Delay(500);
        Assert.False(second.HasExited);
        EndHanging();
        var results = await Task.WhenAll(ScriptedCheckout.EndAsync(first), ScriptedCheckout.EndAsync(second));

        Assert.Single(_checkout.Builds);
        Assert.Contains("argument: first", results[0].Output, StringComparison.Ordinal);
        Assert.Contains("argument: second", results[1].Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_flock_the_lock_of_a_process_that_is_gone_is_taken_over()
    {
        using var tools = PathWithoutFlock();
        _checkout.Write("artifacts/.lock.d/owner", "2147483646\n");

        var result = await _checkout.StartAsync();

        Assert.Equal(0, result.ExitCode);
        Assert.False(Directory.Exists(Path.Combine(_checkout.Root, "artifacts/.lock.d")));
    }

    public void Dispose() => _checkout?.Dispose();

    /// <summary>A search path that has what the script needs, as on macOS: everything but flock.</summary>
    private TemporaryFolder PathWithoutFlock()
    {
        var tools = new TemporaryFolder();
        string[] names = ["bash", "cat", "comm", "cut", "dirname", "env", "find", "mkdir", "readlink", "rm", "rmdir", "sed", "sha256sum", "shasum", "sleep", "sort", "tr"];
        var folders = Environment.GetEnvironmentVariable("PATH")!.Split(':');
        foreach (var name in names)
        {
            if (folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists) is { } tool)
            {
                File.CreateSymbolicLink(Path.Combine(tools.FullPath, name), tool);
            }
        }

        _checkout.SearchPath = tools.FullPath;
        return tools;
    }

    private Task HangingAsync() => Await.UntilAsync(() => HangingProcess() > 0, "the scripted build begins to hang");

    private int HangingProcess() =>
        File.Exists(_checkout.Switch("hanging")) && int.TryParse(File.ReadAllText(_checkout.Switch("hanging")), CultureInfo.InvariantCulture, out var id) ? id : 0;

    private void EndHanging()
    {
        using var hanging = System.Diagnostics.Process.GetProcessById(HangingProcess());
        hanging.Kill();
    }
}
