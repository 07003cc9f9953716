using System.Text.Json.Serialization;
using PerfLab.Experiments.Metrics;

namespace PerfLab.Experiments.Scenarios;

/// <summary>A service under test: the processes of one arm and the requests that the first of them answers.</summary>
/// <param name="Processes">
/// At least one, in starting order. The first receives the load. A file that gives <c>command</c>, <c>env</c> and
/// <c>ready</c> directly under <c>target</c> has one process called <c>target</c>.
/// </param>
/// <param name="Requests">At least one; chosen by weight, in an order made from the plan's seed.</param>
public sealed record TargetDefinition(
    IReadOnlyList<TargetProcess> Processes,
    IReadOnlyList<RequestDefinition> Requests)
{
    /// <summary>Gets where it tells how long work took that goes on after the answer; null where there is none.</summary>
    public CompletionSource? Completion { get; init; }

    /// <summary>Gets the metrics that it can have: those of work that goes on after the answer only where it tells of it.</summary>
    [JsonIgnore]
    public IReadOnlyList<MetricDefinition> Metrics => [.. MetricCatalogue.All.Where(metric => !metric.NeedsCompletion || Completion is not null)];
}
