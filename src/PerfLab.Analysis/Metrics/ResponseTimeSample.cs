using PerfLab.Experiments;
using PerfLab.Experiments.Results;
using PerfLab.Statistics;

namespace PerfLab.Analysis.Metrics;

/// <summary>A percentile, in seconds, of the launch set's pooled response times from the intended start.</summary>
internal static class ResponseTimeSample
{
    // Far below the distance of neighbouring percentiles: 99.9 written and read as text must still be found.
    private const double SamePercentile = 1e-9;

    /// <summary>
    /// Takes the percentile of an arm. A load tool may report percentiles of each of its windows and no more: they cannot be merged, and
    /// their median over the windows that count stands for them.
    /// </summary>
    /// <param name="arm">The arm.</param>
    /// <param name="percentile">0 to 100.</param>
    /// <param name="withholdsMaxima">Whether it is missing where there are too few answers for it, so that it is the longest of them.</param>
    internal static Sample Take(ArmRecord arm, double percentile, bool withholdsMaxima = true)
    {
        SliceRecord[] windows = [.. arm.CountedSlices.Where(slice => slice is { Generator: not null, IsDisturbed: false })];
        if (arm.ResponseTime is not null || windows.Length == 0)
        {
            return Take(arm.ResponseTime, percentile, withholdsMaxima);
        }

        if (withholdsMaxima && windows.Any(window => !PercentileValues.Suffice(percentile, window.AnsweredCount)))
        {
            return Sample.Missing(MissingReason.TooFewAnswers);
        }

        double[] reported = [.. windows.SelectMany(window => window.Generator!.Percentiles).Where(point => Math.Abs(point.Percentile - percentile) < SamePercentile).Select(point => point.Seconds)];
        return reported.Length == windows.Length ? Sample.Of(Quantile.Median(reported)) : Sample.Missing(MissingReason.NoPercentile);
    }

    /// <summary>Takes the percentile of response times.</summary>
    /// <param name="times">The response times; null where none was recorded.</param>
    /// <param name="percentile">0 to 100.</param>
    /// <param name="withholdsMaxima">Whether it is missing where there are too few answers for it, so that it is the longest of them.</param>
    internal static Sample Take(LatencySummary? times, double percentile, bool withholdsMaxima = true)
    {
        if (times is not { Count: > 0 } response)
        {
            return Sample.Missing(MissingReason.NoResponseTime);
        }

        if (withholdsMaxima && !PercentileValues.Suffice(percentile, response.Count))
        {
            return Sample.Missing(MissingReason.TooFewAnswers);
        }

        var point = response.Spectrum.FirstOrDefault(point => Math.Abs(point.Percentile - percentile) < SamePercentile);
        return point is null
            ? Sample.Missing(MissingReason.NoPercentile)
            : Sample.Of(point.Seconds);
    }
}

/// <summary>A percentile, in seconds, of the time from a request to the end of the work that goes on after its answer, as the target tells it.</summary>
internal static class CompletionSample
{
    internal static Sample Take(CompletionTimes? times, double percentile, bool withholdsMaxima) => times switch
    {
        null => Sample.Missing(MissingReason.NoCompletionReport),
        { Count: > 0 } when withholdsMaxima && !PercentileValues.Suffice(percentile, times.Count) => Sample.Missing(MissingReason.TooFewAnswers),
        _ => (percentile < 99 ? times.P50Seconds : times.P99Seconds) is { } seconds ? Sample.Of(seconds) : Sample.Missing(MissingReason.NothingCompleted),
    };
}

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
        return offered > 0 ? Sample.Of((double)(offered - answered) / offered) : Sample.Missing(MissingReason.NothingOffered);
    }
}

/// <summary>
/// What arrived at the collector per request. The collector counts over the whole life of the processes, so the divisor is
/// the ledger's own count of requests, warm-up included.
/// </summary>
internal static class ExportSample
{
    internal static Sample Bytes(ArmRecord arm) => PerRequest(arm.Spans, arm.Spans.WireBytes);

    internal static Sample Spans(ArmRecord arm) => PerRequest(arm.Spans, arm.Spans.ReceivedCount);

    private static Sample PerRequest(SpanLedger ledger, long total) =>
        ledger.RequestCount > 0 ? Sample.Of((double)total / ledger.RequestCount) : Sample.Missing(MissingReason.NothingAnswered);
}

/// <summary>What the collector spent on the arm in the measured window.</summary>
internal static class CollectorSample
{
    private static readonly Sample NotRecorded = Sample.Missing(MissingReason.CollectorNotRecorded);

    /// <summary>CPU seconds of the collector per answered request.</summary>
    internal static Sample Cpu(ArmRecord arm) => arm.Collector switch
    {
        null => NotRecorded,
        { CpuSeconds: null } => Sample.Missing(MissingReason.NoThreadClock),
        { AnsweredCount: <= 0 } => Sample.Missing(MissingReason.NothingAnswered),
        { CpuSeconds: { } seconds, AnsweredCount: var answered } => Sample.Of(seconds / answered),
    };

    /// <summary>The most bytes held back at once.</summary>
    internal static Sample Memory(ArmRecord arm) => arm.Collector is { } collector ? Sample.Of(collector.PeakHeldBytes) : NotRecorded;
}
