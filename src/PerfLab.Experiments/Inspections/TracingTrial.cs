using PerfLab.Experiments.Results;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Experiments.Inspections;

/// <summary>One start of the service under one tracing configuration, a few requests, and what arrived of their spans.</summary>
public sealed record TracingTrial
{
    /// <summary>Gets the requests by kind, in the order of the description.</summary>
    public required IReadOnlyList<RequestTrial> Requests { get; init; }

    /// <summary>Gets the spans that arrived.</summary>
    public required long SpanCount { get; init; }

    /// <summary>Gets the traces that began after the service was ready, as those of its requests do.</summary>
    public required int TraceCount { get; init; }

    /// <summary>Gets the spans that arrived of traces that began before: those of the service's own start-up.</summary>
    public long StartUpSpanCount { get; init; }

    /// <summary>Gets the spans that the process says it has sampled; null where it does not say.</summary>
    public required long? SampledSpanCount { get; init; }

    /// <summary>Gets the exports that reached the collector and were not taken.</summary>
    public required IReadOnlyList<RejectedExport> RejectedExports { get; init; }

    /// <summary>Gets the time from the last request until the last span came while the service was alive; 0 where none came.</summary>
    public required double LastSpanSeconds { get; init; }

    /// <summary>Gets the requests that were answered as expected.</summary>
    public long AnsweredCount => Requests.Sum(request => request.AnsweredCount);
}

/// <summary>What became of one kind of request.</summary>
/// <param name="Name">Its name.</param>
/// <param name="SentCount">How often it was sent; once where the first was not answered as expected.</param>
/// <param name="AnsweredCount">How often it was answered as expected.</param>
/// <param name="Error">A sentence about the first error; null where there was none.</param>
public sealed record RequestTrial(string Name, long SentCount, long AnsweredCount, string? Error);

/// <summary>The tracing configurations that a service is tried in, and those of the scenario that is written for it.</summary>
public static class TracingVariants
{
    private const string SamplerArgument = "OTEL_TRACES_SAMPLER_ARG";
    private const string Ratio = "parentbased_traceidratio";

    /// <summary>Gets the baseline: no SDK.</summary>
    public static Variant Off { get; } = Of("off", "No tracing", (TraceExporters.DisabledVariable, "true"));

    /// <summary>Gets every trace.</summary>
    public static Variant AlwaysOn { get; } = Of("always-on", "Every trace is recorded and exported", (TraceExporters.SamplerVariable, "always_on"));

    /// <summary>Gets a tenth of the traces.</summary>
    public static Variant TenPercent { get; } = Of("ratio-10", "One trace in ten is recorded and exported", (TraceExporters.SamplerVariable, Ratio), (SamplerArgument, "0.1"));

    /// <summary>Gets half of the traces.</summary>
    public static Variant Half { get; } = Of("half", "Half of the traces", (TraceExporters.SamplerVariable, Ratio), (SamplerArgument, "0.5"));

    /// <summary>Gets an SDK that samples nothing.</summary>
    public static Variant NeverSampled { get; } = Of("never-sampled", "No trace is sampled", (TraceExporters.SamplerVariable, "always_off"));

    /// <summary>Gets an SDK that exports nothing.</summary>
    public static Variant WithoutExporter { get; } = Of("no-exporter", "No exporter", (TraceExporters.Variable, "none"));

    private static Variant Of(string name, string meaning, params (string Name, string Value)[] variables) =>
        new(name, meaning, new OrderedDictionary<string, string>(variables.Select(variable => KeyValuePair.Create(variable.Name, variable.Value)), StringComparer.Ordinal));
}
