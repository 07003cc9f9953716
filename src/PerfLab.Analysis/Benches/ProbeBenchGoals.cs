using PerfLab.Experiments.Results.Benches;

namespace PerfLab.Analysis.Benches;

/// <summary>What the probe costs, for the table of a bench. There is no bound: the cost is the same for every arm of a run.</summary>
public static class ProbeBenchGoals
{
    private const double MicrosecondsPerSecond = 1e6;

    /// <summary>Tells every number.</summary>
    /// <param name="record">The bench; its own goals are not looked at.</param>
    public static IReadOnlyList<BenchGoal> Judge(ProbeBenchRecord record) =>
    [
        Told("CPU per request by the probe, %", record.CpuChange, 100),
        Told("CPU per request by the probe, us", record.CpuSecondsPerRequest, MicrosecondsPerSecond),
        Told("CPU per request between two without it, %", record.ControlChange, 100),
    ];

    private static BenchGoal Told(string name, BenchInterval? value, double scale) => value is null
        ? new(name, "-", null, null, null, BenchOutcome.NotMeasured)
        : new(name, "-", scale * value.Estimate, scale * value.Low, scale * value.High, BenchOutcome.Told);
}
