namespace PerfLab.Analysis.Calibration;

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
