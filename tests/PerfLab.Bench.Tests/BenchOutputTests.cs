using PerfLab.Bench;
using PerfLab.Runner.Targets;

namespace PerfLab.Bench.Tests;

public sealed class BenchOutputTests
{
    [Fact]
    public void The_last_line_of_the_shell_is_the_time_and_all_else_is_what_was_said()
    {
        var output = BenchOutput.Read("wrk", 0, "123 requests in 2.00s\n", "a warning\n0.250 1.750\n");

        Assert.Equal((0, 2.0), (output.ExitCode, output.CpuSeconds));
        Assert.Equal("123 requests in 2.00s\na warning", output.Text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("bash: taskset: command not found")]
    [InlineData("a b")]
    public void Without_an_account_of_its_time_a_program_has_failed(string error)
    {
        var fault = Assert.Throws<TargetFailedException>(() => BenchOutput.Read("wrk", 127, "", error));

        Assert.Contains("wrk ended with 127", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_is_charged_what_it_burns_and_is_stopped_when_it_does_not_end()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "taskset and bash are of Linux.");
        var core = PerfLab.Runner.Machines.CpuPlacement.AllowedProcessors()![0];

        var busy = await BenchProcess.RunAsync(core, ["bash", "-c", "for ((i = 0; i < 200000; i++)); do :; done; echo done"], TimeSpan.FromSeconds(60), null, TestContext.Current.CancellationToken);
        var stuck = await Assert.ThrowsAsync<TargetFailedException>(() => BenchProcess.RunAsync(core, ["sleep", "1000"], TimeSpan.FromSeconds(0.5), null, TestContext.Current.CancellationToken));

        Assert.Equal("done", busy.Text.Trim());
        Assert.InRange(busy.CpuSeconds, 0.02, 60);
        Assert.Contains("sleep 1000 did not end", stuck.Message, StringComparison.Ordinal);
    }
}
