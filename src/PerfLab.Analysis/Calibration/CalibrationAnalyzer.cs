using PerfLab.Analysis.Metrics;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Statistics;

namespace PerfLab.Analysis.Calibration;

/// <summary>
/// Compares what was put into arms with what was found in them. The launch set is the unit of replication here too: each gives
/// one difference for each arm and one line through them, and intervals are the exact signed-rank ones over launch sets. See
/// <c>docs/calibration.md</c>.
/// </summary>
internal static class CalibrationAnalyzer
{
    // Bytes are counted exactly; CPU time and waiting are not. What comes in lumps is less sure by nature, but must not be lost.
    private const double ByteTolerance = 0.01;
    private const double TimeTolerance = 0.05;

    /// <summary>Makes a series for each kind of known cost that the plan has arms for; none for most runs.</summary>
    internal static IReadOnlyList<CalibrationSeries> Measure(Plan plan, PlannedArm baseline, IReadOnlyList<LaunchRecord> launches) =>
    [
        .. from arm in plan.Arms
           let handicap = KnownCost.Of(arm.Environment)
           where handicap is not null
           group (Arm: arm, Handicap: handicap) by handicap.Kind into kind
           orderby kind.Key
           let series = Measure(kind.Key, [.. kind.OrderBy(entry => entry.Handicap.Size)], plan, baseline, launches)
           where series is not null
           select series,
    ];

    private static CalibrationSeries? Measure(
        KnownCostKind kind,
        (PlannedArm Arm, KnownCost Handicap)[] arms,
        Plan plan,
        PlannedArm baseline,
        IReadOnlyList<LaunchRecord> launches)
    {
        // To wait at all costs some microseconds of handing over, which the size does not name: so delays are compared with one.
        var isRelative = kind == KnownCostKind.Delay && arms.Length > 1;
        var reference = isRelative ? arms[0] : (Arm: baseline, Handicap: arms[0].Handicap with { Size = 0 });
        var metric = KnownCost.MetricOf(kind);
        var origin = ArmSamples.Take(metric, reference.Arm.Name, launches);
        var columns = arms.Skip(isRelative ? 1 : 0)
            .Select(entry => (entry.Arm.Name, Points: Points(entry, reference, ArmSamples.Take(metric, entry.Arm.Name, launches), origin, plan, launches)))
            .ToArray();
        if (columns.Any(column => column.Points is null))
        {
            return null;
        }

        CalibrationPoint[] points = [.. columns.Select(column => Point(column.Name, column.Points!)).OfType<CalibrationPoint>()];
        LeastSquares[] lines = [.. Enumerable.Range(0, launches.Count).Select(launch => LeastSquares.Through([.. columns.Select(column => column.Points![launch])])).OfType<LeastSquares>()];
        var slope = lines.Length == launches.Count ? IntervalOf([.. lines.Select(line => line.Slope)]) : null;
        var tolerance = kind == KnownCostKind.Bytes ? ByteTolerance : TimeTolerance;
        return points.Length < columns.Length ? null : new CalibrationSeries
        {
            Kind = kind,
            Metric = metric,
            Reference = reference.Arm.Name,
            Points = points,
            Slope = slope,
            Offset = slope is null ? null : IntervalOf([.. lines.Select(line => line.Offset)]),
            Tolerance = tolerance,
            Outcome = Judge(slope, tolerance),
        };
    }

    private static (double Injected, double Measured)[]? Points(
        (PlannedArm Arm, KnownCost Handicap) arm,
        (PlannedArm Arm, KnownCost Handicap) reference,
        ArmSamples samples,
        ArmSamples origin,
        Plan plan,
        IReadOnlyList<LaunchRecord> launches)
    {
        var differences = PairedSamples.Of(samples, origin, wantsRatio: false).Differences;
        double?[] injected = [.. launches.Select(launch => Injected(arm, plan, launch) - Injected(reference, plan, launch))];
        return differences is null || injected.Contains(null)
            ? null
            : [.. injected.Zip(differences, (put, found) => (put!.Value, found))];
    }

    private static double? Injected((PlannedArm Arm, KnownCost Handicap) arm, Plan plan, LaunchRecord launch) =>
        arm.Handicap.Size <= 0 ? 0
        : ArmRecords.Find(launch, arm.Arm.Name) is { } record ? InjectedCost.PerRequest(arm.Handicap, plan, record)
        : null;

    private static CalibrationPoint? Point(string arm, (double Injected, double Measured)[] points) =>
        IntervalOf([.. points.Select(point => point.Measured)]) is { } measured
        && IntervalOf([.. points.Select(point => point.Measured - point.Injected)]) is { } error
            ? new CalibrationPoint(arm, Quantile.Median([.. points.Select(point => point.Injected)]), measured, error.Low <= 0 && error.High >= 0)
            : null;

    private static CalibrationOutcome Judge(Interval? slope, double tolerance) => slope switch
    {
        null => CalibrationOutcome.NotDecided,
        _ when slope.Low >= 1 - tolerance && slope.High <= 1 + tolerance => CalibrationOutcome.Right,
        _ when slope.High < 1 - tolerance || slope.Low > 1 + tolerance => CalibrationOutcome.Wrong,
        _ => CalibrationOutcome.NotDecided,
    };

    private static Interval? IntervalOf(double[] values) =>
        SignedRankInterval.Of(values, RunConfidence.Level) is { } estimate
            ? new Interval(estimate.Value, estimate.Low, estimate.High, estimate.ConfidenceLevel)
            : null;
}

/// <summary>A straight line through points, by least squares.</summary>
/// <param name="Slope">Rise for each unit.</param>
/// <param name="Offset">Value at zero.</param>
internal readonly record struct LeastSquares(double Slope, double Offset)
{
    /// <summary>Fits a line; null where the points have fewer than two places.</summary>
    internal static LeastSquares? Through(IReadOnlyList<(double X, double Y)> points)
    {
        var meanX = points.Average(point => point.X);
        var meanY = points.Average(point => point.Y);
        var spread = points.Sum(point => (point.X - meanX) * (point.X - meanX));
        if (spread <= 0)
        {
            return null;
        }

        var slope = points.Sum(point => (point.X - meanX) * (point.Y - meanY)) / spread;
        return new LeastSquares(slope, meanY - (slope * meanX));
    }
}
