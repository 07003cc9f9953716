using System.Globalization;

namespace PerfLab.Experiments.ScenarioFiles;

/// <summary>One thing that is wrong with a scenario file.</summary>
/// <param name="File">The file as the user named it.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
/// <param name="Subject">The key by its path, for example <c>load.rate</c> or <c>variants[2].env.NAME</c>; <c>file</c> or <c>syntax</c> for the whole.</param>
/// <param name="Problem">What is wrong, with the value.</param>
/// <param name="Advice">What to do about it.</param>
public sealed record ScenarioFault(string File, int Line, int Column, string Subject, string Problem, string Advice)
{
    /// <summary>Gets all of it on one line: <c>scenarios/a.yaml(12,9): load.rate: -5 requests/s is below 1. Set a positive rate.</c></summary>
    public string Message => string.Create(CultureInfo.InvariantCulture, $"{File}({Line},{Column}): {Subject}: {Problem} {Advice}");

    /// <inheritdoc/>
    public override string ToString() => Message;
}
