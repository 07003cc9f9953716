using PerfLab.Experiments.Inspections;
using PerfLab.Statistics;

namespace PerfLab.Analysis.Inspections;

/// <summary>Judges an inspection: what is wrong with a service, as far as trials can show it.</summary>
public static class InspectionJudge
{
    // A health check beside them or a request that was answered before tracing began; a kind of request without traces is more.
    private const double LeastTracedShare = 0.9;

    /// <summary>Judges everything that was looked at, in order; at most the last finding is a failure.</summary>
    /// <param name="inspection">The inspection.</param>
    public static IReadOnlyList<InspectionFinding> Judge(ServiceInspection inspection)
    {
        ArgumentNullException.ThrowIfNull(inspection);
        var findings = new List<InspectionFinding>();
        foreach (var finding in All(inspection))
        {
            findings.Add(finding);
            if (finding.Outcome == InspectionOutcome.Failed)
            {
                break;
            }
        }

        return findings;
    }

    private static IEnumerable<InspectionFinding> All(ServiceInspection inspection)
    {
        yield return Start(inspection);
        if (inspection.AlwaysOn is { } alwaysOn)
        {
            yield return alwaysOn.Requests.Any(request => request.Error is not null)
                ? Failed(InspectionSubject.Requests, InspectionCause.WrongAnswer)
                : inspection.LeftOut.Count > 0 ? Limited(InspectionSubject.Requests, InspectionCause.RequestsLeftOut) : Good(InspectionSubject.Requests);
            yield return AlwaysOn(alwaysOn);
        }

        if (inspection.Off is { } off)
        {
            yield return off.SpanCount == 0 ? Good(InspectionSubject.Off) : Failed(InspectionSubject.Off, CauseOfSpans(inspection));
        }

        if (SampledShare.Of(inspection) is { } share)
        {
            yield return share.IsHalf ? Good(InspectionSubject.HalfSampled) : Limited(InspectionSubject.HalfSampled, InspectionCause.SamplerInCode);
        }

        if (inspection.Failure is not null)
        {
            yield return Failed(InspectionSubject.Load, InspectionCause.Died);
        }

        if (inspection.Capacity is { } capacity)
        {
            yield return RateChoice.Of(capacity.Result, inspection.Service.RatePerSecond).IsLowered
                ? Limited(InspectionSubject.Load, InspectionCause.RateTooHigh)
                : Good(InspectionSubject.Load);
        }
    }

    private static InspectionFinding Start(ServiceInspection inspection) => inspection switch
    {
        { Port: not null } => Good(InspectionSubject.Start),
        { StartSeconds: not null } => Failed(InspectionSubject.Start, InspectionCause.Died),
        { OtherPorts.Count: > 0 } => Failed(InspectionSubject.Start, InspectionCause.FixedPort),
        _ => Failed(InspectionSubject.Start, InspectionCause.NotReady),
    };

    private static InspectionFinding AlwaysOn(TracingTrial trial) => trial switch
    {
        { TraceCount: > 0 } when trial.TraceCount < LeastTracedShare * trial.AnsweredCount => Limited(InspectionSubject.AlwaysOn, InspectionCause.FewTraces),
        { TraceCount: > 0 } => Good(InspectionSubject.AlwaysOn),
        { StartUpSpanCount: > 0 } => Failed(InspectionSubject.AlwaysOn, InspectionCause.NothingSampled),
        _ when trial.RejectedExports.Any(export => export.MayHoldSpans) => Failed(InspectionSubject.AlwaysOn, InspectionCause.ExportsRejected),
        { SampledSpanCount: > 0 } => Failed(InspectionSubject.AlwaysOn, InspectionCause.ExportedElsewhere),
        { SampledSpanCount: 0 } => Failed(InspectionSubject.AlwaysOn, InspectionCause.NothingSampled),
        _ => Failed(InspectionSubject.AlwaysOn, InspectionCause.NothingArrived),
    };

    private static InspectionCause CauseOfSpans(ServiceInspection inspection) =>
        inspection.NeverSampled?.SpanCount == 0 || inspection.WithoutExporter?.SpanCount == 0 ? InspectionCause.DisabledIgnored : InspectionCause.ExporterInCode;

    private static InspectionFinding Good(InspectionSubject subject) => new(subject, InspectionOutcome.Good, null);

    private static InspectionFinding Limited(InspectionSubject subject, InspectionCause cause) => new(subject, InspectionOutcome.Limited, cause);

    private static InspectionFinding Failed(InspectionSubject subject, InspectionCause cause) => new(subject, InspectionOutcome.Failed, cause);
}

/// <summary>The share of traces that arrived where the sampler was told to take half.</summary>
/// <param name="TraceCount">Traces that arrived.</param>
/// <param name="ExpectedCount">Traces that the same requests make where every trace is sampled.</param>
/// <param name="Low">Lower bound of the share.</param>
/// <param name="High">Upper bound of the share.</param>
public sealed record SampledShare(int TraceCount, int ExpectedCount, double Low, double High)
{
    /// <summary>The level of the interval: of a thousand services with a good sampler one is told that it has none.</summary>
    public const double Level = 0.999;

    /// <summary>Gets a value indicating whether a half is possible.</summary>
    public bool IsHalf => Low <= 0.5 && High >= 0.5;

    /// <summary>Makes it; null where the trial was not made.</summary>
    /// <param name="inspection">The inspection.</param>
    public static SampledShare? Of(ServiceInspection inspection)
    {
        ArgumentNullException.ThrowIfNull(inspection);
        if (inspection is not { AlwaysOn: { AnsweredCount: > 0 } all, HalfSampled: { AnsweredCount: > 0 } half })
        {
            return null;
        }

        // A service may make no trace for a kind of request, or two.
        var expected = (int)Math.Max(1, Math.Round((double)half.AnsweredCount * all.TraceCount / all.AnsweredCount));
        var sampled = Math.Min(half.TraceCount, expected);
        var (low, high) = BinomialInterval.Of(sampled, expected, Level);
        return new SampledShare(half.TraceCount, expected, low, high);
    }
}
