namespace PerfLab.Experiments.Results;

/// <summary>What the generator and collector used over the rounds that count.</summary>
/// <param name="WindowSeconds">Length of the rounds that count, added up.</param>
/// <param name="CpuSeconds">User and system CPU time of the lab's process.</param>
/// <param name="Cores">Number of processors that the lab may use.</param>
/// <param name="StealSeconds">CPU time that the hypervisor took from this machine, all processors; null where not measured.</param>
public sealed record LabRecord(double WindowSeconds, double CpuSeconds, int Cores, double? StealSeconds);
