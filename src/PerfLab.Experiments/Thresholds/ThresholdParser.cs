using System.Globalization;

namespace PerfLab.Experiments.Thresholds;

/// <summary>
/// Reads one threshold: <c>quantity operator limit</c>, and perhaps <c>for arm, arm</c>. What it is about is read by
/// <see cref="ThresholdQuantityParser"/>.
/// </summary>
internal sealed class ThresholdParser
{
    private readonly string _text;
    private readonly TextCursor _cursor;

    internal ThresholdParser(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        _text = text;
        _cursor = new TextCursor(text);
    }

    internal Threshold Parse()
    {
        if (_text.Length > Threshold.MaximumLength)
        {
            _cursor.Fail(
                Threshold.MaximumLength + 1,
                string.Create(CultureInfo.InvariantCulture, $"{_text.Length} characters are too many."),
                string.Create(CultureInfo.InvariantCulture, $"Write at most {Threshold.MaximumLength}, and several thresholds instead of a long one."));
        }

        var (quantity, range) = new ThresholdQuantityParser(_cursor).Read();
        var request = ReadRequest(quantity);
        var comparison = OperatorToken.Take(_cursor);
        var limitColumn = _cursor.Column;
        var (limit, isPercent) = ReadLimit(range);
        if (quantity is ThresholdQuantity.SpansLost && isPercent)
        {
            quantity = new ThresholdQuantity.SpansLost(IsShare: true);
            range = LimitRange.Of(quantity, asRate: false);
        }

        RejectVacuousLimit(comparison, limit, range, limitColumn);
        return new Threshold
        {
            Text = _text.Trim(' ', '\t'),
            Condition = _text[..(_cursor.Column - 1)].Trim(' ', '\t'),
            Quantity = quantity,
            Request = request,
            Operator = comparison,
            Limit = limit,
            Arms = ReadArms(),
        };
    }

    private string? ReadRequest(ThresholdQuantity quantity)
    {
        var column = _cursor.Column;
        var request = RequestToken.Take(_cursor);
        if (request is not null && quantity is (ThresholdQuantity.StartLateness or ThresholdQuantity.Overhead or ThresholdQuantity.SpansLost))
        {
            _cursor.Fail(column, $"{quantity} is not kept for single requests.", "Name a request behind one of: p(N), avg, min, med, max, rate, errors, dropped, count, rps.");
        }

        return request;
    }

    private (double Limit, bool IsPercent) ReadLimit(LimitRange range)
    {
        var digits = NumberToken.Take(_cursor, allowsSign: true, $"Write {range.Name} such as {range.Example}.");
        var unitColumn = _cursor.Column;
        var ending = _cursor.Next == '%' ? _cursor.Take(character => character == '%') : TakeUnit();
        var unit = range.Units.FirstOrDefault(unit => unit.Ending == ending, (Ending: ending, PowerOfTen: int.MinValue));
        if (ending.Length == 0 && (range.HasDefaultUnit || NumberToken.IsZero(digits)))
        {
            unit = range.Units[0];
        }

        if (unit.PowerOfTen == int.MinValue)
        {
            var found = ending.Length > 0 ? $"{QuotedToken.Of(ending)} is not a unit of {range.Name}." : $"the unit of {range.Name} is missing.";
            _cursor.Fail(unitColumn, found, range.Advise());
        }

        return (NumberToken.Value(digits, unit.PowerOfTen), ending == "%");
    }

    // A word behind the limit is its unit, unless it begins the list of arms.
    private string TakeUnit() => _cursor.PeekWord(char.IsAsciiLetter) == "for" ? "" : _cursor.Take(char.IsAsciiLetter);

    // A condition that no result can break would pass for ever and look like a check; one that none can meet is a slip.
    private void RejectVacuousLimit(ThresholdOperator comparison, double limit, LimitRange range, int column)
    {
        var canHold = ThresholdComparison.CanHold(comparison, limit, range.Least, range.Most);
        var canFail = ThresholdComparison.CanHold(ThresholdComparison.Opposite(comparison), limit, range.Least, range.Most);
        if (canHold && canFail)
        {
            return;
        }

        var bounds = (range.Least, range.Most) switch
        {
            (0, 1) => "between 0 % and 100 %",
            ( < 0, _) => "-100 % or more",
            _ => "0 or more",
        };
        var name = string.Concat(char.ToUpperInvariant(range.Name[0]).ToString(), range.Name.AsSpan(1));
        _cursor.Fail(column, canHold ? "with this limit the threshold always holds." : "with this limit the threshold never holds.", $"{name} is {bounds}: choose a limit that a result can meet and miss.");
    }

