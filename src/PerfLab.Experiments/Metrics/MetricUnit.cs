namespace PerfLab.Experiments.Metrics;

/// <summary>The unit of a metric in memory and on disk.</summary>
public enum MetricUnit
{
    /// <summary>Not stated.</summary>
    Unknown = 0,

    /// <summary>Seconds.</summary>
    Seconds = 1,

    /// <summary>Bytes.</summary>
    Bytes = 2,

    /// <summary>A count.</summary>
    Count = 3,

    /// <summary>A ratio; 0.05 is 5 %.</summary>
    Ratio = 4,
}
