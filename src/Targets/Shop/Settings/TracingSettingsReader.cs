using System.Collections.Immutable;
using OpenTelemetry;
using OpenTelemetry.Exporter;

namespace Shop.Settings;

/// <summary>
/// Reads the standard <c>OTEL_*</c> variables (OpenTelemetry specification, "Environment Variable Specification").
/// Values that the SDK reads itself are only checked, so that a value it would replace by a default is refused.
/// </summary>
internal static class TracingSettingsReader
{
    private const string Sampler = "OTEL_TRACES_SAMPLER";
    private const string SamplerArgument = "OTEL_TRACES_SAMPLER_ARG";

    // The SDK's own default; OTEL_BSP_MAX_EXPORT_BATCH_SIZE must not exceed it.
    private const int DefaultQueueSize = 2048;

    // Bounds against a slip of the finger; the SDK's own limit is 128 attributes and 128 events a span.
    private const int MostFacts = 1000;
    private const int LongestFact = 100_000;

    /// <summary>Reads and checks.</summary>
    /// <param name="reader">The variables; collects the faults.</param>
    /// <returns>The settings; to be used only if the reader found no fault.</returns>
    public static TracingSettings Read(VariableReader reader)
    {
        CheckSampler(reader);
        CheckBatch(reader);
        CheckLimits(reader);
        reader.Url("OTEL_EXPORTER_ZIPKIN_ENDPOINT");
        return new TracingSettings
        {
            IsEnabled = !(reader.Flag("OTEL_SDK_DISABLED") ?? false),
            EndsAfter = reader.Choice("SHOP_SPAN_PATH", "all", "recording", "processor", "batch", "serialization") switch
            {
                "recording" => PathStep.Recording,
                "processor" => PathStep.Processor,
                "batch" => PathStep.Batch,
                "serialization" => PathStep.Serialization,
                _ => null,
            },
            Instrumentation = ReadInstrumentation(reader),
            Detail = ReadDetail(reader),
            Boundaries = new BoundarySettings(
                ReadBoundary(reader, "SHOP_HTTP_BOUNDARY"),
                ReadBoundary(reader, "SHOP_GRPC_BOUNDARY"),
                ReadBoundary(reader, "SHOP_QUEUE_BOUNDARY"),
                reader.Choice("SHOP_DATABASE_BOUNDARY", "none", "trace") == "trace" ? BoundaryTracing.Trace : BoundaryTracing.None),
            Redaction = RedactionSettingsReader.Read(reader),
            Tail = TailSamplingSettingsReader.Read(reader),
            Processor = ReadProcessor(reader),
            Exporters = ReadList(reader, "OTEL_TRACES_EXPORTER", "otlp", "zipkin", "console", "in-memory") ?? ["otlp"],
            Propagators = ReadList(reader, "OTEL_PROPAGATORS", "tracecontext", "baggage", "b3", "b3multi"),
            Otlp = ReadOtlp(reader),
            IsServiceNamed = IsServiceNamed(reader),
        };
    }

    private static InstrumentationMode ReadInstrumentation(VariableReader reader) =>
        reader.Choice("SHOP_INSTRUMENTATION", "none", "auto", "manual", "both") switch
        {
            "none" => InstrumentationMode.None,
            "auto" => InstrumentationMode.Automatic,
            "manual" => InstrumentationMode.Manual,
            _ => InstrumentationMode.Both,
        };

    private static BoundaryTracing ReadBoundary(VariableReader reader, string name) =>
        reader.Choice(name, "none", "propagate", "trace") switch
        {
            "none" => BoundaryTracing.None,
            "propagate" => BoundaryTracing.Propagate,
            _ => BoundaryTracing.Trace,
        };

    private static SpanDetail ReadDetail(VariableReader reader) => new()
    {
        AttributeCount = reader.Count("SHOP_SPAN_FACTS", 0, MostFacts),
        SyntheticValueLength = reader.Count("SHOP_SPAN_FACT_LENGTH", 1, LongestFact) ?? SpanDetail.DefaultSyntheticValueLength,
        RecordsAttributesAsEvents = reader.Choice("SHOP_SPAN_FACTS_AS", "attributes", "events") == "events",
        RecordsExceptions = reader.Flag("SHOP_SPAN_EXCEPTIONS") ?? true,
        RecordsPersonalData = reader.Flag("SHOP_SPAN_PERSONAL") ?? false,
    };

    private static ExportProcessorType? ReadProcessor(VariableReader reader) =>
        reader.Choice("SHOP_SPAN_PROCESSOR", "simple", "batch") switch
        {
            "simple" => ExportProcessorType.Simple,
            "batch" => ExportProcessorType.Batch,
            _ => null,
        };

