using PerfLab.Experiments.Inspections;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.ScenarioFiles;
using PerfLab.Experiments.Scenarios;
using PerfLab.Load.LoadTests;
using PerfLab.Runner.Machines;

namespace PerfLab.Runner.Tests;

/// <summary>A run that a machine cannot carry out is refused with the number needed; one that it can, but badly, is told.</summary>
public sealed class RunNeedsTests
{
    // Four arms with the control, one process each.
    private static readonly Scenario s_scenario = ScenarioFile.Parse(
        """
        scenario: needs
        question: Does it fit?
        target:
          command: [python3, service.py, "{port}"]
          ready: { path: / }
          requests:
            - { name: home, path: / }
        load: { rate: 100/s, max_in_flight: 200 }
        baseline: off
        variants:
          - { name: off, meaning: First., env: { OTEL_SDK_DISABLED: "true" } }
          - { name: b, meaning: Second. }
          - { name: c, meaning: Third. }
        """,
        "needs.yaml");

    private static readonly RunMeans s_ample = new(
        new ProcessLimits { MaxOpenFiles = 1_048_576, OpenFiles = 100, LocalPorts = 28_232, Processors = [0, 1] }, new ControlGroup(null, null, null), 8_000_000_000);

    [Fact]
    public void What_fits_is_neither_refused_nor_told()
    {
        Assert.Empty(new RunNeeds(s_scenario).FaultsWith(s_ample));
        Assert.Empty(new RunNeeds(s_scenario).ScarceWith(s_ample));
    }

    [Fact]
    public void Everything_that_does_not_fit_is_told_at_once_with_the_number_needed()
    {
        // 4 x 200 connections, 4 x 8 files, 100 open, 32 others; 200 and 4 ports; 4 MB.
        var means = new RunMeans(s_ample.Limits with { MaxOpenFiles = 512, LocalPorts = 100 }, null, 3_000_000);

        var faults = new RunNeeds(s_scenario).FaultsWith(means);

        Assert.Equal(3, faults.Count);
        Assert.Contains("need 964 open files, and this process may have 512", faults[0], StringComparison.Ordinal);
        Assert.Contains("load.max_in_flight to at most 87", faults[0], StringComparison.Ordinal);
        Assert.Contains("need 204 local ports, and the system has 100", faults[1], StringComparison.Ordinal);
        Assert.Contains("4 processes need 4 MB of memory at the least, and 3 MB can be had", faults[2], StringComparison.Ordinal);
    }

    [Fact]
    public void One_processor_a_quota_and_little_memory_are_told_and_refuse_nothing()
    {
        var means = new RunMeans(s_ample.Limits with { Processors = [3] }, new ControlGroup(0.5, 300_000_000, 4), 8_000_000_000);

        Assert.Empty(new RunNeeds(s_scenario).FaultsWith(means));
        Assert.Equal(
            [
                new ScarceResource(ScarceResourceKind.Processors, 2, 1),
                new ScarceResource(ScarceResourceKind.CpuQuota, 1, 0.5),
                new ScarceResource(ScarceResourceKind.Memory, 400_000_000, 300_000_000),
            ],
            new RunNeeds(s_scenario).ScarceWith(means));
    }

    [Fact]
    public void A_system_that_tells_nothing_refuses_nothing()
    {
        var means = new RunMeans(new ProcessLimits { MaxOpenFiles = null, OpenFiles = 0, LocalPorts = null, Processors = null }, null, null);

        Assert.Empty(new RunNeeds(s_scenario).FaultsWith(means));
        Assert.Empty(new RunNeeds(s_scenario).ScarceWith(means));
    }
}
