namespace PerfLab.Analysis.Calibration;

/// <summary>One arm of a calibration: what was put in and what was found, per request.</summary>
/// <param name="Arm">The arm's name.</param>
/// <param name="Injected">What was put in beyond the reference arm; the median over launch sets.</param>
/// <param name="Measured">What was found, with its interval over launch sets.</param>
/// <param name="IsCovered">Whether the interval of what was found less what was put in holds zero.</param>
public sealed record CalibrationPoint(string Arm, double Injected, Interval Measured, bool IsCovered);
