using PerfLab.Experiments.Metrics;

namespace PerfLab.Analysis.Calibration;

/// <summary>Known costs of one kind in several sizes.</summary>
public sealed record CalibrationSeries
{
    /// <summary>Gets what sort of cost.</summary>
    public required HandicapKind Kind { get; init; }

    /// <summary>Gets the metric that shows it.</summary>
    public required MetricId Metric { get; init; }

    /// <summary>Gets the arm that the others are compared with.</summary>
    public required string Reference { get; init; }

    /// <summary>Gets the arms by size.</summary>
    public required IReadOnlyList<CalibrationPoint> Points { get; init; }

    /// <summary>Gets what is found of each unit put in: 1 is right. Null with fewer than two sizes.</summary>
    public required Interval? Slope { get; init; }

    /// <summary>Gets what would be found if nothing were put in, in the metric's unit. Null with fewer than two sizes.</summary>
    public required Interval? Offset { get; init; }

    /// <summary>Gets how far the slope may be from 1.</summary>
    public required double Tolerance { get; init; }

    /// <summary>Gets whether this kind of cost is found in its right size.</summary>
    public required CalibrationOutcome Outcome { get; init; }
}
