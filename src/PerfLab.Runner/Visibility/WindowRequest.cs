using PerfLab.Experiments.Scenarios;

namespace PerfLab.Runner.Visibility;

/// <summary>A request of the window.</summary>
/// <param name="Definition">What is sent, with its number in it.</param>
/// <param name="Kind">Which kind it is: the name of the scenario's request.</param>
/// <param name="IsMeantToFail">Whether the expected answer is a failure.</param>
internal sealed record WindowRequest(RequestDefinition Definition, string Kind, bool IsMeantToFail);
