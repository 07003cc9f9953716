using System.Globalization;

namespace PerfLab.Experiments.ScenarioFiles;

/// <summary>Variables of SDKs that are whole numbers: milliseconds, numbers of spans, lengths and counts (OpenTelemetry specification 1.50, "SDK environment variables").</summary>
internal static class SdkNumberRules
{
    private const string QueueVariable = "OTEL_BSP_MAX_QUEUE_SIZE";
    private const string BatchVariable = "OTEL_BSP_MAX_EXPORT_BATCH_SIZE";

    // Defaults of the specification, "Batch span processor".
    private const int DefaultQueue = 2048;
    private const int DefaultBatch = 512;

    // By the least value. Zero is no limit for a timeout, nothing kept for a limit, and not possible for the others.
    private static readonly Dictionary<string, int> s_least = new(StringComparer.Ordinal)
    {
        ["OTEL_BSP_SCHEDULE_DELAY"] = 1,
        ["OTEL_BSP_EXPORT_TIMEOUT"] = 0,
        [QueueVariable] = 1,
        [BatchVariable] = 1,
        ["OTEL_BLRP_SCHEDULE_DELAY"] = 1,
        ["OTEL_BLRP_EXPORT_TIMEOUT"] = 0,
        ["OTEL_BLRP_MAX_QUEUE_SIZE"] = 1,
        ["OTEL_BLRP_MAX_EXPORT_BATCH_SIZE"] = 1,
        ["OTEL_EXPORTER_OTLP_TIMEOUT"] = 0,
        ["OTEL_EXPORTER_OTLP_TRACES_TIMEOUT"] = 0,
        ["OTEL_EXPORTER_OTLP_METRICS_TIMEOUT"] = 0,
        ["OTEL_EXPORTER_OTLP_LOGS_TIMEOUT"] = 0,
        ["OTEL_METRIC_EXPORT_INTERVAL"] = 1,
        ["OTEL_METRIC_EXPORT_TIMEOUT"] = 0,
        ["OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT"] = 0,
        ["OTEL_ATTRIBUTE_COUNT_LIMIT"] = 0,
        ["OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT"] = 0,
        ["OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT"] = 0,
        ["OTEL_SPAN_EVENT_COUNT_LIMIT"] = 0,
        ["OTEL_SPAN_LINK_COUNT_LIMIT"] = 0,
        ["OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT"] = 0,
        ["OTEL_LINK_ATTRIBUTE_COUNT_LIMIT"] = 0,
        ["OTEL_LOGRECORD_ATTRIBUTE_VALUE_LENGTH_LIMIT"] = 0,
        ["OTEL_LOGRECORD_ATTRIBUTE_COUNT_LIMIT"] = 0,
    };

    /// <summary>Gets all of them.</summary>
    public static IReadOnlyCollection<string> Names => s_least.Keys;

    /// <summary>Gets the variables by which <see cref="FaultOfBatch"/> judges.</summary>
    public static IReadOnlyList<string> BatchVariables { get; } = [BatchVariable, QueueVariable];

    /// <summary>Says why a value is no number that the variable can have; null where nothing is wrong, and where the variable is empty, which is not set.</summary>
    /// <param name="name">The variable.</param>
    /// <param name="value">Its value, perhaps a reference that is resolved later.</param>
    public static (string Problem, string Advice)? FaultOf(string name, string value)
    {
        if (!s_least.TryGetValue(name, out var least) || string.IsNullOrWhiteSpace(value) || value.Contains('{', StringComparison.Ordinal))
        {
            return null;
        }

        var advice = string.Create(CultureInfo.InvariantCulture, $"Write digits alone, {least} to {int.MaxValue}; a time is in milliseconds.");
        return !value.Trim().All(char.IsAsciiDigit) ? ($"'{value}' is not a whole number; SDKs pass it over and use their default.", advice)
            : !(int.TryParse(value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) && number >= least) ? ($"{value.Trim()} is out of range; SDKs pass it over and use their default, or do not start.", advice)
            : null;
    }

    /// <summary>Says that a batch is larger than the queue it is taken from; null where it is not.</summary>
    /// <param name="environment">All variables of a process.</param>
    public static (string Problem, string Advice)? FaultOfBatch(IReadOnlyDictionary<string, string> environment)
    {
        if (NumberOf(BatchVariable, DefaultBatch) is not { } batch || NumberOf(QueueVariable, DefaultQueue) is not { } queue || batch <= queue)
        {
            return null;
        }

        return (
            string.Create(CultureInfo.InvariantCulture, $"batches of {batch} spans do not fit into a queue of {queue}; SDKs that check it do not start, others make the batch smaller."),
            string.Create(CultureInfo.InvariantCulture, $"Set {BatchVariable} to at most {queue}, or {QueueVariable} to at least {batch}."));

        int? NumberOf(string name, int byDefault) =>
            environment.GetValueOrDefault(name) is not { } value || string.IsNullOrWhiteSpace(value) ? byDefault
            : int.TryParse(value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number
            : null;
    }
}
