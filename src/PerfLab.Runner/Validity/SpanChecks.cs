using PerfLab.Experiments;
using PerfLab.Experiments.Results;

namespace PerfLab.Runner.Validity;

/// <summary>Whether an arm's spans arrived, each once and in time, and where those were lost that did not.</summary>
internal static class SpanChecks
{
    /// <summary>Checks one arm.</summary>
    public static IEnumerable<Finding> Run(ArmRecord arm)
    {
        var spans = arm.Spans;
        if (spans.MissingCount > 0)
        {
            yield return new Finding(FindingSeverity.Warning, "spans-lost", arm.Arm)
            {
                Details = new SpansLost(spans.SampledCount ?? 0, SpanLoss.Of(spans, arm.Processes)),
            };
        }

        if (spans.MissingCount is < 0 and var surplus)
        {
            yield return new Finding(FindingSeverity.Warning, "spans-surplus", arm.Arm)
            {
                Details = new SpansSurplus(spans.SampledCount ?? 0, -surplus),
            };
        }

        if (spans.DuplicateCount > 0)
        {
            yield return new Finding(FindingSeverity.Note, "spans-duplicated", arm.Arm) { Details = new SpansDuplicated(spans.DuplicateCount) };
        }

        if (spans.LateCount > 0)
        {
            yield return new Finding(FindingSeverity.Warning, "spans-late", arm.Arm) { Details = new SpansLate(spans.LateCount) };
        }
    }
}

/// <summary>Whether tail sampling had room for what it should hold back.</summary>
internal static class TailSamplingChecks
{
    /// <summary>Checks one arm.</summary>
    public static IEnumerable<Finding> Run(ArmRecord arm)
    {
        if (arm.Collector?.Tail is { CutShortTraceCount: > 0 } tail)
        {
            yield return new Finding(FindingSeverity.Warning, "tail-without-room", arm.Arm)
            {
                Details = new TailWithoutRoom(tail.CutShortTraceCount, tail.DroppedForRoomTraceCount),
            };
        }
    }
}
