using System.Globalization;
using System.Text.RegularExpressions;

namespace PerfLab.Load;

/// <summary>
/// A condition on a load in k6's grammar: <c>p(99)&lt;200</c>, <c>avg&lt;=50</c>, <c>rate&lt;0.01</c>, <c>dropped==0</c>,
/// <c>service_time: max&lt;1s</c>. Durations are milliseconds unless a unit follows (<c>us</c>, <c>ms</c>, <c>s</c>).
/// </summary>
public sealed partial class Threshold
{
    private readonly ThresholdMeasure _measure;
    private readonly string _operator;
    private readonly double _bound;

    private Threshold(string text, ThresholdMeasure measure, string @operator, double bound)
    {
        Text = text;
        _measure = measure;
        _operator = @operator;
        _bound = bound;
    }

    /// <summary>Gets the condition as it was written.</summary>
    public string Text { get; }

    /// <summary>Reads a condition.</summary>
    /// <param name="text"><c>[response_time: | service_time: | start_lateness:] p(N) | med | avg | max</c>, or <c>rate | errors | dropped | answered | throughput</c>, then an operator and a number.</param>
    /// <exception cref="FormatException">The text is something else; the message says what would be right.</exception>
    public static Threshold Parse(string text)
    {
        var match = Grammar().Match(text);
        if (!match.Success || ThresholdMeasure.Find(match.Groups["metric"].Value, match.Groups["what"].Value) is not { } measure)
        {
            throw Fault(text);
        }

        var unit = match.Groups["unit"].Value;
        if (!measure.IsDuration && unit.Length > 0)
        {
            throw Fault(text);
        }

        var secondsPerUnit = unit switch { "s" => 1, "us" => 1e-6, _ => 1e-3 };
        var number = double.Parse(match.Groups["number"].Value, NumberStyles.Float, CultureInfo.InvariantCulture);
        return new Threshold(text.Trim(), measure, match.Groups["operator"].Value, measure.IsDuration ? number * secondsPerUnit : number);
    }

    /// <summary>Judges a load. What was not measured does not pass.</summary>
    /// <param name="result">The counts.</param>
    /// <param name="recorder">The durations.</param>
    public ThresholdOutcome Judge(LoadResult result, LatencyRecorder recorder)
    {
        var measured = _measure.Of(result, recorder);
        var passed = measured is { } value && _operator switch
        {
            "<" => value < _bound,
            "<=" => value <= _bound,
            ">" => value > _bound,
            ">=" => value >= _bound,
            "==" or "===" => value == _bound,
            _ => value != _bound,
        };
        return new ThresholdOutcome(Text, measured, passed);
    }

    private static FormatException Fault(string text) => new(
        $"Threshold '{text}' is not a condition. Write p(99)<200, med<20, avg<50, max<1s (of response_time:, service_time: or start_lateness:), " +
        "rate<0.01, errors==0, dropped==0, answered>1000 or throughput>=500.");

    [GeneratedRegex(
        @"^\s*((?<metric>[a-z_]+)\s*:)?\s*(?<what>[a-z]+(\(\s*[0-9.]+\s*\))?)\s*(?<operator><=|>=|===|==|!=|<|>)\s*(?<number>-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?)\s*(?<unit>us|ms|s)?\s*$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Grammar();
}
