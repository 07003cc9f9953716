using System.Diagnostics.CodeAnalysis;

namespace PerfLab.Experiments.Thresholds;

/// <summary>Reads what a threshold is about, up to the comparison.</summary>
internal sealed class ThresholdQuantityParser(TextCursor cursor)
{
    private const string Allowed =
        "Use one of: p(N), avg, min, med, max, late(...), rate, errors, dropped, count, rps, overhead(...), spans_lost.";

    private const string StatisticsAllowed = "Use one of: p(N), avg, min, med, max.";

    internal (ThresholdQuantity Quantity, LimitRange Range) Read()
    {
        var column = cursor.Column;
        var word = cursor.Take(IsWordCharacter);
        ThresholdQuantity? quantity = word switch
        {
            "late" => ReadLateness(),
            "rate" or "errors" => new ThresholdQuantity.ErrorShare(),
            "dropped" => new ThresholdQuantity.DroppedStarts(),
            "count" => new ThresholdQuantity.AnsweredRequests(),
            "rps" => new ThresholdQuantity.AnsweredRate(),
            "spans_lost" => new ThresholdQuantity.SpansLost(),
            "overhead" => ReadOverhead(),
            _ => ReadStatistic(word) is { } statistic ? new ThresholdQuantity.ResponseTime(statistic) : null,
        };
        if (quantity is null)
        {
            FailWord(column, word, "a quantity", Allowed);
        }

        return (quantity, LimitRange.Of(quantity, asRate: word == "rate"));
    }

    private ThresholdQuantity.StartLateness ReadLateness()
    {
        Open("late", "late(p(99))");
        var column = cursor.Column;
        var word = cursor.Take(IsWordCharacter);
        var statistic = ReadStatistic(word);
        if (statistic is null)
        {
            FailWord(column, word, "a statistic", StatisticsAllowed);
        }

        Close();
        return new ThresholdQuantity.StartLateness(statistic);
    }

    private ThresholdQuantity.Overhead ReadOverhead()
    {
        Open("overhead", "overhead(cpu)");
        var column = cursor.Column;
        var word = cursor.Take(IsWordCharacter);
        var statistic = ReadStatistic(word);
        var metric = statistic is null ? MetricCatalog.Find(word)
            : statistic.ResponseTimeMetric is { } id ? MetricCatalog.Get(id)
            : null;
        if (metric is null)
        {
            FailWord(column, statistic?.ToString() ?? word, "a metric with an overhead", MetricsAllowed());
        }

        if (metric.IsDifferenceOnly)
        {
            cursor.Fail(column, $"{QuotedToken.Of(word)} has no overhead: the baseline may be 0, and there is no ratio to 0.", MetricsAllowed());
        }

        Close();
        return new ThresholdQuantity.Overhead(metric.Id);
    }

    private TimeStatistic? ReadStatistic(string word) => word switch
    {
        "avg" => new TimeStatistic.Mean(),
        "min" => new TimeStatistic.Minimum(),
        "max" => new TimeStatistic.Maximum(),
        "med" => new TimeStatistic.Percentile(50),
        "p" => ReadPercentile(),
        _ => null,
    };

    private TimeStatistic.Percentile ReadPercentile()
    {
        Open("p", "p(99)");
        var column = cursor.Column;
        var percent = NumberToken.Value(NumberToken.Take(cursor, allowsSign: false, "Write a percentile from 0 to 100: p(99.9)."), 0);
        if (percent > 100)
        {
            cursor.Fail(column, "there is no percentile above 100.", "Write a percentile from 0 to 100: p(99.9).");
        }

        Close();
        return new TimeStatistic.Percentile(percent);
    }

    private void Open(string word, string example)
    {
        if (!cursor.TryTake('('))
        {
            cursor.Fail(cursor.Column, $"{cursor.Describe()} stands where '(' belongs, behind {word}.", $"Write {example}.");
        }
    }

    private void Close()
    {
        if (!cursor.TryTake(')'))
        {
            cursor.Fail(cursor.Column, $"{cursor.Describe()} stands where ')' belongs.", "Close the parenthesis.");
        }
    }

    [DoesNotReturn]
    private void FailWord(int column, string word, string kind, string advice) =>
        cursor.Fail(column, word.Length > 0 ? $"{QuotedToken.Of(word)} is not {kind}." : $"{cursor.Describe()} stands where {kind} belongs.", advice);

    private static string MetricsAllowed() =>
        $"Use one of: {string.Join(", ", MetricCatalog.All.Where(metric => !metric.IsDifferenceOnly).Select(metric => metric.Key))}, p(50), p(90), p(99), p(99.9).";

    private static bool IsWordCharacter(char character) => char.IsAsciiLetterOrDigit(character) || character == '_';
}

/// <summary>Which values a quantity can have, and how limits of it are written.</summary>
/// <param name="Least">The smallest possible value.</param>
/// <param name="Most">The largest possible value.</param>
/// <param name="Name">What the values are called.</param>
/// <param name="Units">The endings of a number, with the power of ten that brings it into the unit in memory; the first is the default where there is one.</param>
/// <param name="HasDefaultUnit">Whether a number may stand without an ending.</param>
/// <param name="Example">A limit.</param>
internal sealed record LimitRange(
    double Least,
    double Most,
    string Name,
    IReadOnlyList<(string Ending, int PowerOfTen)> Units,
    bool HasDefaultUnit,
    string Example)
{
    // k6's limits of durations are milliseconds.
    private static readonly LimitRange Time = new(0, double.PositiveInfinity, "a duration", [("ms", -3), ("us", -6), ("s", 0)], HasDefaultUnit: true, "200ms");

    private static readonly LimitRange Count = new(0, double.PositiveInfinity, "a count", [("", 0)], HasDefaultUnit: true, "1000");

    // k6's rate is a ratio. 'errors' is ours, and there 1 could be meant as 1 %.
    private static readonly LimitRange Rate = new(0, 1, "a share", [("", 0), ("%", -2)], HasDefaultUnit: true, "1%");

    private static readonly LimitRange Share = new(0, 1, "a share", [("%", -2)], HasDefaultUnit: false, "1%");

    // A number, or a share in percent: the ending of the limit says which.
    private static readonly LimitRange CountOrShare = new(0, double.PositiveInfinity, "a count or a share", [("", 0), ("%", -2)], HasDefaultUnit: true, "0.1%");

    private static readonly LimitRange Change = new(-1, double.PositiveInfinity, "a relative change", [("%", -2)], HasDefaultUnit: false, "5%");

    /// <summary>Finds the range for a quantity.</summary>
    /// <param name="quantity">What the threshold is about.</param>
    /// <param name="asRate">Whether it was written as k6's <c>rate</c>.</param>
    internal static LimitRange Of(ThresholdQuantity quantity, bool asRate) => quantity switch
    {
        ThresholdQuantity.Overhead => Change,
        ThresholdQuantity.ErrorShare => asRate ? Rate : Share,
        ThresholdQuantity.SpansLost { IsShare: true } => Share,
        ThresholdQuantity.SpansLost => CountOrShare,
        { Unit: MetricUnit.Seconds } => Time,
        _ => Count,
    };

    /// <summary>What units there are and how a limit is written, as it stands in a message.</summary>
    internal string Advise()
    {
        var endings = string.Join(", ", Units.Select(unit => unit.Ending).Where(ending => ending.Length > 0));
        return endings.Length > 0
            ? $"Units are: {endings}. Write {Name} such as {Example}."
            : $"Write {Name} without a unit, such as {Example}.";
    }
}
