using System.Globalization;
using PerfLab.Analysis;
using PerfLab.Analysis.Runs;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;

namespace PerfLab.Reporting.Wording;

/// <summary>Says of an arm what it did wrong, where its answer stands.</summary>
internal static class ArmHealthWording
{
    /// <summary>Writes an arm's answer: in place of its cost that it is broken, else with what it lost.</summary>
    public static string Answer(ArmAnalysis arm, RunAnalysis analysis) => (arm.Health.State, Sentence(arm)) switch
    {
        (_, null) => AnswerWording.Write(arm, analysis),
        (ArmState.Broken, { } fault) => $"{fault} Its figures are not the cost of tracing.",
        (_, { } sentence) => $"{AnswerWording.Write(arm, analysis)} {sentence}",
    };

    /// <summary>Says that nothing can be compared with the baseline; null where it did what it should.</summary>
    public static string? BrokenBaseline(RunAnalysis analysis) =>
        analysis.Arms.FirstOrDefault(arm => arm is { Role: ArmRole.Baseline, Health.State: ArmState.Broken }) is { } baseline
            ? $"Nothing can be compared with the baseline: {Sentence(baseline)}"
            : null;

    /// <summary>Names the variants that are left out of the answer; empty where there are none.</summary>
    public static string BrokenVariants(RunAnalysis analysis)
    {
        string[] broken = [.. analysis.Arms.Where(arm => arm is { Role: ArmRole.Variant, Health.State: ArmState.Broken }).Select(arm => arm.Name)];
        return broken.Length == 0 ? string.Empty : $" Broken: {string.Join(", ", broken)}.";
    }

    /// <summary>Says which arms' spans arrived, which lost some, and of which it is not known.</summary>
    public static IReadOnlyList<string> Spans(RunAnalysis analysis)
    {
        return
        [
            .. Of(arm => arm.Health.Spans == SpanBalance.Balanced, "Every sampled span of ", " arrived."),
            .. analysis.Arms.Where(arm => arm.Health is { Spans: SpanBalance.Unbalanced, SpansLostRatio: > 0 }).Select(arm => $"{arm.Name} lost {Percent(arm.Health.SpansLostRatio!.Value)} of its spans ({DisplayText.Count(arm.Spans.MissingCount ?? 0)} of {DisplayText.Count(arm.Spans.SampledCount ?? 0)})."),
            .. Of(arm => arm.Health is { State: not ArmState.Unknown, Spans: SpanBalance.NotMeasured }, "Lost spans of ", " would go unseen: the target does not report what it sampled."),
            .. Of(arm => arm.Health.Spans == SpanBalance.FaultInjected, "Lost spans of ", " are shown and not judged: faults were injected into its back end."),
        ];

        IEnumerable<string> Of(Func<ArmAnalysis, bool> applies, string before, string after)
        {
            var arms = string.Join(", ", analysis.Arms.Where(applies).Select(arm => arm.Name));
            return arms.Length == 0 ? [] : [before + arms + after];
        }
    }

    /// <summary>Gets the missing spans with their share: <c>3 (0.0003 %)</c>; null where not measured.</summary>
    public static string? Missing(ArmAnalysis arm) => (arm.Spans.MissingCount, arm.Health.SpansLostRatio) switch
    {
        (null, _) => null,
        ( > 0 and var missing, > 0 and var ratio) => $"{DisplayText.Count(missing)} ({Percent(ratio)})",
        ({ } missing, _) => DisplayText.Count(missing),
    };

    /// <summary>Says the state of an arm in a sentence; null where there is nothing to say.</summary>
    /// <param name="arm">The arm.</param>
    public static string? Sentence(ArmAnalysis arm) => arm.Health switch
    {
        { Faults.Count: > 0 } health => $"{arm.Name} {Predicate(health.State, health.Faults[0])}.",
        { SpansLostRatio: > 0 and var ratio } => $"{Percent(ratio)} of its spans lost.",
        _ => null,
    };

