using PerfLab.Analysis.Runs;
using PerfLab.Analysis.Trust;
using PerfLab.Experiments;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Scenarios;
using PerfLab.Statistics;

namespace PerfLab.Analysis.Predictions;

/// <summary>Fits a cost model to the arms of runs of Shop. A pure function: the same runs give the same model.</summary>
public static class CostModelFitter
{
    /// <summary>The level of all intervals of a model.</summary>
    public const double Level = 0.9;

    /// <summary>Fits it.</summary>
    /// <param name="runs">At least one run, each once, all of one machine.</param>
    /// <param name="layers">Micro benchmarks of the same machine, for what the runs cannot tell apart and as the scale of other machines; null for none.</param>
    /// <exception cref="InvalidDataException">The runs cannot be put together, or are too few; the message says why.</exception>
    public static CostModelRecord Fit(IReadOnlyList<RunAnalysis> runs, MicroBenchmarkRecord? layers)
    {
        RunAnalysis[] ordered = [.. runs.OrderBy(run => run.Manifest.StartedUtc).ThenBy(run => run.Manifest.RunId, StringComparer.Ordinal)];
        var machine = ordered[0].Manifest.Machine;
        Check(ordered, machine, layers);
        var described = ordered.Select(run => (Run: run, CostArm.Of(run).Arms, CostArm.Of(run).LeftOut)).ToArray();
        CostArm[] arms = [.. described.SelectMany(run => run.Arms)];
        var known = new DriverLayers(layers);
        return new CostModelRecord
        {
            FormatVersion = CostModelRecord.CurrentFormatVersion,
            Runs = [.. described.Select(run => new CostModelRun(run.Run.Manifest.RunId, run.Run.Manifest.StartedUtc, run.Run.Manifest.Commit, run.Run.Plan.RatePerSecond, [.. run.Arms.Select(arm => arm.Arm.Name)], run.LeftOut))],
            Machine = machine,
            Scale = layers is null ? null : CostModelScale.Of(layers),
            Ranges = [.. DriverCounts.All.Select(driver => new CostDriverRange(driver, arms.Min(arm => arm.Counts[driver]), arms.Max(arm => arm.Counts[driver])))],
            Cpu = Part(CostObservations.Of(arms, MetricId.Cpu, DriverCounts.All), DriverCounts.All, known.Seconds),
            Allocation = Part(CostObservations.Of(arms, MetricId.Allocation, DriverCounts.All), DriverCounts.All, known.Bytes),
            ExportedBytes = Part(CostObservations.Of(arms, MetricId.ExportedBytes, DriverCounts.OfExports), DriverCounts.OfExports, static _ => null),
        };
    }

    private static void Check(RunAnalysis[] runs, MachineFingerprint machine, MicroBenchmarkRecord? layers)
    {
        foreach (var run in runs)
        {
            if (run.Trust.Level is TrustLevel.Untrusted or TrustLevel.Undecided)
            {
                throw new InvalidDataException($"{run.Manifest.RunId}: the run is not trusted to decide anything, so no model is fitted to it (predict --fit). Run its scenario again.");
            }

            if (machine.DifferencesFrom(run.Manifest.Machine) is { Count: > 0 } differences)
            {
                throw new InvalidDataException($"{runs[0].Manifest.RunId} and {run.Manifest.RunId} are of different machines: {string.Join("; ", differences)} (predict --fit). Fit a model to runs of one machine.");
            }

            if (runs[0].Plan.Runtime != run.Plan.Runtime)
            {
                throw new InvalidDataException($"{runs[0].Manifest.RunId} was measured with the runtime settings {RuntimeKnobs.NameOf(runs[0].Plan.Runtime)} and {run.Manifest.RunId} with {RuntimeKnobs.NameOf(run.Plan.Runtime)} (predict --fit). Fit a model to runs with one of them.");
            }

            if (CostArm.Of(run) is { LeftOut: var leftOut } described && described.Arms.Select(arm => string.Join(' ', arm.Counts.Counts)).Distinct(StringComparer.Ordinal).Count() < 2)
            {
                throw new InvalidDataException($"{run.Manifest.RunId}: its arms do not differ in spans, attributes and events, by which they can be described (left out: {string.Join(", ", leftOut.Select(arm => arm.Arm))}) (predict --fit). Name runs of scenarios/cost-model.yaml, sampling.yaml, attributes.yaml or instrumentation.yaml.");
            }
        }

        if (layers?.Machine is { } other && machine.DifferencesFrom(other) is { Count: > 0 } apart)
        {
            throw new InvalidDataException($"The micro benchmarks are of another machine than the runs: {string.Join("; ", apart)} (predict --fit). Measure them where the runs were made.");
        }
    }

    private static CostModelPart Part(CostObservations cost, IReadOnlyList<CostDriver> drivers, Func<CostDriver, KnownEffect?> layers)
    {
        var selection = DriverSelection.Of(cost, drivers, layers);
        if (selection.Drivers.Count == 0)
        {
            throw new InvalidDataException("The arms of these runs do not differ in anything that a cost could be told from (predict --fit). Add a run of scenarios/cost-model.yaml.");
        }

        var fit = selection.Fit(cost) ?? throw new InvalidDataException($"{cost.Rows.Count} arms are too few for {selection.Drivers.Count} drivers of a cost and {cost.Rows.DistinctBy(row => row.Observation.Group).Count()} runs (predict --fit). Add a run of scenarios/cost-model.yaml.");
        var model = selection.State(fit.Model);
        return new CostModelPart(
            [.. selection.Drivers.Select((driver, index) => new CostCoefficient(driver, model.Coefficients[index], selection.Known[index] is null ? CostSource.Runs : CostSource.MicroBenchmarks))],
            model.Covariance,
            model.ResidualRatio,
            model.DegreesOfFreedom,
            CostModelChecks.Of(cost, selection));
    }
}

