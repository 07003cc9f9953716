namespace PerfLab.Experiments.Yaml;

/// <summary>Gathers the faults of one document, so that its author sees all of them at once.</summary>
internal sealed class YamlFaults
{
    private readonly List<YamlFault> faults = [];

    /// <summary>Gets a value indicating whether there are any.</summary>
    public bool Any => faults.Count > 0;

    /// <summary>Gets how many there are.</summary>
    public int Count => faults.Count;

    /// <summary>Gets the faults by line and column; those of one place in the order of discovery.</summary>
    public IReadOnlyList<YamlFault> InFileOrder => [.. faults.OrderBy(fault => fault.Line).ThenBy(fault => fault.Column)];

    /// <summary>Reports a fault of a node.</summary>
    public void Add(YamlNode node, string problem, string advice) =>
        Add(node.Line, node.Column, node.Path.ToString(), problem, advice);

    /// <summary>Reports a fault of something that has no node of its own.</summary>
    public void Add(int line, int column, string subject, string problem, string advice) =>
        faults.Add(new YamlFault(line, column, subject.Length == 0 ? "file" : subject, problem, advice));
}

/// <summary>One thing that is wrong with a document.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
/// <param name="Subject">The path of the node, or a word for the whole document.</param>
/// <param name="Problem">What is wrong, with the value.</param>
/// <param name="Advice">What to do about it.</param>
internal sealed record YamlFault(int Line, int Column, string Subject, string Problem, string Advice);
