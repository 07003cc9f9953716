namespace PerfLab.Cli.Verbs.Mutating;

/// <summary>One change that was made to the code to see whether a test notices it.</summary>
/// <param name="File">Path of the file, below its project.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Replacement">What stood there instead, on one line.</param>
/// <param name="Fate">What became of it, in the report's words: <c>Killed</c>, <c>Timeout</c>, <c>Survived</c>, <c>NoCoverage</c>, <c>CompileError</c>, <c>Ignored</c>.</param>
internal sealed record Mutant(string File, int Line, string Replacement, string Fate)
{
    /// <summary>Gets whether a test noticed it; one that makes the tests hang is noticed.</summary>
    public bool IsFound => Fate is "Killed" or "Timeout";

    /// <summary>Gets whether no test noticed it.</summary>
    public bool IsMissed => Fate is "Survived" or "NoCoverage";
}
