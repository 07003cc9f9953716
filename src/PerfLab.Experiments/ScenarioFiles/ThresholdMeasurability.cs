using System.Globalization;
using PerfLab.Experiments.Generators;
using PerfLab.Experiments.Scenarios;
using PerfLab.Experiments.Thresholds;
using PerfLab.Experiments.Yaml;

namespace PerfLab.Experiments.ScenarioFiles;

/// <summary>
/// Whether a run of a scenario will measure what a threshold is about. A threshold that is never decided looks like a check and
/// is none, so it is refused with the file.
/// </summary>
/// <param name="target">The service under test.</param>
/// <param name="variants">All variants, the baseline among them.</param>
/// <param name="metrics">Whether the arms have a metric at all.</param>
/// <param name="baseline">Name of the baseline.</param>
/// <param name="load">The load.</param>
/// <param name="design">The design.</param>
internal sealed class ThresholdMeasurability(
    TargetDefinition target, IReadOnlyList<Variant> variants, MetricMeasurability metrics, string baseline, LoadDefinition load, DesignDefinition design)
{
    /// <summary>Gets the service under test.</summary>
    public TargetDefinition Target => target;

    /// <summary>Gets all variants.</summary>
    public IReadOnlyList<Variant> Variants => variants;

    /// <summary>Gets the name of the baseline.</summary>
    public string Baseline => baseline;

    /// <summary>Says why no run can judge a threshold, and what to do instead; null when one can.</summary>
    /// <param name="threshold">The threshold.</param>
    public (string Problem, string Advice)? FaultOf(Threshold threshold) =>
        threshold.Quantity switch
        {
            ThresholdQuantity.Overhead when Variants.Count > 0 && Variants.All(variant => variant.Name == Baseline) =>
                ($"{threshold.Quantity} compares variants with the baseline, and there is no other variant.", "Add a variant, or remove the threshold."),
            ThresholdQuantity.Overhead overhead => metrics.FaultOf(MetricCatalog.Get(overhead.Metric), $"{threshold.Quantity}") ?? FaultOfPercentile(overhead.Metric, $"{threshold.Quantity}", threshold.Request),
            ThresholdQuantity.ResponseTime when metrics.WhyNotJudged($"{threshold.Quantity}") is { } fault => fault,
            ThresholdQuantity.ResponseTime { Statistic.ResponseTimeMetric: { } metric } => FaultOfPercentile(metric, $"{threshold.Quantity}", threshold.Request),
            ThresholdQuantity.SpansLost => FaultOfSpans(threshold),
            _ => null,
        };

    /// <summary>Says why no run can judge a condition of <c>decide</c>, and what to do instead; null when one can.</summary>
    /// <param name="condition">The condition.</param>
    public (string Problem, string Advice)? FaultOf(DecisionCondition condition) => condition.Metric is { } metric
        ? metrics.FaultOf(MetricCatalog.Get(metric), condition.Text) ?? FaultOfPercentile(metric, condition.Text, request: null)
        : null;

    // Of fewer requests than lie beyond it once, a percentile is the longest of them: a number about one request.
    private (string Problem, string Advice)? FaultOfPercentile(MetricId metric, string text, string? request)
    {
        var percentile = MetricCatalog.PercentileOf(metric) ?? 0;
        if (load.RatePerSecond is not { } rate || Variants.Count == 0 || percentile <= 50)
        {
            return null;
        }

        var needed = PercentileValues.NeededFor(percentile);
        var rounds = BatchWindow.RoundsOf(Target, Variants, design);
        var share = request is { } name ? Target.Requests.Where(one => one.Name == name).Sum(one => one.Weight) / (double)Target.Requests.Sum(one => one.Weight) : 1;
        var requests = rate * share * rounds * design.Slice.TotalSeconds;
        return requests < needed
            ? (string.Create(CultureInfo.InvariantCulture, $"{text} needs {needed:#,0} requests in each launch set, and {requests:#,0} are due: the percentile would be the slowest of them."),
               string.Create(CultureInfo.InvariantCulture, $"Set load.rate to {Math.Ceiling(rate * needed / requests):0}/s or design.rounds to {Math.Ceiling(rounds * needed / requests):0}, or judge a lower percentile."))
            : null;
    }

    private (string Problem, string Advice)? FaultOfSpans(Threshold threshold)
    {
        if (metrics.WhyNotProbed() is { } reason)
        {
            return ($"spans_lost needs the number of sampled spans, which is {reason}.", "Remove it; the report shows the spans that arrived.");
        }

        string[] elsewhere =
        [
            .. Variants.Where(variant => threshold.Arms.Count == 0 || threshold.Arms.Contains(variant.Name, StringComparer.Ordinal))
                .Where(variant => !TraceExporters.ReachCollector(Target, variant.Environment))
                .Select(variant => variant.Name),
        ];
        return elsewhere.Length == 0
            ? null
            : ($"the collector sees no span of {string.Join(", ", elsewhere)}: {TraceExporters.Variable} or an OTLP endpoint of its own sends them elsewhere.", $"Name the other variants behind 'for', or let {TraceExporters.Variable} contain otlp and leave the endpoint to PerfLab.");
    }
}

