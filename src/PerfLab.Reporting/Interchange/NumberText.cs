using System.Globalization;
using System.Text.Json;
using PerfLab.Experiments;

namespace PerfLab.Reporting.Interchange;

/// <summary>Numbers, units and words as programs read them: the same in every form in which a run is handed on.</summary>
internal static class NumberText
{
    /// <summary>Writes the shortest digits that give the same number again; nothing for one that was not measured.</summary>
    public static string Of(double? number) => number?.ToString("R", CultureInfo.InvariantCulture) ?? string.Empty;

    /// <summary>Writes the name of a value of an enumeration as <c>summary.json</c> does.</summary>
    public static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    /// <summary>Puts a unit behind a name, unless it is there already: the rule by which Prometheus names what it takes in from OpenTelemetry.</summary>
    /// <param name="name">Words with underscores between them.</param>
    /// <param name="unit">The unit; a count has none.</param>
    public static string WithUnit(string name, MetricUnit unit) =>
        unit is MetricUnit.Count or MetricUnit.Unknown || name.Split('_').Contains(Word(unit), StringComparer.Ordinal) ? name : $"{name}_{Word(unit)}";
}
