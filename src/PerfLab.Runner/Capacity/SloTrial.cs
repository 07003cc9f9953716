using PerfLab.Experiments.Results;
using PerfLab.Experiments.Scenarios;
using PerfLab.Experiments.Thresholds;
using PerfLab.Load;
using PerfLab.Load.Drivers;
using PerfLab.Load.LoadTests;
using PerfLab.Load.Simulations;

namespace PerfLab.Runner.Capacity;

/// <summary>Tries one rate on one arm and says whether it holds the service level.</summary>
/// <param name="serviceLevel">Conditions that must all hold.</param>
/// <param name="length">Length of a try.</param>
/// <param name="arrivals">How starts are spread over time.</param>
internal sealed class SloTrial(IReadOnlyList<Threshold> serviceLevel, TimeSpan length, ArrivalProcess arrivals)
{
    // docs/measurement.md, validity: below 1 ms, or a tenth of what is measured, lateness of the lab tells nothing.
    private const double LeastLatenessSeconds = 0.001;
    private const double LatenessShare = 0.1;

    /// <summary>Runs the try.</summary>
    /// <param name="driver">The connections of the arm.</param>
    /// <param name="ratePerSecond">The rate.</param>
    /// <param name="seed">Of random arrivals.</param>
    /// <param name="cancellationToken">Interrupts.</param>
    public CapacityTrial Run(IRequestDriver driver, double ratePerSecond, ulong seed, CancellationToken cancellationToken)
    {
        var schedule = arrivals == ArrivalProcess.Poisson
            ? ArrivalSchedule.Poisson(ratePerSecond, length, seed)
            : ArrivalSchedule.Constant(ratePerSecond, length);
        var recorder = new LatencyRecorder();
        var result = driver.RunOpen(schedule, recorder, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        var (response, lateness) = (recorder.ResponseTime, recorder.StartLateness);
        return new CapacityTrial
        {
            RatePerSecond = ratePerSecond,
            Holds = IsDisturbed(response, lateness) ? null : Holds(result, recorder),
            AnsweredCount = result.Counts.Answered,
            DroppedCount = result.Counts.Dropped,
            ErrorCount = result.Counts.Errors,
            P99Seconds = At(response, 99),
            LatenessP99Seconds = At(lateness, 99),
        };
    }

    // A start that had to be given up is a user who was not served, whatever the service level speaks about.
    private bool Holds(LoadResult result, LatencyRecorder recorder) =>
        result.Counts.Dropped == 0 && LoadThresholdEvaluator.AllPassed(LoadThresholdEvaluator.Evaluate(serviceLevel, new LoadMeasurements(result, recorder)));

    private static bool IsDisturbed(LatencySummary? response, LatencySummary? lateness) =>
        At(lateness, 99) > Math.Max(LeastLatenessSeconds, LatenessShare * (At(response, 50) ?? 0));

    private static double? At(LatencySummary? summary, double percentile) =>
        summary?.Spectrum.First(point => point.Percentile.Equals(percentile)).Seconds;
}