    private static ImmutableArray<string>? ReadList(VariableReader reader, string name, params string[] choices)
    {
        var words = reader.Choices(name, [.. choices, "none"]);
        if (words is null)
        {
            return null;
        }

        if (words.Contains("none") && words.Count > 1)
        {
            reader.ReportInvalid(name, string.Join(',', words), "Use none alone, or the others without it.");
        }

        return [.. words.Where(word => word != "none")];
    }

    private static void CheckSampler(VariableReader reader)
    {
        var sampler = reader.Choice(
            Sampler,
            "always_on",
            "always_off",
            "traceidratio",
            "parentbased_always_on",
            "parentbased_always_off",
            "parentbased_traceidratio");
        if (sampler is "traceidratio" or "parentbased_traceidratio")
        {
            reader.Ratio(SamplerArgument);
        }
        else if (reader.Text(Sampler) is null && reader.Text(SamplerArgument) is not null)
        {
            reader.ReportUnused(SamplerArgument, $"{Sampler} is not set: set that to parentbased_traceidratio");
        }
    }

    private static void CheckBatch(VariableReader reader)
    {
        reader.Count("OTEL_BSP_SCHEDULE_DELAY", 1);
        var queue = reader.Count("OTEL_BSP_MAX_QUEUE_SIZE", 1) ?? DefaultQueueSize;
        var batch = reader.Count("OTEL_BSP_MAX_EXPORT_BATCH_SIZE", 1);
        if (batch > queue)
        {
            reader.ReportInvalid("OTEL_BSP_MAX_EXPORT_BATCH_SIZE", $"{batch}", $"A batch cannot be larger than the queue of {queue}: lower it, or raise OTEL_BSP_MAX_QUEUE_SIZE.");
        }
    }

    private static void CheckLimits(VariableReader reader)
    {
        reader.Count("OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT", 0);
        reader.Count("OTEL_ATTRIBUTE_COUNT_LIMIT", 0);
        reader.Count("OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT", 0);
        reader.Count("OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT", 0);
        reader.Count("OTEL_SPAN_EVENT_COUNT_LIMIT", 0);
        reader.Count("OTEL_SPAN_LINK_COUNT_LIMIT", 0);
        reader.Count("OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT", 0);
        reader.Count("OTEL_LINK_ATTRIBUTE_COUNT_LIMIT", 0);
    }

    private static OtlpSettings ReadOtlp(VariableReader reader)
    {
        reader.Url("OTEL_EXPORTER_OTLP_ENDPOINT");
        var protocol = ReadProtocol(reader, "OTEL_EXPORTER_OTLP_PROTOCOL");
        reader.Pairs("OTEL_EXPORTER_OTLP_HEADERS");
        ReadCompression(reader, "OTEL_EXPORTER_OTLP_COMPRESSION");
        reader.Count("OTEL_EXPORTER_OTLP_TIMEOUT", 1);
        return new OtlpSettings
        {
            TracesEndpoint = reader.Url("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"),
            Protocol = ReadProtocol(reader, "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL") ?? protocol,
            TracesHeaders = reader.Pairs("OTEL_EXPORTER_OTLP_TRACES_HEADERS"),
            TracesCompression = ReadCompression(reader, "OTEL_EXPORTER_OTLP_TRACES_COMPRESSION"),
            TracesTimeoutMilliseconds = reader.Count("OTEL_EXPORTER_OTLP_TRACES_TIMEOUT", 1),
            BatchTimeoutMilliseconds = reader.Count("OTEL_BSP_EXPORT_TIMEOUT", 1),
        };
    }

    private static OtlpExportProtocol? ReadProtocol(VariableReader reader, string name) =>
        reader.Choice(name, "grpc", "http/protobuf") switch
        {
            "grpc" => OtlpExportProtocol.Grpc,
            "http/protobuf" => OtlpExportProtocol.HttpProtobuf,
            _ => null,
        };

    private static OtlpExportCompression? ReadCompression(VariableReader reader, string name) =>
        reader.Choice(name, "gzip", "none") switch
        {
            "gzip" => OtlpExportCompression.GZip,
            "none" => OtlpExportCompression.None,
            _ => null,
        };

    private static bool IsServiceNamed(VariableReader reader)
    {
        var attributes = reader.Pairs("OTEL_RESOURCE_ATTRIBUTES") ?? string.Empty;
        return reader.Text("OTEL_SERVICE_NAME") is not null
            || attributes.Split(',').Any(pair => pair.TrimStart().StartsWith("service.name=", StringComparison.Ordinal));
    }
}