/// <summary>Whether the arms of a scenario have a metric at all.</summary>
/// <param name="target">The service under test.</param>
/// <param name="variants">All variants, the baseline among them.</param>
/// <param name="generator">The load tool; null for PerfLab's engine.</param>
internal sealed class MetricMeasurability(TargetDefinition target, IReadOnlyList<Variant> variants, GeneratorDefinition? generator)
{
    private const string NodeOptions = "NODE_OPTIONS";

    /// <summary>Says why no run can measure a metric, and what to do instead; null when one can.</summary>
    /// <param name="metric">The metric.</param>
    /// <param name="text">What asks for it, as the file has it.</param>
    public (string Problem, string Advice)? FaultOf(MetricDefinition metric, string text)
    {
        if (metric.NeedsCompletion && target.Completion is null)
        {
            return ($"{text} needs target.completion, and there is none: nothing tells when the work is done.", "Add target.completion, or use the response time, for example p99.");
        }

        if (MetricCatalog.IsResponseTime(metric.Id) && !metric.NeedsCompletion && WhyNotJudged(text) is { } fault)
        {
            return fault;
        }

        return metric.NeedsProbe && WhyNotProbed() is { } reason ? ($"{text} is {reason}.", "Use cpu, working_set or a response time.") : null;
    }

    /// <summary>Says why a response time decides nothing, and what to do instead; null where it does.</summary>
    /// <param name="text">What asks for it.</param>
    public (string Problem, string Advice)? WhyNotJudged(string text) => generator is { JudgesResponseTime: false }
        ? ($"{text} is a response time of {generator.Tool}, which waits for a slow response before it sends the next request: it leaves out what a user would have waited.",
           $"Use cpu, or a tool whose response times count from the moment a request was due ({string.Join(", ", GeneratorCatalog.All.Where(tool => new GeneratorDefinition(tool.Name).JudgesResponseTime).Select(tool => tool.Name))}).")
        : null;

    /// <summary>Says where the probe reads and why it is not there, to end a sentence; null where it may be.</summary>
    public string? WhyNotProbed()
    {
        foreach (var (process, environment) in Processes())
        {
            if (CommandProgram.OtherThanProbed(process.Command) is { } program)
            {
                return $"read inside .NET and Node.js processes, and {QuotedText.Of(program)} is neither";
            }

            if (CommandProgram.IsNode(process.Command) && CommandProgram.NodeRestriction(process.Command, environment.GetValueOrDefault(NodeOptions)) is { } restriction)
            {
                return $"read inside the process, and {restriction} keeps the probe out of it";
            }
        }

        return null;
    }

    private IEnumerable<(TargetProcess Process, IReadOnlyDictionary<string, string> Environment)> Processes() => variants.Count == 0
        ? target.Processes.Select(process => (process, process.Environment))
        : variants.SelectMany(variant => target.ProcessesOf(variant.Program).Select(process => (process, process.EnvironmentUnder(variant.Environment))));
}
