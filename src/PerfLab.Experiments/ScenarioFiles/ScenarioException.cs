namespace PerfLab.Experiments.ScenarioFiles;

/// <summary>A scenario file that cannot be used, with every fault it has. Its message has one line per fault.</summary>
public sealed class ScenarioException : Exception
{
    // A broken file of the largest size may have a million faults; nobody reads beyond the first screens.
    private const int MaximumShown = 50;

    /// <summary>Initializes a new instance of the <see cref="ScenarioException"/> class.</summary>
    /// <param name="faults">At least one, in file order.</param>
    public ScenarioException(IReadOnlyList<ScenarioFault> faults)
        : base(Describe(faults)) => Faults = [.. faults];

    /// <summary>Gets the faults in file order; at least one.</summary>
    public IReadOnlyList<ScenarioFault> Faults { get; }

    private static string Describe(IReadOnlyList<ScenarioFault> faults)
    {
        ArgumentOutOfRangeException.ThrowIfZero(faults.Count, nameof(faults));
        var shown = faults.Take(MaximumShown).Select(fault => fault.Message);
        return faults.Count <= MaximumShown
            ? string.Join('\n', shown)
            : string.Join('\n', shown.Append($"{faults[0].File}: {faults.Count - MaximumShown} more faults. Correct these first."));
    }
}
