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
        if (spans.MissingCount is > 0 and var missing)
        {
            var losses = SpanLoss.Of(spans, arm.Processes);
            yield return new Finding(
                FindingSeverity.Warning,
                "spans-lost",
                arm.Arm,
                FormattableString.Invariant($"{spans.SampledCount:N0} spans were sampled, {missing:N0} never arrived: {string.Join("; ", losses.Select(loss => loss.Describe()))}."),
                string.Join(" ", losses.Select(loss => loss.Advise())));
        }

        if (spans.MissingCount is < 0 and var surplus)
        {
            yield return new Finding(
                FindingSeverity.Warning,
                "spans-surplus",
                arm.Arm,
                FormattableString.Invariant($"{spans.SampledCount:N0} spans were sampled, {-surplus:N0} more arrived."),
                "Look whether something else exports to this arm, or the target does not count all that it samples.");
        }

        if (spans.DuplicateCount > 0)
        {
            yield return new Finding(
                FindingSeverity.Note,
                "spans-duplicated",
                arm.Arm,
                FormattableString.Invariant($"{spans.DuplicateCount:N0} spans arrived more than once."),
                "An exporter sends again what was taken when its answer came too late or was lost; see the timeout of the exporter.");
        }

        if (spans.LateCount > 0)
        {
            yield return new Finding(
                FindingSeverity.Warning,
                "spans-late",
                arm.Arm,
                FormattableString.Invariant($"{spans.LateCount:N0} spans arrived after an account of this arm was closed; they are in no figure."),
                "A process of the target outlives its stop, or something between it and the collector keeps spans back.");
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
            yield return new Finding(
                FindingSeverity.Warning,
                "tail-without-room",
                arm.Arm,
                $"For lack of room {tail.CutShortTraceCount} traces were judged before their time, and {tail.DroppedForRoomTraceCount} of them dropped.",
                "Raise max_traces and max_bytes of the variant's tail, or shorten its wait.");
        }
    }
}
