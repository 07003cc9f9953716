namespace PerfLab.Experiments.Results;

/// <summary>What must be equal for absolute numbers of two runs to be comparable. No host or user name.</summary>
/// <param name="OperatingSystem">Name and version.</param>
/// <param name="Kernel">Kernel release; null where unknown.</param>
/// <param name="ProcessorModel">Model name; null where unknown.</param>
/// <param name="LogicalProcessors">Number of logical processors.</param>
/// <param name="MemoryBytes">Physical memory available.</param>
/// <param name="Architecture">Process architecture.</param>
/// <param name="Runtime">The .NET runtime that the lab runs on.</param>
/// <param name="Virtualised">Whether a hypervisor is reported; null where unknown.</param>
public sealed record MachineFingerprint(
    string OperatingSystem,
    string? Kernel,
    string? ProcessorModel,
    int LogicalProcessors,
    long MemoryBytes,
    string Architecture,
    string Runtime,
    bool? Virtualised);
