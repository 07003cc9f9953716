namespace PerfLab.Experiments.Plans;

/// <summary>What the pilot saw in open loop at the rate that it settled on.</summary>
/// <param name="BusiestArm">The arm that kept its processors busiest.</param>
/// <param name="RatePerSecond">Requests per second.</param>
/// <param name="BusyShare">CPU time of that arm as a share of what its processors have; above 1 where work had to wait.</param>
public sealed record OpenLoopTrial(string BusiestArm, double RatePerSecond, double BusyShare);
