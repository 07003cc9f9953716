using PerfLab.Experiments.Scenarios;

namespace PerfLab.Experiments.Plans;

/// <summary>One arm of a plan.</summary>
/// <param name="Name">The variant's name; the control is called as the baseline with an apostrophe behind it.</param>
/// <param name="FileStem">The name as it appears in file names: letters, digits, dashes and dots only.</param>
/// <param name="Meaning">One line for a reader.</param>
/// <param name="Role">What the arm is for.</param>
/// <param name="Environment">The variant's environment variables.</param>
public sealed record PlannedArm(
    string Name,
    string FileStem,
    string Meaning,
    ArmRole Role,
    IReadOnlyDictionary<string, string> Environment)
{
    /// <summary>Gets the trouble that the arm's back end is in while it is measured; null for a healthy one.</summary>
    public BackEndTrouble? BackEnd { get; init; }

    /// <summary>Gets the tail sampling that the collector does for this arm; null keeps all that arrives.</summary>
    public TailPolicy? Tail { get; init; }
}