    private string[] ReadArms()
    {
        if (_cursor.AtEnd)
        {
            return [];
        }

        var column = _cursor.Column;
        var word = _cursor.Take(IsArmCharacter);
        if (word != "for")
        {
            var found = word.Length > 0 ? QuotedToken.Of(word) : _cursor.Describe();
            _cursor.Fail(column, $"{found} is not expected here.", "The threshold should end here, or name arms with 'for': overhead(cpu)<5% for ratio-10, ratio-1.");
        }

        var arms = new List<string>();
        do
        {
            arms.Add(ReadArm(arms));
        }
        while (_cursor.TryTake(','));
        if (!_cursor.AtEnd)
        {
            _cursor.Fail(_cursor.Column, $"{_cursor.Describe()} stands behind the name of an arm.", "Put commas between names, and nothing behind the last.");
        }

        return [.. arms];
    }

    private string ReadArm(List<string> earlier)
    {
        var column = _cursor.Column;
        var arm = _cursor.Take(IsArmCharacter);
        if (arm.Length == 0)
        {
            _cursor.Fail(column, $"{_cursor.Describe()} stands where the name of an arm belongs.", "Names have letters, digits, dashes, dots and underscores: for ratio-10, ratio-1.");
        }

        if (earlier.Contains(arm, StringComparer.Ordinal))
        {
            _cursor.Fail(column, $"{QuotedToken.Of(arm)} is named twice.", "Name every arm once.");
        }

        return arm;
    }

    private static bool IsArmCharacter(char character) => char.IsAsciiLetterOrDigit(character) || character is '-' or '.' or '_';
}

/// <summary>The name of a request in braces behind a quantity.</summary>
internal static class RequestToken
{
    /// <summary>Takes it; null where no brace follows.</summary>
    internal static string? Take(TextCursor cursor)
    {
        if (!cursor.TryTake('{'))
        {
            return null;
        }

        var name = cursor.Take(character => character is not ('{' or '}')).TrimEnd(' ', '\t');
        if (name.Length == 0 || !cursor.TryTake('}'))
        {
            cursor.Fail(cursor.Column, $"{cursor.Describe()} stands where {(name.Length == 0 ? "the name of a request" : "'}'")} belongs.", "Write p(99){orders}<20ms.");
        }

        return name;
    }
}

/// <summary>The comparison between a quantity and its limit.</summary>
internal static class OperatorToken
{
    /// <summary>Takes it.</summary>
    internal static ThresholdOperator Take(TextCursor cursor)
    {
        var column = cursor.Column;
        var written = cursor.Take(character => character is '<' or '>' or '=' or '!');
        var comparison = written switch
        {
            "<" => ThresholdOperator.Below,
            "<=" => ThresholdOperator.AtMost,
            ">" => ThresholdOperator.Above,
            ">=" => ThresholdOperator.AtLeast,
            "==" or "===" => ThresholdOperator.Equal,
            "!=" => ThresholdOperator.NotEqual,
            _ => ThresholdOperator.Unknown,
        };
        if (comparison == ThresholdOperator.Unknown)
        {
            var found = written.Length > 0 ? QuotedToken.Of(written) : cursor.Describe();
            cursor.Fail(column, $"{found} stands where a comparison belongs.", "Write one of <, <=, >, >=, ==, !=.");
        }

        return comparison;
    }
}

/// <summary>A text is no threshold. The message says what is wrong, in which column, and what is allowed there.</summary>
public sealed class ThresholdSyntaxException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="column">Where the fault begins, from 1, in UTF-16 units.</param>
    /// <param name="problem">What is wrong; one sentence.</param>
    /// <param name="advice">What is allowed; one sentence or more.</param>
    public ThresholdSyntaxException(string text, int column, string problem, string advice)
        : base($"threshold {QuotedToken.Of(text)}, column {column}: {problem} {advice}")
    {
        Text = text;
        Column = column;
        Problem = problem;
        Advice = advice;
    }

    /// <summary>Gets the whole text.</summary>
    public string Text { get; }

    /// <summary>Gets where the fault begins, from 1, in UTF-16 units.</summary>
    public int Column { get; }

    /// <summary>Gets what is wrong.</summary>
    public string Problem { get; }

    /// <summary>Gets what is allowed there.</summary>
    public string Advice { get; }
}
