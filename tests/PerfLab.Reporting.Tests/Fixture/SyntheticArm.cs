using PerfLab.Experiments.Plans;

namespace PerfLab.Reporting.Tests.Fixture;

/// <summary>What an arm of the fixture is like, as factors of the baseline.</summary>
internal sealed record SyntheticArm(string Name, string Meaning, ArmRole Role, double Cpu, double Allocation, double Latency, double SpansPerRequest);
