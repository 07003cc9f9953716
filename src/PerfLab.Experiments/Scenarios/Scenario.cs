using PerfLab.Experiments.Metrics;
using PerfLab.Experiments.Thresholds;

namespace PerfLab.Experiments.Scenarios;

/// <summary>What a scenario file says: one question, the target it is asked of, the load, the design and the arms.</summary>
public sealed record Scenario
{
    /// <summary>Gets the name: lower-case letters, digits and dashes; equals the file's name without its ending.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the one question that the scenario answers, as a sentence.</summary>
    public required string Question { get; init; }

    /// <summary>Gets the service under test.</summary>
    public required TargetDefinition Target { get; init; }

    /// <summary>Gets the load that each arm receives.</summary>
    public required LoadDefinition Load { get; init; }

    /// <summary>Gets how the experiment is laid out.</summary>
    public required DesignDefinition Design { get; init; }

    /// <summary>Gets how the scenario finds out what the arms let one see; null where it does not ask.</summary>
    public VisibilityDefinition? Visibility { get; init; }

    /// <summary>Gets the arms as written, the baseline among them; the control is added by the plan.</summary>
    public required IReadOnlyList<Variant> Variants { get; init; }

    /// <summary>Gets the name of the variant that all others are compared with.</summary>
    public required string Baseline { get; init; }

    /// <summary>Gets the name of the control arm, the baseline run once more: the baseline's name with an apostrophe.</summary>
    public string ControlName => Baseline + "'";

    /// <summary>Gets the control arm's name in file names.</summary>
    public string ControlFileStem => Baseline + ".control";

    /// <summary>Gets kinds of personal data that are looked for beyond mail addresses, card numbers and bearer tokens.</summary>
    public IReadOnlyList<PersonalDataPattern> PersonalData { get; init; } = [];

    /// <summary>Gets practical thresholds by metric, as a ratio (0.03 is 3 %), where they differ from the catalogue's.</summary>
    public required IReadOnlyDictionary<MetricId, double> PracticalThresholds { get; init; }

    /// <summary>Gets the conditions that the run must meet, in file order; each can be judged by a run of this scenario.</summary>
    public required IReadOnlyList<Threshold> Thresholds { get; init; }
}
