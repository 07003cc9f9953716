using PerfLab.Experiments;

namespace PerfLab.Analysis.Calibration;

/// <summary>Known costs of one kind in several sizes.</summary>
public sealed record CalibrationSeries
{
    /// <summary>Gets what sort of cost.</summary>
    public required KnownCostKind Kind { get; init; }

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

/// <summary>One arm of a calibration: what was put in and what was found, per request.</summary>
/// <param name="Arm">The arm's name.</param>
/// <param name="Injected">What was put in beyond the reference arm; the median over launch sets.</param>
/// <param name="Measured">What was found, with its interval over launch sets.</param>
/// <param name="IsCovered">Whether the interval of what was found less what was put in holds zero.</param>
public sealed record CalibrationPoint(string Arm, double Injected, Interval Measured, bool IsCovered);

/// <summary>Whether a kind of cost is found in its right size.</summary>
public enum CalibrationOutcome
{
    /// <summary>The interval of the slope reaches across a limit: more launch sets would tell.</summary>
    NotDecided = 0,

    /// <summary>The whole interval of the slope lies within the tolerance about 1.</summary>
    Right = 1,

    /// <summary>The whole interval lies outside: cost is lost, or counted that is none.</summary>
    Wrong = 2,
}