    /// <summary>Says what to do about a fault.</summary>
    /// <param name="fault">The fault.</param>
    public static string Advice(ArmFault fault) => fault.Kind switch
    {
        ArmFaultKind.SpansLost => SpanLossWording.Advice(SpanLossLocation.Queue),
        ArmFaultKind.SpansSurplus => SpanLossWording.SurplusAdvice,
        ArmFaultKind.NothingExported => "Check that the service has an OpenTelemetry SDK and reads OTEL_EXPORTER_OTLP_ENDPOINT; an arm that should be silent sets OTEL_SDK_DISABLED=true.",
        ArmFaultKind.ExportedThoughSilent or ArmFaultKind.SentThoughSilent => "Start the service without its SDK in this arm: it does not honor OTEL_SDK_DISABLED, OTEL_TRACES_SAMPLER or OTEL_TRACES_EXPORTER as they are set.",
        ArmFaultKind.ExportsRejected => "See the finding on rejected exports: it names status, reason and path.",
        ArmFaultKind.TracesMissing => "Some requests make no trace. If the service leaves them out on purpose, measure them in a scenario of their own; else its sampler is set in code, or traces begin in a process that is not this arm's.",
        ArmFaultKind.SampledShareDiffers => "The service sets a sampler in code, which OTEL_TRACES_SAMPLER does not change. Let the code read the variable, or measure the sampler that it has.",
        ArmFaultKind.InvalidIds => "Give every span a trace id of 16 bytes and a span id of 8 bytes, neither all zero: the code that makes the ids, or the exporter that writes them, does not.",
        ArmFaultKind.RequestsFailed => "See the errors by kind in launches/*/launch.json and the log of the target beside it.",
        _ => "See launches/*/launch.json.",
    };

    /// <summary>A share in percent with the digits that it takes to be no zero: <c>0.0003 %</c>, <c>1.25 %</c>.</summary>
    /// <param name="ratio">The share, 0 to 1.</param>
    public static string Percent(double ratio)
    {
        var percent = 100 * ratio;
        var decimals = percent is > 0 and < 0.01 ? Math.Max(4, Math.Min(12, (int)-Math.Floor(Math.Log10(2 * percent)))) : 2;
        return percent.ToString("0." + new string('#', decimals), CultureInfo.InvariantCulture) + " %";
    }

    /// <summary>What an arm is or did, as the predicate of a sentence.</summary>
    public static string Predicate(ArmState state, ArmFault fault) =>
        state == ArmState.Broken ? $"is broken: it {Did(fault)}" : Did(fault);

    private static string Did(ArmFault fault) => fault.Kind switch
    {
        ArmFaultKind.SpansLost => $"lost {Percent((double)fault.Count / fault.Of)} of its spans ({DisplayText.Count(fault.Count)} of {DisplayText.Count(fault.Of)}), so that its cost is a lower bound",
        ArmFaultKind.SpansSurplus => $"exported {DisplayText.Counted(fault.Count, "span")} more than the {DisplayText.Count(fault.Of)} that it sampled",
        ArmFaultKind.NothingExported => $"exported nothing in {DisplayText.Counted(fault.LaunchSets, "launch set")}",
        ArmFaultKind.ExportedThoughSilent => $"exported {DisplayText.Counted(fault.Count, "span")} although it is told to export none",
        ArmFaultKind.SentThoughSilent => $"sent {DisplayText.Counted(fault.Count, "export")} although it is told to send none",
        ArmFaultKind.ExportsRejected => $"had {DisplayText.Count(fault.Count)} of {DisplayText.Counted(fault.Of, "export")} rejected by the collector, so that its cost is a lower bound",
        ArmFaultKind.TracesMissing => $"sent {DisplayText.Counted(fault.Count, "trace")} for {DisplayText.Counted(fault.Of, "request")}, although it samples all, so that its cost is a lower bound",
        ArmFaultKind.SampledShareDiffers => $"sampled {Percent(Math.Min(1, (double)fault.Count / fault.Of))} of the traces ({DisplayText.Count(fault.Count)} of {DisplayText.Count(fault.Of)}), which is not what its sampler is told",
        ArmFaultKind.InvalidIds => $"sent {DisplayText.Count(fault.Count)} of {DisplayText.Counted(fault.Of, "span")} without a valid trace id and span id, so that its cost is a lower bound",
        ArmFaultKind.RequestsFailed => $"failed {Percent((double)fault.Count / fault.Of)} of its requests ({DisplayText.Count(fault.Count)} of {DisplayText.Count(fault.Of)})",
        _ => "did something unknown",
    };
}
