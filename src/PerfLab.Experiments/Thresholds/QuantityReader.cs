using System.Diagnostics.CodeAnalysis;
using PerfLab.Experiments.Metrics;

namespace PerfLab.Experiments.Thresholds;

/// <summary>Reads what a threshold is about, up to the comparison.</summary>
internal sealed class QuantityReader(TextCursor cursor)
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
        var metric = statistic is null ? MetricCatalogue.Find(word)
            : statistic.ResponseTimeMetric is { } id ? MetricCatalogue.Get(id)
            : null;
        if (metric is null)
        {
            FailWord(column, statistic?.ToString() ?? word, "a metric with an overhead", MetricsAllowed());
        }

        if (metric.IsDifferenceOnly)
        {
            cursor.Fail(column, $"{QuotedText.Of(word)} has no overhead: the baseline may be 0, and there is no ratio to 0.", MetricsAllowed());
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
        cursor.Fail(column, word.Length > 0 ? $"{QuotedText.Of(word)} is not {kind}." : $"{cursor.Describe()} stands where {kind} belongs.", advice);

    private static string MetricsAllowed() =>
        $"Use one of: {string.Join(", ", MetricCatalogue.All.Where(metric => !metric.IsDifferenceOnly).Select(metric => metric.Key))}, p(50), p(90), p(99), p(99.9).";

    private static bool IsWordCharacter(char character) => char.IsAsciiLetterOrDigit(character) || character == '_';
}