/// <summary>One cost of every arm: the centre over launch sets, with the effects of all drivers.</summary>
/// <param name="Rows">A row for each arm.</param>
internal sealed record CostObservations(IReadOnlyList<(CostArm Arm, EffectObservation Observation)> Rows)
{
    // Of the Hodges-Lehmann estimate under the normal distribution, against that of the mean.
    private static readonly double s_stretch = Math.Sqrt(Math.PI / 3);

    /// <summary>Takes them from the arms. The launch sets of a run are alike for all arms, so what they have in common is taken away first.</summary>
    public static CostObservations Of(IReadOnlyList<CostArm> arms, MetricId metric, IReadOnlyList<CostDriver> drivers)
    {
        var isExport = metric == MetricId.ExportedBytes;
        var rows = new List<(CostArm, EffectObservation)>();
        foreach (var (run, group) in arms.GroupBy(arm => arm.RunId, StringComparer.Ordinal).Select((run, index) => (run.ToArray(), index)))
        {
            double[][] samples = [.. run.Select(arm => arm.Samples(metric))];
            double[] common = [.. Enumerable.Range(0, samples[0].Length).Select(set => samples.Average(arm => arm[set]))];
            double[][] beyond = [.. samples.Select(arm => arm.Zip(common, (value, mean) => value - mean).ToArray())];

            // What the arms of a launch set have in common went with their mean, and with it one degree of freedom.
            var variance = beyond.Average(arm => arm.Sum(value => Math.Pow(value - arm.Average(), 2)) / (arm.Length - 1));
            var error = s_stretch * Math.Sqrt(variance * run.Length / Math.Max(1, run.Length - 1) / common.Length);
            rows.AddRange(run.Select((arm, index) => (arm, new EffectObservation(
                group,
                arm.Counts.Select(drivers, isExport),
                common.Average() + HodgesLehmann.Center(beyond[index]) - (isExport ? arm.LongTextBytes : 0),
                error))));
        }

        return new CostObservations(rows);
    }
}

/// <summary>The drivers that a fit can tell, and what the layers say of those that the runs cannot.</summary>
/// <param name="Drivers">Those in the model.</param>
/// <param name="Columns">Their places in an observation.</param>
/// <param name="Known">What the layers say; null where the runs tell.</param>
internal sealed record DriverSelection(IReadOnlyList<CostDriver> Drivers, IReadOnlyList<int> Columns, IReadOnlyList<KnownEffect?> Known)
{
    public static DriverSelection Of(CostObservations cost, IReadOnlyList<CostDriver> drivers, Func<CostDriver, KnownEffect?> layers)
    {
        var told = EffectRegression.Identify([.. cost.Rows.Select(row => row.Observation)]);
        var chosen = drivers
            .Select((driver, column) => (driver, column, Known: told.Contains(column) ? null : layers(driver)))
            .Where(one => told.Contains(one.column) || one.Known is not null)
            .ToArray();
        return new DriverSelection([.. chosen.Select(one => one.driver)], [.. chosen.Select(one => one.column)], [.. chosen.Select(one => one.Known)]);
    }

    public EffectRegression? Fit(CostObservations cost) => EffectRegression.Fit([.. cost.Rows.Select(row => row.Observation with { Effects = Of(row.Observation) })], Known);

    // A span of a request that is served or sent may cost less than one of the service's own code: the framework makes part of it
    // without tracing too. Where the runs tell both, they are fitted as two kinds, each with a cost of at least 0.
    private (int Recorded, int Boundary)? Kinds => (PlaceOf(CostDriver.RecordedSpan), PlaceOf(CostDriver.BoundarySpan)) is (>= 0 and var recorded, >= 0 and var boundary)
        && Known[recorded] is null && Known[boundary] is null ? (recorded, boundary) : null;

    /// <summary>Gets the effects of an observation as they are fitted.</summary>
    public double[] Of(EffectObservation observation)
    {
        double[] effects = [.. Columns.Select(column => observation.Effects[column])];
        if (Kinds is var (recorded, boundary))
        {
            effects[recorded] -= effects[boundary];
        }

        return effects;
    }

    /// <summary>Gets a fitted model as it is stated: what a span of a request costs beyond any recorded span.</summary>
    public EffectModel State(EffectModel fitted)
    {
        if (Kinds is not var (recorded, boundary))
        {
            return fitted;
        }

        double[] coefficients = [.. fitted.Coefficients];
        coefficients[boundary] -= coefficients[recorded];
        double[][] covariance = [.. fitted.Covariance.Select(row => row.ToArray())];
        for (var column = 0; column < coefficients.Length; column++)
        {
            covariance[boundary][column] -= covariance[recorded][column];
        }

        foreach (var row in covariance)
        {
            row[boundary] -= row[recorded];
        }

        return fitted with { Coefficients = coefficients, Covariance = covariance };
    }

    private int PlaceOf(CostDriver driver) => Drivers.ToList().IndexOf(driver);
}
