namespace PerfLab.Cli.Verbs.Testing;

/// <summary>What one test project came to.</summary>
internal sealed record TestOutcome
{
    /// <summary>Gets the project's name.</summary>
    public required string Project { get; init; }

    /// <summary>Gets the number of tests that passed.</summary>
    public required int Passed { get; init; }

    /// <summary>Gets the reasons of the tests that were skipped, one for each.</summary>
    public required IReadOnlyList<string> Skipped { get; init; }

    /// <summary>Gets everything that failed; empty when the project is good.</summary>
    public required IReadOnlyList<TestFailure> Failures { get; init; }

    /// <summary>Gets the tests that took long.</summary>
    public required IReadOnlyList<SlowTest> Slow { get; init; }

    /// <summary>Gets the time that the project took.</summary>
    public required TimeSpan Elapsed { get; init; }
}
