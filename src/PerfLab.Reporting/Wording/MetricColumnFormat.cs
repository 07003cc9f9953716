using PerfLab.Analysis;
using PerfLab.Analysis.Runs;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;

namespace PerfLab.Reporting.Wording;

/// <summary>Writes all cells of one metric on one scale.</summary>
internal sealed class MetricColumnFormat
{
    private readonly MetricDefinition _definition;
    private readonly QuantityFormat _values;
    private readonly QuantityFormat _changes;

    public MetricColumnFormat(MetricDefinition definition, RunAnalysis analysis)
    {
        _definition = definition;
        var comparisons = analysis.Arms.Select(arm => MetricTables.Find(arm, definition.Id)).OfType<MetricComparison>().ToArray();
        _values = QuantityFormat.ForColumn(definition.Unit, comparisons.Select(comparison => comparison.Value));
        _changes = QuantityFormat.ForChanges(comparisons.Select(comparison => comparison.Ratio).OfType<Interval>());
        var threshold = comparisons.FirstOrDefault(comparison => comparison.Verdict is not null)?.PracticalThreshold;
        Column = new ReportColumn(
            definition.Id,
            definition.Title,
            comparisons.Any(comparison => comparison.Value is not null) ? _values.Unit : string.Empty,
            threshold is { } ratio ? "±" + Percent(ratio) : null);
    }

    /// <summary>Gets the metric.</summary>
    public MetricId Metric => _definition.Id;

    /// <summary>Gets the column.</summary>
    public ReportColumn Column { get; }

    /// <summary>Formats a ratio as percent with the decimals that it needs: 0.05 is <c>5 %</c>.</summary>
    public static string Percent(double ratio) => DisplayText.Plain(Math.Round(ratio * 100, ratio < 0.001 ? 3 : ratio < 0.1 ? 2 : 1)) + "\u00a0%";

    /// <summary>Formats a detectable change with two digits, which is as much as such a figure is worth.</summary>
    public static string Effect(double ratio)
    {
        var percent = ratio * 100;
        return DisplayText.Plain(Math.Round(percent, percent >= 10 ? 0 : percent >= 1 ? 1 : 2)) + "\u00a0%";
    }

    /// <summary>Formats a value on the column's scale.</summary>
    public string? Value(double? value) => value is { } number ? _values.Number(number) : null;

    /// <summary>Formats a relative change: <c>+9.1 %</c>.</summary>
    public string? Change(Interval? ratio) => ratio is null ? null : _changes.SignedWithUnit(ratio.Estimate);

    /// <summary>Formats the interval of a relative change: <c>+7.8 to +10.4 %</c>.</summary>
    public string? ChangeRange(Interval? ratio) => ratio is null ? null : Range(_changes, ratio);

    /// <summary>Formats an absolute change on the column's scale: <c>+27 µs</c>.</summary>
    public string? Difference(Interval? difference) => difference is null ? null : _values.SignedWithUnit(difference.Estimate);

    /// <summary>Formats the interval of an absolute change.</summary>
    public string? DifferenceRange(Interval? difference) => difference is null ? null : Range(_values, difference);

    /// <summary>
    /// Writes a cell. A metric without a ratio shows its difference in place of it, unless the baseline is 0: there the
    /// difference is the value once more.
    /// </summary>
    public ReportCell Cell(MetricComparison? comparison, ArmRole role)
    {
        var compared = role == ArmRole.Baseline ? null : comparison;
        var statement = compared is null ? null : IntervalWording.Of(compared);
        var difference = compared?.Baseline == 0 ? null : compared?.Difference;
        return new ReportCell
        {
            Value = Value(comparison?.Value),
            Absence = MissingWording.InCell(comparison?.Missing),
            Change = _definition.IsDifferenceOnly ? Difference(difference) : Change(compared?.Ratio),
            Range = _definition.IsDifferenceOnly ? DifferenceRange(difference) : compared?.Ratio is { Low: > 0 } or { High: < 0 } ? statement!.Text : ChangeRange(compared?.Ratio),
            Verdict = compared?.Verdict is null ? null : VerdictLabel.For(compared),
            Caveat = statement?.Label?.Key == "unsure" && !compared!.IsOverruledByControl ? null : statement?.Note,
            Reason = comparison is null ? "not in the analysis" : MissingWording.Of(comparison),
        };
    }

    private static string Range(QuantityFormat scale, Interval interval)
    {
        var unit = scale.Unit.Length == 0 ? string.Empty : "\u00a0" + scale.Unit;
        return $"{scale.NumberWithSign(interval.Low)}\u00a0to\u00a0{scale.NumberWithSign(interval.High)}{unit}";
    }
}
