namespace PerfLab.Experiments.Scenarios;

/// <summary>One configuration of one and the same binary.</summary>
/// <param name="Name">Unique in the scenario: letters, digits, dashes, dots; shown in tables and used in file names.</param>
/// <param name="Meaning">One line that says what the variant means to a reader.</param>
/// <param name="Environment">Environment variables laid over those of the target's processes.</param>
public sealed record Variant(string Name, string Meaning, IReadOnlyDictionary<string, string> Environment)
{
    /// <summary>Gets the trouble that the variant's back end is in while it is measured; null for a healthy one.</summary>
    public BackEndTrouble? BackEnd { get; init; }

    /// <summary>Gets the tail sampling that the collector does for this variant; null keeps all that arrives.</summary>
    public TailPolicy? Tail { get; init; }
}
