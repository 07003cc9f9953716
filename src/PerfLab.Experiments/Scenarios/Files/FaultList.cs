namespace PerfLab.Experiments.Scenarios.Files;

/// <summary>Gathers faults while a file is read.</summary>
internal sealed class FaultList
{
    // A file that is something else altogether need not print thousands of lines.
    private const int Limit = 50;

    private readonly List<ScenarioFault> _faults = [];

    /// <summary>Gets how many there are so far.</summary>
    public int Count => _faults.Count;

    /// <summary>Adds one.</summary>
    public void Add(YamlNode at, string message) => Add(at.Line, at.Column, message);

    /// <summary>Adds one.</summary>
    public void Add(long line, long column, string message)
    {
        if (_faults.Count < Limit)
        {
            _faults.Add(new ScenarioFault(line, column, message));
        }
    }

    /// <summary>Gets them by line and column.</summary>
    public IReadOnlyList<ScenarioFault> InFileOrder() => [.. _faults.OrderBy(fault => fault.Line).ThenBy(fault => fault.Column)];
}
