using PerfLab.Analysis.Inspections;
using PerfLab.Experiments.Inspections;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;

namespace PerfLab.Analysis.Tests.Inspections;

/// <summary>What is said to be limited on a machine.</summary>
public sealed class MachineJudgeTests
{
    private static readonly MachineInspection s_good = new()
    {
        Machine = new MachineFingerprint("Linux", "6.1", "model", 4, 8_000_000_000, "X64", ".NET 10", false),
        OnlineProcessors = 4,
        AllowedProcessors = [0, 1, 2, 3],
        Placement = new Placement([2, 3], [0, 1]),
        ControlGroup = new ControlGroup(null, null, 0),
        FrequencyGovernor = "performance",
        Clock = new ClockPrecision("tsc", 2e-8, 2.5e-8),
        HasNanosecondCpuTime = true,
        PerfEventParanoid = 1,
        HardwareCounters = CounterAccess.Opened,
        MaxOpenFiles = 1_048_576,
        LocalPorts = 28_232,
        AvailableMemoryBytes = 6_000_000_000,
        Results = new ResultsPlace("results", IsWritable: true, 50_000_000_000),
        DotNetSdks = ["10.0.100"],
        BusyLoops = [new BusyLoopTrial(0, 1, 0.001, 0.0004)],
        StealRatio = 0,
        ThrottledCount = 0,
    };

    [Fact]
    public void A_good_machine_is_limited_in_nothing() =>
        Assert.All(MachineJudge.Judge(s_good), finding => Assert.Equal(InspectionOutcome.Good, finding.Outcome));

    [Fact]
    public void Each_capability_has_a_limit_of_its_own()
    {
        Assert.Equal([MachineCapability.Processors], Limited(s_good with { AllowedProcessors = [3] }));
        Assert.Equal([MachineCapability.Placement], Limited(s_good with { Placement = null }));
        Assert.Equal([MachineCapability.Quota], Limited(s_good with { ControlGroup = new ControlGroup(1.5, null, 0) }));
        Assert.Equal([MachineCapability.Quota], Limited(s_good with { ThrottledCount = 3 }));
        Assert.Equal([MachineCapability.Steal], Limited(s_good with { StealRatio = 0.02 }));
        Assert.Equal([MachineCapability.Noise], Limited(s_good with { BusyLoops = [new BusyLoopTrial(0, 1, 0.001, 0.02)] }));
        Assert.Equal([MachineCapability.Noise], Limited(s_good with { BusyLoops = [s_good.BusyLoops[0], new BusyLoopTrial(1, 1, 0.03, 0.001)] }));
        Assert.Equal([MachineCapability.Frequency], Limited(s_good with { FrequencyGovernor = "powersave" }));
        Assert.Equal([MachineCapability.Clock], Limited(s_good with { Clock = new ClockPrecision("jiffies", 0.004, 2e-8) }));
        Assert.Equal([MachineCapability.CpuTime], Limited(s_good with { HasNanosecondCpuTime = false }));
        Assert.Equal([MachineCapability.Counters], Limited(s_good with { HardwareCounters = CounterAccess.NoHardware }));
        Assert.Equal([MachineCapability.OpenFiles], Limited(s_good with { MaxOpenFiles = 256 }));
        Assert.Equal([MachineCapability.Ports], Limited(s_good with { LocalPorts = 500 }));
        Assert.Equal([MachineCapability.Memory], Limited(s_good with { ControlGroup = new ControlGroup(null, 256_000_000, 0) }));
        Assert.Equal([MachineCapability.Results], Limited(s_good with { Results = s_good.Results with { IsWritable = false } }));
        Assert.Equal([MachineCapability.Sdk], Limited(s_good with { DotNetSdks = [] }));
    }

    [Fact]
    public void What_a_system_does_not_tell_is_no_limit()
    {
        var silent = s_good with
        {
            AllowedProcessors = null, ControlGroup = null, FrequencyGovernor = null, MaxOpenFiles = null, LocalPorts = null,
            AvailableMemoryBytes = null, StealRatio = null, ThrottledCount = null, PerfEventParanoid = null,
        };

        Assert.Empty(Limited(silent));
    }

    private static IEnumerable<MachineCapability> Limited(MachineInspection machine) =>
        MachineJudge.Judge(machine).Where(finding => finding.Outcome != InspectionOutcome.Good).Select(finding => finding.Capability);
}
