using System.Globalization;
using PerfLab.Experiments.Generators;

namespace PerfLab.Reporting.Wording;

/// <summary>Says what the numbers of a load tool are.</summary>
internal static class GeneratorWording
{
    /// <summary>Says how a tool sends requests: <c>closed loop with 16 connections</c>.</summary>
    public static string Loop(GeneratorDefinition generator, double ratePerSecond) => generator.Loop switch
    {
        LoadLoop.Open => $"open loop at {Rate(ratePerSecond)}",
        LoadLoop.Paced => $"{Connections(generator)}, together at {Rate(ratePerSecond)}, each waiting for its response",
        _ => $"closed loop{(generator.Command is null ? $" with {Connections(generator)}" : string.Empty)}: the next request follows the response",
    };

    /// <summary>Says what stands beside a response time: tool, loop, correction, resolution, and how windows became one number.</summary>
    public static string ResponseTime(GeneratorDefinition generator, double ratePerSecond)
    {
        var contract = generator.Contract;
        var correction = generator.Loop == LoadLoop.Open || contract.IsCorrected
            ? "counted from the moment a request was due, or its schedule does not wait"
            : "not corrected for coordinated omission: what a user would have waited before a slow response is missing";
        var windows = contract.IsMergeable
            ? "The response times of all windows are taken together."
            : "The tool reports percentiles of each window, which cannot be merged: a figure is the median over the windows of that percentile.";
        var judged = generator.JudgesResponseTime
            ? "A difference below the resolution is not claimed."
            : "They are shown and decide nothing.";
        return $"Measured by {contract.Name}: {Loop(generator, ratePerSecond)}; {correction}; resolution {Resolution(contract)}. {windows} {judged}";
    }

    /// <summary>Says when a response time begins, behind the words "response time".</summary>
    public static string Origin(GeneratorDefinition? generator) => generator is null ? "from the intended start" : $"as {generator.Tool} reports it";

    /// <summary>Writes a resolution: <c>1 ms</c>, <c>0.1 ms</c>, <c>1 us</c>.</summary>
    public static string Resolution(GeneratorTool tool) => tool.ResolutionSeconds >= 1e-5
        ? (tool.ResolutionSeconds * 1e3).ToString("0.###", CultureInfo.InvariantCulture) + "\u00a0ms"
        : (tool.ResolutionSeconds * 1e6).ToString("0.###", CultureInfo.InvariantCulture) + "\u00a0us";

    private static string Rate(double perSecond) => $"{DisplayText.Plain(Math.Round(perSecond, 1))} requests/s";

    private static string Connections(GeneratorDefinition generator) => DisplayText.Counted(generator.Connections, "connection");
}
