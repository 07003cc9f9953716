
namespace PerfLab.Experiments.Thresholds;

/// <summary>Reads one condition: name, operator, limit with its unit.</summary>
internal sealed class DecisionConditionParser(string text)
{
    private const string Names = "Write one of cpu, allocation, p50, p90, p99, exported, cost for the budget, and errors_kept, slow_kept, traces_kept, complete for what must be seen.";

    private static readonly Dictionary<string, DecisionQuantity> s_quantities = new(StringComparer.Ordinal)
    {
        ["cpu"] = DecisionQuantity.Cpu,
        ["allocation"] = DecisionQuantity.Allocation,
        ["p50"] = DecisionQuantity.P50,
        ["p90"] = DecisionQuantity.P90,
        ["p99"] = DecisionQuantity.P99,
        ["exported"] = DecisionQuantity.Exported,
        ["cost"] = DecisionQuantity.Cost,
        ["errors_kept"] = DecisionQuantity.ErrorsKept,
        ["slow_kept"] = DecisionQuantity.SlowKept,
        ["traces_kept"] = DecisionQuantity.TracesKept,
        ["complete"] = DecisionQuantity.Complete,
    };

    private static readonly Dictionary<string, int> s_seconds = new(StringComparer.Ordinal) { ["s"] = 0, ["ms"] = -3, ["us"] = -6, ["µs"] = -6 };

    private static readonly Dictionary<string, int> s_bytes = new(StringComparer.Ordinal) { ["B"] = 0, ["kB"] = 3, ["MB"] = 6, ["GB"] = 9, ["TB"] = 12 };

    private readonly TextCursor _cursor = new(text);

    /// <summary>Whether a quantity is something that must be seen, and not something that costs.</summary>
    internal static bool IsSeen(DecisionQuantity quantity) => quantity is >= DecisionQuantity.ErrorsKept and <= DecisionQuantity.Complete;

    internal DecisionCondition Parse()
    {
        var column = _cursor.Column;
        var name = _cursor.Take(character => char.IsAsciiLetterOrDigit(character) || character == '_');
        if (!s_quantities.TryGetValue(name, out var quantity))
        {
            _cursor.Fail(column, $"{(name.Length > 0 ? QuotedToken.Of(name) : _cursor.Describe())} is nothing that a decision can be made by.", Names);
        }

        var comparison = ReadOperator(quantity);
        _ = _cursor.TryTake('+');
        var (limit, kind) = ReadLimit(quantity);
        if (!_cursor.AtEnd)
        {
            _cursor.Fail(_cursor.Column, $"{_cursor.Describe()} is not expected here.", "A condition ends behind its limit.");
        }

        return new DecisionCondition(text.Trim(' ', '\t'), quantity, kind, comparison, limit);
    }

    private ThresholdOperator ReadOperator(DecisionQuantity quantity)
    {
        var column = _cursor.Column;
        var written = _cursor.Take(character => character is '<' or '>' or '=' or '!');
        ThresholdOperator? comparison = (IsSeen(quantity), written) switch
        {
            (false, "<") => ThresholdOperator.Below,
            (false, "<=") => ThresholdOperator.AtMost,
            (true, ">") => ThresholdOperator.Above,
            (true, ">=") => ThresholdOperator.AtLeast,
            _ => null,
        };
        if (comparison is null)
        {
            _cursor.Fail(column, $"{(written.Length > 0 ? QuotedToken.Of(written) : _cursor.Describe())} stands where a comparison belongs.", IsSeen(quantity) ? "What must be seen has a least: write > or >=." : "A cost has a most: write < or <=.");
        }

        return comparison!.Value;
    }

    private (double Limit, DecisionLimit Kind) ReadLimit(DecisionQuantity quantity)
    {
        var digits = NumberToken.Take(_cursor, allowsSign: false, "Write a number with its unit, for example 5%.");
        var column = _cursor.Column;
        var unit = _cursor.Next == '%' ? _cursor.Take(character => character == '%') : _cursor.Take(character => char.IsAsciiLetter(character) || character == 'µ');
        var isMonthly = _cursor.TryTake('/');
        if (isMonthly && _cursor.Take(char.IsAsciiLetter) != "month")
        {
            _cursor.Fail(column, "a rate is stated for a month.", "Write for example exported<50GB/month.");
        }

        (int PowerOfTen, DecisionLimit Kind)? found = quantity switch
        {
            _ when IsSeen(quantity) => unit == "%" ? (-2, DecisionLimit.Share) : null,
            DecisionQuantity.Cost => unit.Length == 0 && isMonthly ? (0, DecisionLimit.Monthly) : null,
            DecisionQuantity.Exported => s_bytes.TryGetValue(unit, out var power) ? (power, isMonthly ? DecisionLimit.Monthly : DecisionLimit.Value) : null,
            _ when unit == "%" => (-2, DecisionLimit.Change),
            DecisionQuantity.Allocation => s_bytes.TryGetValue(unit, out var power) ? (power, DecisionLimit.Difference) : null,
            _ => s_seconds.TryGetValue(unit, out var power) ? (power, DecisionLimit.Difference) : null,
        };
        if (found is not var (powerOfTen, kind) || (isMonthly && kind != DecisionLimit.Monthly))
        {
            _cursor.Fail(column, unit.Length == 0 ? quantity == DecisionQuantity.Cost ? "a cost is stated for a month." : "the unit is missing." : $"{QuotedToken.Of(unit)} is not a unit of this.", Units(quantity));
            return default;
        }

        var limit = NumberToken.Value(digits, powerOfTen);
        if (kind == DecisionLimit.Share && limit > 1)
        {
            _cursor.Fail(column, "no more than 100 % can be kept.", "Write a share up to 100%.");
        }

        return (limit, kind);
    }

    private static string Units(DecisionQuantity quantity) => quantity switch
    {
        _ when IsSeen(quantity) => "Write a share in percent, for example 99%.",
        DecisionQuantity.Cost => "Write money in a month, in the currency of the first plan of pricing: 200/month.",
        DecisionQuantity.Exported => "Write bytes for each request (B, kB) or in a month (GB/month).",
        DecisionQuantity.Allocation => "Write a change in percent, or bytes for each request: 5%, 2kB.",
        _ => "Write a change in percent, or a time for each request: 5%, 50us, 2ms.",
    };
}
