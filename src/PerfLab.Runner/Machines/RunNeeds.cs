using PerfLab.Experiments.Inspections;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Scenarios;
using PerfLab.Load.LoadTests;

namespace PerfLab.Runner.Machines;

/// <summary>What a machine lets a run have.</summary>
/// <param name="Limits">Of this process.</param>
/// <param name="Group">Its control group; null where there is none.</param>
/// <param name="AvailableMemoryBytes">The memory that can be had without swapping; null where not known.</param>
public sealed record RunMeans(ProcessLimits Limits, ControlGroup? Group, long? AvailableMemoryBytes)
{
    /// <summary>Reads it.</summary>
    public static RunMeans Read() => new(ProcessLimits.Read(), ControlGroupReader.Read(), MachineExaminer.ReadAvailableMemory());

    /// <summary>Gets the memory that processes of a run can have; null where not known.</summary>
    public long? MemoryBytes => ControlGroup.UsableMemory(AvailableMemoryBytes, Group);
}

/// <summary>Compares what a run needs with what a machine lets it have, before anything is started.</summary>
/// <param name="scenario">What is to be run.</param>
public sealed class RunNeeds(Scenario scenario)
{
    // A service of a few endpoints: 60 MB in Node.js, 100 in .NET, 150 and more in a JVM.
    private const long UsualBytesOfProcess = 100_000_000;

    // No runtime gets a service to its first answer with less.
    private const long LeastBytesOfProcess = 1_000_000;

    private readonly int _arms = PlanBuilder.Arms(scenario).Count;
    private readonly int _processes = PlanBuilder.Arms(scenario).Sum(arm => scenario.Target.ProcessesOf(arm.Program).Count);

    /// <summary>Finds what cannot be; empty when the run is possible. One message each, with the number needed and what to do.</summary>
    /// <param name="means">What there is.</param>
    public IReadOnlyList<string> FaultsWith(RunMeans means)
    {
        ArgumentNullException.ThrowIfNull(means);
        return
        [
            .. GeneratorLimits.FaultsOfRun(_arms, _processes, Math.Max(scenario.Load.MaxInFlight, scenario.Load.ClosedLoopConnections ?? 0), means.Limits),
            .. GeneratorLimits.FaultsOfMemory(_processes, LeastBytesOfProcess, means.MemoryBytes),
        ];
    }

    /// <summary>Finds what there is too little of for a good measurement.</summary>
    /// <param name="means">What there is.</param>
    public IReadOnlyList<ScarceResource> ScarceWith(RunMeans means)
    {
        ArgumentNullException.ThrowIfNull(means);
        var scarce = new List<ScarceResource>();
        if (means.Limits.Processors is { Count: < 2 } processors)
        {
            scarce.Add(new ScarceResource(ScarceResourceKind.Processors, 2, processors.Count));
        }

        var allowed = means.Limits.Processors?.Count ?? Environment.ProcessorCount;
        if (means.Group?.QuotaCores is { } quota && quota < allowed)
        {
            scarce.Add(new ScarceResource(ScarceResourceKind.CpuQuota, allowed, quota));
        }

        if (means.MemoryBytes is { } memory && memory < _processes * UsualBytesOfProcess)
        {
            scarce.Add(new ScarceResource(ScarceResourceKind.Memory, _processes * UsualBytesOfProcess, memory));
        }

        return scarce;
    }
}
