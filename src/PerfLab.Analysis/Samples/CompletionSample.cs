using PerfLab.Experiments.Results;

namespace PerfLab.Analysis.Samples;

/// <summary>A percentile, in seconds, of the time from a request to the end of the work that goes on after its answer, as the target tells it.</summary>
internal static class CompletionSample
{
    internal static Sample Take(ArmRecord arm, Func<CompletionTimes, double?> percentile) => arm.Completion switch
    {
        null => Sample.Missing("the target did not tell when work was done"),
        { } times => percentile(times) is { } seconds ? Sample.Of(seconds) : Sample.Missing("no work came to its end after an answer"),
    };
}
