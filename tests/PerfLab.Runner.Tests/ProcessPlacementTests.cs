using System.Diagnostics;
using PerfLab.Runner.Machines;

namespace PerfLab.Runner.Tests;

public sealed class ProcessPlacementTests
{
    [Fact]
    public void A_running_process_moves_with_all_its_threads()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Reads /proc.");
        var core = CpuPlacement.AllowedProcessors()![0];
        using var sleeper = Process.Start(new ProcessStartInfo("sleep", "60"))!;
        try
        {
            ProcessAffinity.Move(sleeper.Id, [core]);

            var allowed = File.ReadLines($"/proc/{sleeper.Id}/status").Single(line => line.StartsWith("Cpus_allowed_list:", StringComparison.Ordinal));
            Assert.Equal(core.ToString(System.Globalization.CultureInfo.InvariantCulture), allowed.Split('\t')[1]);
        }
        finally
        {
            sleeper.Kill();
        }
    }

    [Fact]
    public void A_process_that_is_gone_is_no_error() => ProcessAffinity.Move(int.MaxValue, [0]);
}
