namespace PerfLab.Runner.Targets;

/// <summary>One process to be started, with every placeholder filled in.</summary>
internal sealed record LaunchSpecification
{
    /// <summary>Gets the arm's name.</summary>
    public required string Arm { get; init; }

    /// <summary>Gets the process's name in the scenario.</summary>
    public required string Process { get; init; }

    /// <summary>Gets the program and its arguments.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>Gets the environment variables on top of what is inherited; null removes one.</summary>
    public required IReadOnlyDictionary<string, string?> Environment { get; init; }

    /// <summary>Gets the working folder.</summary>
    public required string WorkingFolder { get; init; }

    /// <summary>Gets the base address on which it will listen.</summary>
    public required Uri Address { get; init; }

    /// <summary>Gets the path that answers when it is ready.</summary>
    public required string ReadyPath { get; init; }

    /// <summary>Gets how long it may take to get ready.</summary>
    public required TimeSpan ReadyTimeout { get; init; }

    /// <summary>Gets the file that takes what it prints.</summary>
    public required string LogFile { get; init; }

    /// <summary>Gets the processors it may use; null leaves it where the operating system puts it.</summary>
    public required IReadOnlyList<int>? Cores { get; init; }
}
