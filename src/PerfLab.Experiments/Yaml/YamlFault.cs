namespace PerfLab.Experiments.Yaml;

/// <summary>One thing that is wrong with a document.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
/// <param name="Subject">The path of the node, or a word for the whole document.</param>
/// <param name="Problem">What is wrong, with the value.</param>
/// <param name="Advice">What to do about it.</param>
internal sealed record YamlFault(int Line, int Column, string Subject, string Problem, string Advice);
