namespace PerfLab.Experiments.Thresholds;

/// <summary>How a measured value is compared with a limit.</summary>
public enum ThresholdOperator
{
    /// <summary>Not stated.</summary>
    Unknown = 0,

    /// <summary><c>&lt;</c>.</summary>
    Below = 1,

    /// <summary><c>&lt;=</c>.</summary>
    AtMost = 2,

    /// <summary><c>&gt;</c>.</summary>
    Above = 3,

    /// <summary><c>&gt;=</c>.</summary>
    AtLeast = 4,

    /// <summary><c>==</c>, and <c>===</c> as k6 also writes it.</summary>
    Equal = 5,

    /// <summary><c>!=</c>.</summary>
    NotEqual = 6,
}
