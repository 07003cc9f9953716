using System.Globalization;
using PerfLab.Experiments.Metrics;

namespace PerfLab.Experiments.Thresholds;

/// <summary>One number that stands for a distribution of durations: a closed set. As text it reads as thresholds write it.</summary>
public abstract record TimeStatistic
{
    private TimeStatistic()
    {
    }

    /// <summary>Gets the metric of the catalogue that is this statistic of the response time, or null when there is none.</summary>
    public virtual MetricId? ResponseTimeMetric => null;

    /// <summary><c>avg</c>.</summary>
    public sealed record Mean : TimeStatistic
    {
        /// <inheritdoc/>
        public override string ToString() => "avg";
    }

    /// <summary><c>min</c>.</summary>
    public sealed record Minimum : TimeStatistic
    {
        /// <inheritdoc/>
        public override string ToString() => "min";
    }

    /// <summary><c>max</c>.</summary>
    public sealed record Maximum : TimeStatistic
    {
        /// <inheritdoc/>
        public override string ToString() => "max";
    }

    /// <summary><c>p(N)</c>; <c>med</c> is <c>p(50)</c>.</summary>
    /// <param name="Percent">0 to 100.</param>
    public sealed record Percentile(double Percent) : TimeStatistic
    {
        /// <inheritdoc/>
        public override MetricId? ResponseTimeMetric => Percent switch
        {
            50 => MetricId.P50,
            90 => MetricId.P90,
            99 => MetricId.P99,
            99.9 => MetricId.P999,
            _ => null,
        };

        /// <inheritdoc/>
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"p({Percent})");
    }
}
