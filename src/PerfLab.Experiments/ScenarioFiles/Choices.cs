using PerfLab.Experiments.Generators;
using PerfLab.Experiments.Scenarios;
using PerfLab.Experiments.Thresholds;

namespace PerfLab.Experiments.ScenarioFiles;

/// <summary>The words that a key may have as its value. <c>scenario.schema.json</c> repeats them; a test compares.</summary>
internal static class Choices
{
    public static IReadOnlyDictionary<string, ArrivalProcess> Arrivals { get; } = new OrderedDictionary<string, ArrivalProcess>(StringComparer.Ordinal)
    {
        ["poisson"] = ArrivalProcess.Poisson,
        ["constant"] = ArrivalProcess.Constant,
    };

    public static IReadOnlyDictionary<string, LoadLoop> Loops { get; } = new OrderedDictionary<string, LoadLoop>(StringComparer.Ordinal)
    {
        ["open"] = LoadLoop.Open,
        ["paced"] = LoadLoop.Paced,
        ["closed"] = LoadLoop.Closed,
    };

    public static IReadOnlyDictionary<string, RuntimeProfile> Runtime { get; } = new OrderedDictionary<string, RuntimeProfile>(StringComparer.Ordinal)
    {
        ["lab"] = RuntimeProfile.Lab,
        ["steady"] = RuntimeProfile.Steady,
        ["production"] = RuntimeProfile.Production,
    };

    public static IReadOnlyDictionary<string, bool> Stops { get; } = new OrderedDictionary<string, bool>(StringComparer.Ordinal)
    {
        ["when_decided"] = true,
        ["after_launch_sets"] = false,
    };

    public static IReadOnlyDictionary<string, BackEndFaultKind> BackEndFaults { get; } = new OrderedDictionary<string, BackEndFaultKind>(StringComparer.Ordinal)
    {
        ["slow"] = BackEndFaultKind.Slow,
        ["unavailable"] = BackEndFaultKind.Unavailable,
        ["throttled"] = BackEndFaultKind.Throttled,
        ["silent"] = BackEndFaultKind.Silent,
        ["reset"] = BackEndFaultKind.Reset,
        ["down"] = BackEndFaultKind.Down,
    };

    public static IReadOnlyDictionary<string, bool> TailDecisions { get; } = new OrderedDictionary<string, bool>(StringComparer.Ordinal)
    {
        ["after_wait"] = false,
        ["when_complete"] = true,
    };

    public static IReadOnlyDictionary<string, PriceUnit> PriceUnits { get; } = new OrderedDictionary<string, PriceUnit>(StringComparer.Ordinal)
    {
        ["gb"] = PriceUnit.Gigabyte,
        ["gb_stored"] = PriceUnit.StoredGigabyte,
        ["million_spans"] = PriceUnit.MillionSpans,
        ["million_traces"] = PriceUnit.MillionTraces,
        ["host"] = PriceUnit.Host,
        ["core_hour"] = PriceUnit.CoreHour,
    };

    // TRACE and CONNECT are not requests that a service answers.
    public static IReadOnlyDictionary<string, string> Methods { get; } = new OrderedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["GET"] = "GET",
        ["HEAD"] = "HEAD",
        ["POST"] = "POST",
        ["PUT"] = "PUT",
        ["PATCH"] = "PATCH",
        ["DELETE"] = "DELETE",
        ["OPTIONS"] = "OPTIONS",
    };
}
