namespace PerfLab.Experiments.Results.Benches;

/// <summary>One arm run once in a fresh process, as most harnesses do: a short warm-up, a closed loop, the process's CPU time before and after.</summary>
/// <param name="Pair">The comparison that it belongs to, from 1; a pair has the baseline first and its twin second.</param>
/// <param name="Arm">The arm.</param>
/// <param name="Seconds">Length of the counted load.</param>
/// <param name="Answered">Requests answered meanwhile.</param>
/// <param name="Errors">Requests not answered as expected.</param>
/// <param name="CpuSeconds">CPU time of all the arm's processes meanwhile, the runtime's background compiler included.</param>
public sealed record NaiveRun(int Pair, string Arm, double Seconds, long Answered, long Errors, double CpuSeconds)
{
    /// <summary>Gets the CPU time per answer.</summary>
    public double CpuSecondsPerRequest => CpuSeconds / Answered;
}
