using PerfLab.Experiments.Scenarios;

namespace PerfLab.Experiments.Gates;

/// <summary>What a policy file says: which service of which repository is gated, how its commits are built, and what blocks.</summary>
public sealed record GatePolicy
{
    /// <summary>Gets the name: lower-case letters, digits and dashes. The history is called so.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the scenario that gives requests, load, design and the environment of the arms.</summary>
    public required Scenario Scenario { get; init; }

    /// <summary>Gets the folder of the repository whose commits are built.</summary>
    public required string Repository { get; init; }

    /// <summary>Gets how a commit is built.</summary>
    public required BuildRecipe Build { get; init; }

    /// <summary>Gets the arms of the scenario that are judged, at least one: head against baseline in each.</summary>
    public required IReadOnlyList<string> Arms { get; init; }

    /// <summary>Gets the metrics that are judged, at least one, in the order of the metric catalogue.</summary>
    public required IReadOnlyList<GateMetric> Metrics { get; init; }
}

/// <summary>How a commit becomes a program.</summary>
/// <param name="Command">
/// The build and its arguments, run in the checkout of the commit; <c>{build}</c> is an empty folder for what it makes,
/// <c>{checkout}</c> the checkout.
/// </param>
/// <param name="Program">What an arm starts: the same placeholders, and those of scenario files.</param>
/// <param name="Limit">How long a build may take.</param>
public sealed record BuildRecipe(IReadOnlyList<string> Command, ArmProgram Program, TimeSpan Limit);

/// <summary>What the gate says of a metric, or of all of them.</summary>
public enum GateOutcome
{
    /// <summary>The data do not decide: neither a pass nor a regression.</summary>
    Undecided = 0,

    /// <summary>An increase beyond the threshold is ruled out.</summary>
    Passed = 1,

    /// <summary>A decrease beyond the threshold is proven.</summary>
    Improved = 2,

    /// <summary>An increase beyond the threshold was found, and found again in fresh launch sets.</summary>
    Regressed = 3,

    /// <summary>There is nothing to judge by: not measured, an arm is missing, or the run cannot be trusted.</summary>
    NotJudged = 4,
}
