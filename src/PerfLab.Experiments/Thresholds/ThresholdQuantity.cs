using System.Globalization;

namespace PerfLab.Experiments.Thresholds;

/// <summary>What a threshold is about: a closed set, each with the unit of its limit. As text it reads as thresholds write it.</summary>
public abstract record ThresholdQuantity
{
    private ThresholdQuantity(MetricUnit unit) => Unit = unit;

    /// <summary>Gets the unit of the limit in memory.</summary>
    public MetricUnit Unit { get; }

    /// <summary>The response time from the intended start: <c>p(99)</c>, <c>avg</c>, <c>min</c>, <c>med</c>, <c>max</c>.</summary>
    /// <param name="Statistic">Which number of it.</param>
    public sealed record ResponseTime(TimeStatistic Statistic) : ThresholdQuantity(MetricUnit.Seconds)
    {
        /// <inheritdoc/>
        public override string ToString() => Statistic.ToString();
    }

    /// <summary>How much later than intended requests were started: <c>late(p(99))</c>.</summary>
    /// <param name="Statistic">Which number of it.</param>
    public sealed record StartLateness(TimeStatistic Statistic) : ThresholdQuantity(MetricUnit.Seconds)
    {
        /// <inheritdoc/>
        public override string ToString() => $"late({Statistic})";
    }

    /// <summary>The share of offered requests that were not answered as expected: <c>errors</c>, in k6's words <c>rate</c>.</summary>
    public sealed record ErrorShare() : ThresholdQuantity(MetricUnit.Ratio)
    {
        /// <inheritdoc/>
        public override string ToString() => "errors";
    }

    /// <summary>The starts given up because too many requests were in flight: <c>dropped</c>.</summary>
    public sealed record DroppedStarts() : ThresholdQuantity(MetricUnit.Count)
    {
        /// <inheritdoc/>
        public override string ToString() => "dropped";
    }

    /// <summary>The requests answered as expected: <c>count</c>.</summary>
    public sealed record AnsweredRequests() : ThresholdQuantity(MetricUnit.Count)
    {
        /// <inheritdoc/>
        public override string ToString() => "count";
    }

    /// <summary>The requests answered as expected per second of the measured window: <c>rps</c>.</summary>
    public sealed record AnsweredRate() : ThresholdQuantity(MetricUnit.Count)
    {
        /// <inheritdoc/>
        public override string ToString() => "rps";
    }

    /// <summary>The relative change of a metric to the baseline; 0.05 is +5 %: <c>overhead(cpu)</c>.</summary>
    /// <param name="Metric">A metric of the catalogue that has a ratio to the baseline.</param>
    public sealed record Overhead(MetricId Metric) : ThresholdQuantity(MetricUnit.Ratio)
    {
        /// <inheritdoc/>
        public override string ToString() => $"overhead({MetricCatalog.Get(Metric).Key})";
    }

    /// <summary>The spans that were sampled and did not arrive: <c>spans_lost</c>.</summary>
    /// <param name="IsShare">Whether it is their share of the sampled spans, as a limit in percent asks; else their number.</param>
    public sealed record SpansLost(bool IsShare = false) : ThresholdQuantity(IsShare ? MetricUnit.Ratio : MetricUnit.Count)
    {
        /// <inheritdoc/>
        public override string ToString() => "spans_lost";
    }
}

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
