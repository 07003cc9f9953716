namespace PerfLab.Experiments.Scenarios;

/// <summary>A scenario file has faults: all of them, in file order.</summary>
public sealed class ScenarioException : Exception
{
    /// <summary>Gathers the faults of a file.</summary>
    /// <param name="displayPath">The file as the user named it.</param>
    /// <param name="faults">At least one.</param>
    public ScenarioException(string displayPath, IReadOnlyList<ScenarioFault> faults)
        : base(string.Join('\n', faults.Select(fault => $"{displayPath}({fault.Line},{fault.Column}): {fault.Message}"))) =>
        Faults = faults;

    /// <summary>Gets the faults.</summary>
    public IReadOnlyList<ScenarioFault> Faults { get; }
}
