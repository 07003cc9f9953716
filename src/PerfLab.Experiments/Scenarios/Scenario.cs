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
    public TraceRetentionDefinition? TraceRetention { get; init; }

    /// <summary>Gets what the arms may cost and what must be seen, and the traffic and prices of a month; null where the scenario says nothing of them.</summary>
    public DecisionDefinition? Decision { get; init; }

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

/// <summary>One configuration of the service: of one and the same binary, or of another one.</summary>
/// <param name="Name">Unique in the scenario: letters, digits, dashes, dots; shown in tables and used in file names.</param>
/// <param name="Meaning">One line that says what the variant means to a reader.</param>
/// <param name="Environment">Environment variables laid over those of the target's processes.</param>
public sealed record Variant(string Name, string Meaning, IReadOnlyDictionary<string, string> Environment)
{
    /// <summary>Gets the trouble that the variant's back end is in while it is measured; null for a healthy one.</summary>
    public BackEndFaultDefinition? BackEnd { get; init; }

    /// <summary>Gets the tail sampling that the collector does for this variant; null keeps all that arrives.</summary>
    public TailSamplingPolicy? Tail { get; init; }

    /// <summary>Gets what the variant starts in place of the target's own program; null for the target's own.</summary>
    public ArmProgram? Program { get; init; }
}

/// <summary>
/// What an arm starts in place of the program of the target's first process, which receives the load: another build of the
/// service, for example. Further processes of the target stay as they are.
/// </summary>
/// <param name="Command">The program and its arguments, with placeholders; null for the target's own.</param>
/// <param name="Directory">The working folder, with placeholders; null for the target's own.</param>
public sealed record ArmProgram(IReadOnlyList<string>? Command, string? Directory)
{
    /// <summary>Gets the command that builds it before the run, with the placeholder <c>{build}</c> for the folder that takes the program; null where it is there already.</summary>
    public IReadOnlyList<string>? Build { get; init; }

    /// <summary>Gets the SHA-256 of what was built, names and contents of all files; null where nothing was.</summary>
    public string? Built { get; init; }
}

/// <summary>A kind of personal data that a scenario looks for in exported spans, beyond those that are always looked for.</summary>
/// <param name="Name">What reports call it.</param>
/// <param name="Pattern">A regular expression of .NET without look-around and back references, so that it runs in linear time.</param>
public sealed record PersonalDataPattern(string Name, string Pattern);
