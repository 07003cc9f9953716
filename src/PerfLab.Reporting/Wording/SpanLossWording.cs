using PerfLab.Experiments.Results;

namespace PerfLab.Reporting.Wording;

/// <summary>Says where spans were lost, and what to do about it.</summary>
internal static class SpanLossWording
{
    /// <summary>What to do where more spans arrive than were sampled.</summary>
    public const string SurplusAdvice = "Check whether something else exports to this arm, or the target does not count everything that it samples.";

    /// <summary>Says where all missing spans were lost, as a part of a sentence.</summary>
    public static string Of(IEnumerable<SpanLoss> losses) => string.Join("; ", losses.Select(Of));

    /// <summary>Says it of one place, as a part of a sentence.</summary>
    public static string Of(SpanLoss loss) => $"{DisplayText.Count(loss.Count)} {Where(loss.Place)}";

    /// <summary>Says what to do about a place.</summary>
    public static string Advice(SpanLossLocation place) => place switch
    {
        SpanLossLocation.Queue => "Raise OTEL_BSP_MAX_QUEUE_SIZE, export faster, or sample less.",
        SpanLossLocation.BackEnd => "Check what the back end answers, and let the exporter retry.",
        SpanLossLocation.Exporter => "Check whether OTEL_EXPORTER_OTLP_ENDPOINT can be reached, and let the exporter retry.",
        SpanLossLocation.Process => "Handle SIGTERM and flush the SDK before the process ends.",
        _ => "Check the target's logs: the SDK counted no loss, and no export was rejected.",
    };

    private static string Where(SpanLossLocation place) => place switch
    {
        SpanLossLocation.Queue => "were dropped because the SDK's queue was full",
        SpanLossLocation.BackEnd => "reached the back end, which did not take them",
        SpanLossLocation.Exporter => "were given up by the exporter, whose exports failed",
        SpanLossLocation.Process => "were lost with a process that was killed or failed",
        _ => "were lost at an unknown place",
    };
}
