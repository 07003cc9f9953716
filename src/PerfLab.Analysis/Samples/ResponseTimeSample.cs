using PerfLab.Experiments.Results;

namespace PerfLab.Analysis.Samples;

/// <summary>A percentile, in seconds, of the launch set's pooled response times from the intended start.</summary>
internal static class ResponseTimeSample
{
    // Far below the distance of neighbouring percentiles: 99.9 written and read as text must still be found.
    private const double SamePercentile = 1e-9;

    internal static Sample Take(ArmRecord arm, double percentile)
    {
        if (arm.ResponseTime is not { Count: > 0 } response)
        {
            return Sample.Missing("no response time was recorded");
        }

        var point = response.Spectrum.FirstOrDefault(point => Math.Abs(point.Percentile - percentile) < SamePercentile);
        return point is null
            ? Sample.Missing(FormattableString.Invariant($"the recorded spectrum has no {percentile}th percentile"))
            : Sample.Of(point.Seconds);
    }
}
