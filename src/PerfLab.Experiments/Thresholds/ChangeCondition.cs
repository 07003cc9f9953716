namespace PerfLab.Experiments.Thresholds;

/// <summary>
/// A change from one load test, or one run, to another that must not be: <c>p(99)&gt;+10%</c>, <c>rate&lt;-5%</c>, <c>errors&gt;0</c>. Changes
/// are relative, but that of the share of errors, which may have been none: it is in percentage points.
/// </summary>
public sealed record ChangeCondition
{
    private const string Advice = "Write what must not be, for example p(99)>+10%, rate<-5%, errors>+0.5%.";
    private const string RunAdvice = "Write what must not be, for example cpu>+5%, p99>+10%, allocation{always-on}>+1%.";

    /// <summary>Gets the text as it was written, without white space around it.</summary>
    public required string Text { get; init; }

    /// <summary>Gets what changes: a response time, the share of errors, or answered requests per second; of two runs the overhead of a metric.</summary>
    public required ThresholdQuantity Quantity { get; init; }

    /// <summary>Gets the name of the requests, or of the arm, that it is about; null for all together, or for every arm.</summary>
    public required string? Request { get; init; }

    /// <summary>Gets the changes that must not be.</summary>
    public required ChangeLimit Limit { get; init; }

    /// <summary>Says whether a change meets the condition.</summary>
    /// <param name="change">A ratio; not-a-number meets no condition.</param>
    public bool Holds(double change) => !double.IsNaN(change) && ThresholdComparison.Holds(Limit.Operator, change, Limit.Ratio);

    /// <summary>Reads a condition.</summary>
    /// <param name="text">For example <c>p(99)&gt;+10%</c>. <c>rate</c> is that of answered requests, as on the screen, and not k6's.</param>
    /// <exception cref="ThresholdSyntaxException">The text is no such condition, or one that equal results meet or none can meet.</exception>
    public static ChangeCondition Parse(string text) => Read(text, ReadQuantity, Advice);

    /// <summary>Reads a condition on what an arm costs against the baseline of its own run, in one run and in another.</summary>
    /// <param name="text">For example <c>cpu&gt;+5%</c>, or of one arm <c>p99{always-on}&gt;+10%</c>.</param>
    /// <exception cref="ThresholdSyntaxException">The text is no such condition, or one that equal results meet or none can meet.</exception>
    public static ChangeCondition ParseOverhead(string text) => Read(text, ReadOverhead, RunAdvice);

    private static ChangeCondition Read(string text, Func<TextCursor, ThresholdQuantity> read, string advice)
    {
        ArgumentNullException.ThrowIfNull(text);
        var cursor = new TextCursor(text);
        var quantity = read(cursor);
        var request = RequestToken.Take(cursor);
        var comparison = ReadOperator(cursor);
        var column = cursor.Column;
        var condition = new ChangeCondition
        {
            Text = text.Trim(' ', '\t'),
            Quantity = quantity,
            Request = request,
            Limit = new ChangeLimit(comparison, ReadLimit(cursor, advice)),
        };
        if (condition.Holds(0))
        {
            cursor.Fail(column, "two equal results meet this condition.", advice);
        }

        if (!ThresholdComparison.CanHold(comparison, condition.Limit.Ratio, least: -1, most: quantity is ThresholdQuantity.ErrorShare ? 1 : double.PositiveInfinity))
        {
            cursor.Fail(column, "no result can meet this condition: nothing falls by more than 100 %.", advice);
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

    private static ThresholdQuantity.Overhead ReadOverhead(TextCursor cursor)
    {
        var column = cursor.Column;
        var word = cursor.Take(character => char.IsAsciiLetterOrDigit(character) || character == '_');
        var metric = MetricCatalog.Find(word);
        if (metric is null or { IsDifferenceOnly: true })
        {
            cursor.Fail(
                column,
                $"{(word.Length > 0 ? QuotedToken.Of(word) : cursor.Describe())} is not compared.",
                $"Use one of: {string.Join(", ", MetricCatalog.All.Where(known => !known.IsDifferenceOnly).Select(known => known.Key))}.");
        }

        return new ThresholdQuantity.Overhead(metric.Id);
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

    private static double ReadLimit(TextCursor cursor, string advice)
    {
        var isPositive = cursor.TryTake('+');
        var digits = NumberToken.Take(cursor, allowsSign: !isPositive, advice);
        var column = cursor.Column;
        if (!cursor.TryTake('%') && !NumberToken.IsZero(digits))
        {
            cursor.Fail(column, "the limit of a change is in percent.", advice);
        }

        if (!cursor.AtEnd)
        {
            cursor.Fail(cursor.Column, $"{cursor.Describe()} stands behind the limit.", advice);
        }

        return NumberToken.Value(digits, -2);
    }
}

/// <summary>The changes on one side of a limit.</summary>
/// <param name="Operator">How a change is compared with the limit.</param>
/// <param name="Ratio">The limit: 0.1 is +10 %, or 10 percentage points of errors.</param>
public sealed record ChangeLimit(ThresholdOperator Operator, double Ratio);
