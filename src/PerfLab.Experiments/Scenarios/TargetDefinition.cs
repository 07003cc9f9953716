namespace PerfLab.Experiments.Scenarios;

/// <summary>A service under test: the processes of one arm and the requests that the first of them answers.</summary>
/// <param name="Processes">
/// At least one, in starting order. The first receives the load. A file that gives <c>command</c>, <c>env</c> and
/// <c>ready</c> directly under <c>target</c> has one process called <c>target</c>.
/// </param>
/// <param name="Requests">At least one; chosen by weight, in an order made from the plan's seed.</param>
public sealed record TargetDefinition(
    IReadOnlyList<TargetProcess> Processes,
    IReadOnlyList<RequestDefinition> Requests);
