using System.Globalization;
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
/// <param name="baseline">Name of the baseline.</param>
/// <param name="load">The load.</param>
/// <param name="design">The design.</param>
internal sealed class ThresholdMeasurability(
    TargetDefinition target, IReadOnlyList<Variant> variants, string baseline, LoadDefinition load, DesignDefinition design)
{
    // Programs that are neither .NET nor Node.js and start none: the probes, which read these metrics, cannot be loaded into them.
    // What is not in the list (a shell, a published executable) may be .NET.
    private static readonly HashSet<string> s_otherRuntimes = new(StringComparer.OrdinalIgnoreCase)
    {
        "deno", "bun", "python", "pypy", "java", "jruby", "kotlin", "scala", "groovy", "ruby", "php", "go", "perl", "lua", "luajit", "elixir", "erl", "iex", "beam.smp",
        "uvicorn", "gunicorn", "hypercorn", "daphne", "granian", "waitress-serve", "uwsgi", "flask", "fastapi", "django-admin",
        "puma", "rails", "rackup", "unicorn", "php-fpm", "frankenphp", "nginx", "httpd", "apache2", "caddy", "catalina.sh", "jetty.sh",
    };

    // Programs that start another one in their place, or run it: the one behind them counts.
    private static readonly HashSet<string> s_launchers = new(StringComparer.OrdinalIgnoreCase) { "env", "nice", "nohup", "setsid", "exec", "poetry", "pipenv", "uv", "run", "bundle", "time", "stdbuf", "taskset", "chrt" };

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
            ThresholdQuantity.Overhead overhead => FaultOfMetric(MetricCatalog.Get(overhead.Metric), threshold) ?? FaultOfPercentile(overhead.Metric, threshold),
            ThresholdQuantity.ResponseTime { Statistic.ResponseTimeMetric: { } metric } => FaultOfPercentile(metric, threshold),
            ThresholdQuantity.SpansLost => FaultOfSpans(threshold),
            _ => null,
        };

    private (string Problem, string Advice)? FaultOfMetric(MetricDefinition metric, Threshold threshold)
    {
        if (metric.NeedsCompletion && Target.Completion is null)
        {
            return ($"{threshold.Quantity} needs target.completion, and there is none: nothing tells when the work is done.", "Add target.completion, or judge the response time, for example overhead(p99)<10%.");
        }

        return metric.NeedsProbe && OtherRuntime() is { } program
            ? ($"{threshold.Quantity} is read inside .NET and Node.js processes, and {QuotedText.Of(program)} is neither.", "Use cpu, working_set or a response time.")
            : null;
    }

    // Of fewer requests than lie beyond it once, a percentile is the longest of them: a number about one request.
    private (string Problem, string Advice)? FaultOfPercentile(MetricId metric, Threshold threshold)
    {
        var needed = metric switch
        {
            MetricId.P90 => 10,
            MetricId.P99 => 100,
            MetricId.P999 => 1000,
            _ => 0,
        };
        if (load.RatePerSecond is not { } rate || Variants.Count == 0)
        {
            return null;
        }

        var rounds = BatchWindow.RoundsOf(Target, Variants, design);
        var share = threshold.Request is { } name ? Target.Requests.Where(request => request.Name == name).Sum(request => request.Weight) / (double)Target.Requests.Sum(request => request.Weight) : 1;
        var requests = rate * share * rounds * design.Slice.TotalSeconds;
        return requests < needed
            ? (string.Create(CultureInfo.InvariantCulture, $"{threshold.Quantity} needs {needed:#,0} requests in each launch set, and {requests:#,0} are due: the percentile would be the slowest of them."),
               string.Create(CultureInfo.InvariantCulture, $"Set load.rate to {Math.Ceiling(rate * needed / requests):0}/s or design.rounds to {Math.Ceiling(rounds * needed / requests):0}, or judge a lower percentile."))
            : null;
    }

    private (string Problem, string Advice)? FaultOfSpans(Threshold threshold)
    {
        if (OtherRuntime() is { } program)
        {
            return ($"spans_lost needs the number of sampled spans, which is read inside .NET and Node.js processes, and {QuotedText.Of(program)} is neither.", "Remove it; the report shows the spans that arrived.");
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

    private string? OtherRuntime() => Variants
        .Select(variant => variant.Program)
        .DefaultIfEmpty()
        .SelectMany(Target.ProcessesOf)
        .Select(ProgramOf)
        .FirstOrDefault(IsOtherRuntime);

    // Options, assignments and numbers between a launcher and its program are passed over.
    private static string ProgramOf(TargetProcess process) =>
        Path.GetFileName(process.Command.FirstOrDefault(word => !IsNoProgram(word) && !s_launchers.Contains(Path.GetFileName(word)))) ?? string.Empty;

    private static bool IsNoProgram(string word) => word.StartsWith('-') || word.Contains('=', StringComparison.Ordinal) || word.All(character => char.IsAsciiDigit(character) || character is ',');

    // With an ending or a version: java.exe, python3.12, php8.
    private static bool IsOtherRuntime(string program) =>
        s_otherRuntimes.Contains(program)
        || s_otherRuntimes.Contains(Path.GetFileNameWithoutExtension(program))
        || s_otherRuntimes.Contains(program.TrimEnd('.', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9'));
}
