using System.Globalization;

namespace PerfLab.Analysis.Wording;

/// <summary>What an arm did wrong, in words.</summary>
public static class ArmHealthText
{
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
        ArmFaultKind.SpansLost => "Raise OTEL_BSP_MAX_QUEUE_SIZE, export faster, or sample less.",
        ArmFaultKind.SpansSurplus => "Look whether something else exports to this arm, or the target does not count all that it samples.",
        ArmFaultKind.NothingExported => "Check that the service has an OpenTelemetry SDK and reads OTEL_EXPORTER_OTLP_ENDPOINT; an arm that should be silent sets OTEL_SDK_DISABLED=true.",
        ArmFaultKind.ExportedThoughSilent => "Start the service without its SDK in this arm: it does not heed OTEL_SDK_DISABLED, OTEL_TRACES_SAMPLER or OTEL_TRACES_EXPORTER as they are set.",
        ArmFaultKind.ExportsRejected => "See the finding on rejected exports: it names status, reason and path.",
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
        ArmFaultKind.SpansLost => $"lost {Percent((double)fault.Count / fault.Of)} of its spans ({Count(fault.Count)} of {Count(fault.Of)}), so that its cost is a lower bound",
        ArmFaultKind.SpansSurplus => $"exported {CountText.Of(fault.Count, "span")} more than the {Count(fault.Of)} that it sampled",
        ArmFaultKind.NothingExported => $"exported nothing in {CountText.Of(fault.LaunchSets, "launch set")}",
        ArmFaultKind.ExportedThoughSilent => $"exported {CountText.Of(fault.Count, "span")} although it is told to export none",
        ArmFaultKind.ExportsRejected => $"had {Count(fault.Count)} of {CountText.Of(fault.Of, "export")} rejected by the collector, so that its cost is a lower bound",
        ArmFaultKind.RequestsFailed => $"failed {Percent((double)fault.Count / fault.Of)} of its requests ({Count(fault.Count)} of {Count(fault.Of)})",
        _ => "did something unknown",
    };

    private static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
