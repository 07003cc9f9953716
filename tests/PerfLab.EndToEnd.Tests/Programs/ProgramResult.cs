namespace PerfLab.EndToEnd.Tests.Programs;

/// <summary>How a program ended.</summary>
public sealed record ProgramResult(int ExitCode, string Output, string Error)
{
    /// <summary>What to show when an assertion about the program fails.</summary>
    public override string ToString() => $"exit code {ExitCode}\n--- output\n{Output}\n--- error\n{Error}";
}
