namespace PerfLab.Experiments.Thresholds;

/// <summary>
/// A change from one load test to another that must not be: <c>p(99)&gt;+10%</c>, <c>rate&lt;-5%</c>, <c>errors&gt;0</c>. Changes
/// are relative, but that of the share of errors, which may have been none: it is in percentage points.
/// </summary>
public sealed record ChangeCondition
{
    private const string Advice = "Write what must not be, for example p(99)>+10%, rate<-5%, errors>+0.5%.";

    /// <summary>Gets the text as it was written, without white space around it.</summary>
    public required string Text { get; init; }

    /// <summary>Gets what changes: a response time, the share of errors, or answered requests per second.</summary>
    public required ThresholdQuantity Quantity { get; init; }

    /// <summary>Gets the name of the requests that it is about; null for all together.</summary>
    public required string? Request { get; init; }

    /// <summary>Gets the changes that must not be.</summary>
    public required ChangeLimit Limit { get; init; }

    /// <summary>Says whether a change meets the condition.</summary>
    /// <param name="change">A ratio; not-a-number meets no condition.</param>
    public bool Holds(double change) => !double.IsNaN(change) && ThresholdComparison.Holds(Limit.Operator, change, Limit.Ratio);

    /// <summary>Reads a condition.</summary>
    /// <param name="text">For example <c>p(99)&gt;+10%</c>. <c>rate</c> is that of answered requests, as on the screen, and not k6's.</param>
    /// <exception cref="ThresholdSyntaxException">The text is no such condition, or one that equal results meet or none can meet.</exception>
    public static ChangeCondition Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var cursor = new TextCursor(text);
        var quantity = ReadQuantity(cursor);
        var request = RequestToken.Take(cursor);
        var comparison = ReadOperator(cursor);
        var column = cursor.Column;
        var condition = new ChangeCondition
        {
            Text = text.Trim(' ', '\t'),
            Quantity = quantity,
            Request = request,
            Limit = new ChangeLimit(comparison, ReadLimit(cursor)),
        };
        if (condition.Holds(0))
        {
            cursor.Fail(column, "two equal results meet this condition.", Advice);
        }

        if (!ThresholdComparison.CanHold(comparison, condition.Limit.Ratio, least: -1, most: quantity is ThresholdQuantity.ErrorShare ? 1 : double.PositiveInfinity))
        {
            cursor.Fail(column, "no result can meet this condition: nothing falls by more than 100 %.", Advice);
        }

        return condition;
    }

    private static ThresholdQuantity ReadQuantity(TextCursor cursor)
    {
        var column = cursor.Column;
        if (cursor.PeekWord(char.IsAsciiLetter) == "rate")
        {
            _ = cursor.Take(char.IsAsciiLetter);
            return new ThresholdQuantity.AnsweredRate();
        }

        var (quantity, _) = new ThresholdQuantityParser(cursor).Read();
        if (quantity is not (ThresholdQuantity.ResponseTime or ThresholdQuantity.ErrorShare or ThresholdQuantity.AnsweredRate)
            || quantity is ThresholdQuantity.ResponseTime { Statistic: TimeStatistic.Minimum })
        {
            cursor.Fail(column, $"{quantity} is not compared.", "Use one of: p(N), avg, med, max, errors, rate, rps.");
        }

        return quantity;
    }

    private static ThresholdOperator ReadOperator(TextCursor cursor)
    {
        var column = cursor.Column;
        var comparison = OperatorToken.Take(cursor);
        if (comparison is ThresholdOperator.Equal or ThresholdOperator.NotEqual)
        {
            cursor.Fail(column, "a measured change is never exactly a number.", "Write one of <, <=, >, >=.");
        }

        return comparison;
    }

    private static double ReadLimit(TextCursor cursor)
    {
        var isPositive = cursor.TryTake('+');
        var digits = NumberToken.Take(cursor, allowsSign: !isPositive, Advice);
        var column = cursor.Column;
        if (!cursor.TryTake('%') && !NumberToken.IsZero(digits))
        {
            cursor.Fail(column, "the limit of a change is in percent.", Advice);
        }

        if (!cursor.AtEnd)
        {
            cursor.Fail(cursor.Column, $"{cursor.Describe()} stands behind the limit.", Advice);
        }

        return NumberToken.Value(digits, -2);
    }
}

/// <summary>The changes on one side of a limit.</summary>
/// <param name="Operator">How a change is compared with the limit.</param>
/// <param name="Ratio">The limit: 0.1 is +10 %, or 10 percentage points of errors.</param>
public sealed record ChangeLimit(ThresholdOperator Operator, double Ratio);
