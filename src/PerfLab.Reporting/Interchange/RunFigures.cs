using System.Globalization;
using System.Text.Json;
using PerfLab.Analysis;
using PerfLab.Analysis.Runs;
using PerfLab.Analysis.Trust;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Reporting.Wording;

namespace PerfLab.Reporting.Interchange;

/// <summary>The figures of a run as other programs take them in, for spreadsheets and back ends of metrics alike: what <see cref="RunSummary"/> says, by load.</summary>
public sealed record RunFigures
{
    /// <summary>What the load is called that a run's costs, thresholds and verdicts are taken from.</summary>
    private const string MainLoad = "main";

    /// <summary>Gets the run's name.</summary>
    public required string Run { get; init; }

    /// <summary>Gets the scenario's name.</summary>
    public required string Scenario { get; init; }

    /// <summary>Gets the commit of the checkout; null outside one.</summary>
    public required string? Commit { get; init; }

    /// <summary>Gets the machine in a few words.</summary>
    public required string Machine { get; init; }

    /// <summary>Gets PerfLab's version.</summary>
    public required string ToolVersion { get; init; }

    /// <summary>Gets how far the run can be trusted.</summary>
    public required TrustLevel Trust { get; init; }

    /// <summary>Gets when the run ended, or began where it could not say how it ended.</summary>
    public required DateTimeOffset MeasuredUtc { get; init; }

    /// <summary>Gets the loads: that of the run first, then the further ones, ascending.</summary>
    public required IReadOnlyList<LoadFigures> Loads { get; init; }

    /// <summary>Reads them out of an analysis.</summary>
    /// <param name="analysis">An analysis with exactly one baseline.</param>
    /// <param name="outcome">How the run ended; null when it was interrupted before it could say.</param>
    public static RunFigures From(RunAnalysis analysis, RunOutcome? outcome)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        var (summary, manifest) = (RunSummary.From(analysis), analysis.Manifest);
        return new RunFigures
        {
            Run = summary.RunId,
            Scenario = summary.Scenario,
            Commit = manifest.Commit,
            Machine = MachineFacts.Line(manifest.Machine),
            ToolVersion = manifest.ToolVersion,
            Trust = summary.Trust.Level,
            MeasuredUtc = manifest.StartedUtc.AddSeconds(outcome?.DurationSeconds ?? 0),
            Loads =
            [
                new LoadFigures(
                    MainLoad,
                    summary.Levels.FirstOrDefault(level => level.Load.IsFirst)?.Load ?? new MeasuredLoad(null, analysis.Plan.RatePerSecond, summary.LaunchSets, 0, IsFirst: true),
                    [.. summary.Arms.Zip(analysis.Arms, (arm, own) => new ArmFigures(arm.Name, arm.Role, Pair(arm.Metrics, own.Metrics)))]),
                .. summary.Levels.Zip(analysis.Levels).Where(level => !level.First.Load.IsFirst).Select(level => new LoadFigures(
                    FigureText.Of(level.First.Load.CapacityShare ?? level.First.Load.RatePerSecond),
                    level.First.Load,
                    [.. level.First.Arms.Zip(level.Second.Arms, (arm, own) => new ArmFigures(arm.Name, own.Role, Pair(arm.Metrics, own.Metrics)))])),
            ],
        };
    }

    private static MetricFigure[] Pair(IReadOnlyList<MetricSummary> summaries, IReadOnlyList<MetricComparison> comparisons) =>
        [.. summaries.Zip(comparisons, (summary, comparison) => new MetricFigure(MetricCatalog.Get(comparison.Metric), summary, comparison.Samples))];
}

/// <summary>The figures of one load.</summary>
/// <param name="Name"><c>main</c> for the load that costs, thresholds and verdicts are taken from, else its share of the capacity: the same in every run of a scenario.</param>
/// <param name="Load">The load.</param>
/// <param name="Arms">The arms in plan order.</param>
public sealed record LoadFigures(string Name, MeasuredLoad Load, IReadOnlyList<ArmFigures> Arms);

/// <summary>The figures of one arm at one load.</summary>
/// <param name="Name">The arm.</param>
/// <param name="Role">Its role.</param>
/// <param name="Metrics">Its metrics in the order of the catalogue.</param>
public sealed record ArmFigures(string Name, ArmRole Role, IReadOnlyList<MetricFigure> Metrics);

/// <summary>One metric of one arm at one load.</summary>
/// <param name="Definition">The metric.</param>
/// <param name="Summary">What the summary says of it.</param>
/// <param name="Samples">One number for each launch set that counts at this load, in launch order, in the metric's unit; null where it was not measured.</param>
public sealed record MetricFigure(MetricDefinition Definition, MetricSummary Summary, IReadOnlyList<double?> Samples);

/// <summary>Numbers, units and words as programs read them: the same in every form in which a run is exported.</summary>
internal static class FigureText
{
    /// <summary>Writes the shortest digits that give the same number again; nothing for one that was not measured.</summary>
    public static string Of(double? number) => number?.ToString("R", CultureInfo.InvariantCulture) ?? string.Empty;

    /// <summary>Writes the name of a value of an enumeration as <c>summary.json</c> does.</summary>
    public static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    /// <summary>Puts a unit behind a name, unless it is there already: the rule by which Prometheus names what it takes in from OpenTelemetry.</summary>
    /// <param name="name">Words with underscores between them.</param>
    /// <param name="unit">The unit; a count has none.</param>
    public static string WithUnit(string name, MetricUnit unit) =>
        unit is MetricUnit.Count or MetricUnit.Unknown || name.Split('_').Contains(Word(unit), StringComparer.Ordinal) ? name : $"{name}_{Word(unit)}";
}
