namespace PerfLab.Experiments.Results;

/// <summary>What the generator and collector used over the measured window.</summary>
/// <param name="WindowSeconds">Length of the measured window: first slice to closing reading.</param>
/// <param name="CpuSeconds">User and system CPU time of the lab's process.</param>
/// <param name="Cores">Number of processors that the lab may use.</param>
/// <param name="StealSeconds">CPU time that the hypervisor took from this machine, all processors; null where not measured.</param>
public sealed record LabRecord(double WindowSeconds, double CpuSeconds, int Cores, double? StealSeconds);
