using PerfLab.Experiments.Results;

namespace PerfLab.Analysis.Samples;

/// <summary>
/// The share of offered requests that were not answered as expected: errors, dropped starts, and whatever was lost without
/// a word, which a sum of the named kinds would hide.
/// </summary>
internal static class ErrorSample
{
    internal static Sample Take(ArmRecord arm)
    {
        var offered = arm.CountedSlices.Sum(slice => slice.OfferedCount);
        var answered = arm.CountedSlices.Sum(slice => slice.AnsweredCount);
        return offered > 0 ? Sample.Of((double)(offered - answered) / offered) : Sample.Missing("no request was offered");
    }
}
