using PerfLab.Load.Drivers;
using PerfLab.Load.LoadTests;

namespace PerfLab.Load.Tests;

public sealed class GeneratorLimitsTests
{
    private static readonly ProcessLimits Ample = new() { MaxOpenFiles = 1_048_576, OpenFiles = 100, LocalPorts = 28_232, Processors = [0, 1] };

    [Fact]
    public void A_load_that_fits_has_no_fault() => Assert.Empty(GeneratorLimits.FaultsOf(10_000, [1], Ample));

    [Fact]
    public void Too_few_open_files_are_told_with_the_number_needed()
    {
        // 100 connections, 70 files that are open, 32 for everything else.
        var fault = Assert.Single(GeneratorLimits.FaultsOf(100, null, Ample with { MaxOpenFiles = 128, OpenFiles = 70 }));

        Assert.StartsWith("100 connections need 202 open files, and this process may have 128 (ulimit -n).", fault, StringComparison.Ordinal);
        Assert.Contains("at most 26 connections", fault, StringComparison.Ordinal);
        Assert.Empty(GeneratorLimits.FaultsOf(26, null, Ample with { MaxOpenFiles = 128, OpenFiles = 70 }));
    }

    [Fact]
    public void Too_few_local_ports_are_told_with_the_number_needed()
    {
        var fault = Assert.Single(GeneratorLimits.FaultsOf(600, null, Ample with { LocalPorts = 500 }));

        Assert.Contains("no local port would be free", fault, StringComparison.Ordinal);
        Assert.Contains("600", fault, StringComparison.Ordinal);
        Assert.Empty(GeneratorLimits.FaultsOf(500, null, Ample with { LocalPorts = 500 }));
    }

    [Fact]
    public void A_run_needs_files_for_all_arms_at_once()
    {
        // 8 arms of 256, 24 processes with 8 files each, 100 files that are open, 32 for everything else.
        var fault = Assert.Single(GeneratorLimits.FaultsOfRun(8, 24, 256, Ample with { MaxOpenFiles = 1024 }));

        Assert.StartsWith("8 arms with up to 256 connections each need 2,372 open files, and this process may have 1,024 (ulimit -n).", fault, StringComparison.Ordinal);
        Assert.Contains("load.max_in_flight to at most 87", fault, StringComparison.Ordinal);
        Assert.Empty(GeneratorLimits.FaultsOfRun(8, 24, 87, Ample with { MaxOpenFiles = 1024 }));
        Assert.Empty(GeneratorLimits.FaultsOfRun(8, 24, 256, Ample with { MaxOpenFiles = null }));
    }

    [Fact]
    public void A_run_needs_local_ports_for_each_arm_and_not_for_all_together()
    {
        var fault = Assert.Single(GeneratorLimits.FaultsOfRun(3, 3, 600, Ample with { LocalPorts = 602 }));

        Assert.Contains("need 603 local ports, and the system has 602", fault, StringComparison.Ordinal);
        Assert.Empty(GeneratorLimits.FaultsOfRun(3, 3, 600, Ample with { LocalPorts = 603 }));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void A_processor_that_is_not_allowed_is_told_with_those_that_are(int core) =>
        Assert.Equal($"processor {core} is not one that this process may use (--cores). Name some of 1.", Assert.Single(GeneratorLimits.FaultsOf(1, [core], Ample with { Processors = [1] })));

    [Fact]
    public void The_limits_of_this_process_are_read()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "limits are read from /proc");

        var limits = ProcessLimits.Read();

        Assert.InRange(limits.OpenFiles, 3, limits.MaxOpenFiles ?? long.MaxValue);
        Assert.InRange(limits.LocalPorts!.Value, 1, 65_535);
        Assert.Equal(Environment.ProcessorCount, limits.Processors!.Count);
    }

    [Theory]
    [InlineData(99, "no local port is free")]
    [InlineData(24, "too many open files")]
    public void Errors_of_the_generator_itself_are_named_as_such(int code, string text) =>
        Assert.Contains(text, ErrorMessages.Describe(ErrorKind.ConnectFailed, code), StringComparison.Ordinal);
}
