using PerfLab.Experiments.Generators;

namespace PerfLab.Reporting;

/// <summary>The load tool of a run in <c>summary.json</c>.</summary>
/// <param name="Tool">Its name.</param>
/// <param name="Loop">How it sends requests.</param>
/// <param name="IsCorrected">Whether its response times count from the moment a request was due.</param>
/// <param name="ResolutionSeconds">The smallest difference that its output can show.</param>
/// <param name="IsMergeable">Whether the response times of all windows were taken together.</param>
/// <param name="JudgesResponseTime">Whether its response times have verdicts.</param>
/// <param name="Connections">Connections of a tool that keeps a number of them.</param>
public sealed record GeneratorSummary(string Tool, LoadLoop Loop, bool IsCorrected, double ResolutionSeconds, bool IsMergeable, bool JudgesResponseTime, int Connections)
{
    internal static GeneratorSummary From(GeneratorDefinition generator) => new(
        generator.Tool, generator.Loop, generator.Contract.IsCorrected, generator.Contract.ResolutionSeconds, generator.Contract.IsMergeable, generator.JudgesResponseTime, generator.Connections);
}
