using PerfLab.Experiments.Plans;

namespace PerfLab.Experiments.Inspections;

/// <summary>What trials of a service showed; what comes after the first that failed is null.</summary>
public sealed record ServiceInspection
{
    /// <summary>Gets the service, with the requests that are not left out.</summary>
    public required ServiceDescription Service { get; init; }

    /// <summary>Gets the requests of a document that were left out, because they were not answered as expected.</summary>
    public IReadOnlyList<RequestTrial> LeftOut { get; init; } = [];

    /// <summary>Gets how it is told its port; null where none of the ways worked.</summary>
    public PortHandling? Port { get; init; }

    /// <summary>Gets the ports at which it listened although it was told another.</summary>
    public IReadOnlyList<int> OtherPorts { get; init; } = [];

    /// <summary>Gets why it did not start, or died, in the words of the runner; null where it did not.</summary>
    public string? Failure { get; init; }

    /// <summary>Gets its runtime.</summary>
    public ServiceRuntime Runtime { get; init; }

    /// <summary>Gets the time from its start until it was ready.</summary>
    public double? StartSeconds { get; init; }

    /// <summary>Gets a value indicating whether a probe answers in the process that serves.</summary>
    public bool HasProbe { get; init; }

    /// <summary>Gets a value indicating whether allocated bytes can be measured.</summary>
    public bool CountsAllocation { get; init; }

    /// <summary>Gets the trial in which every trace is sampled.</summary>
    public TracingTrial? AlwaysOn { get; init; }

    /// <summary>Gets the trial in which the SDK is disabled.</summary>
    public TracingTrial? Off { get; init; }

    /// <summary>Gets the trial in which the sampler takes nothing; only made where a disabled SDK exported spans.</summary>
    public TracingTrial? NeverSampled { get; init; }

    /// <summary>Gets the trial without an exporter; only made where a disabled SDK exported spans.</summary>
    public TracingTrial? WithoutExporter { get; init; }

    /// <summary>Gets the trial in which half of the traces are sampled.</summary>
    public TracingTrial? HalfSampled { get; init; }

    /// <summary>Gets what it can do.</summary>
    public ServiceCapacity? Capacity { get; init; }
}

/// <summary>The runtime of the process that serves.</summary>
public enum ServiceRuntime
{
    /// <summary>The platform does not tell.</summary>
    Unknown = 0,

    /// <summary>.NET.</summary>
    DotNet = 1,

    /// <summary>Node.js.</summary>
    Node = 2,

    /// <summary>A Java virtual machine.</summary>
    Java = 3,

    /// <summary>CPython.</summary>
    Python = 4,

    /// <summary>Any other.</summary>
    Other = 5,
}

/// <summary>The capacity of the service and what it takes to start and warm up an arm.</summary>
/// <param name="Result">Capacities of the arms.</param>
/// <param name="StartSecondsPerArm">Time to start an arm.</param>
/// <param name="WarmUpSecondsPerArm">Time to warm up an arm.</param>
public sealed record ServiceCapacity(PilotResult Result, double StartSecondsPerArm, double WarmUpSecondsPerArm);

/// <summary>What an inspection does.</summary>
public enum InspectionStep
{
    /// <summary>Not stated.</summary>
    Unknown = 0,

    /// <summary>Starting the service and finding out how it takes its port.</summary>
    Start = 1,

    /// <summary>Sending requests with every trace sampled.</summary>
    AlwaysOn = 2,

    /// <summary>Sending requests with the SDK disabled.</summary>
    Off = 3,

    /// <summary>Finding out why a disabled SDK exports.</summary>
    Cause = 4,

    /// <summary>Sending requests with half of the traces sampled.</summary>
    HalfSampled = 5,

    /// <summary>Measuring the capacity.</summary>
    Capacity = 6,
}
