using System.Globalization;

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
    bool? Virtualised)
{
    // A virtual machine gets a little more or less of it at every start; another size differs by far more.
    private const double SameMemory = 0.02;

    /// <summary>Says in which ways another machine differs, with both values; nothing when absolute numbers can be compared.</summary>
    /// <param name="other">The other machine.</param>
    public IReadOnlyList<string> DifferencesFrom(MachineFingerprint other)
    {
        var memoryBytes = Math.Abs(MemoryBytes - other.MemoryBytes) <= SameMemory * MemoryBytes ? MemoryBytes : other.MemoryBytes;
        return
        [
            .. Compare("processor", ProcessorModel, other.ProcessorModel),
            .. Compare("logical processors", LogicalProcessors, other.LogicalProcessors),
            .. Compare("bytes of memory", MemoryBytes, memoryBytes),
            .. Compare("architecture", Architecture, other.Architecture),
            .. Compare("virtual machine", Virtualised, other.Virtualised),
            .. Compare("operating system", OperatingSystem, other.OperatingSystem),
            .. Compare("kernel", Kernel, other.Kernel),
            .. Compare("runtime of the lab", Runtime, other.Runtime),
        ];
    }

    private static IEnumerable<string> Compare<T>(string name, T one, T other) => EqualityComparer<T>.Default.Equals(one, other)
        ? []
        : [string.Create(CultureInfo.InvariantCulture, $"{name} {one?.ToString() ?? "unknown"} and {other?.ToString() ?? "unknown"}")];
}
