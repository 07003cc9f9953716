namespace PerfLab.Experiments.Thresholds.Measured;

/// <summary>What thresholds ask of a load test. Null is not measured, and not measured never passes.</summary>
public interface ILoadMeasurements
{
    /// <summary>Gets the share of offered requests that were not answered as expected, dropped starts included; 0 to 1.</summary>
    double? ErrorShare { get; }

    /// <summary>Gets the starts given up because too many requests were in flight.</summary>
    long? DroppedCount { get; }

    /// <summary>Gets the requests answered as expected.</summary>
    long? AnsweredCount { get; }

    /// <summary>Gets the requests answered as expected per second of the measured window.</summary>
    double? AnsweredPerSecond { get; }

    /// <summary>Gets a number of the response time, from the intended start, in seconds.</summary>
    /// <param name="statistic">Which; any percentile from 0 to 100 may be asked for.</param>
    double? ResponseTimeSeconds(TimeStatistic statistic);

    /// <summary>Gets a number of how late requests were started, in seconds.</summary>
    /// <param name="statistic">Which; any percentile from 0 to 100 may be asked for.</param>
    double? StartLatenessSeconds(TimeStatistic statistic);
}
