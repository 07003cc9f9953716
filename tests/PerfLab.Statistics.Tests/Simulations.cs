namespace PerfLab.Statistics.Tests;

/// <summary>Tests that take seconds: simulations, and the largest exact tables.</summary>
internal static class Simulations
{
    // Set for mutation testing (docs/mutation.md), which would run them again for each of many hundred changes of the code.
    private const string Unwanted = "PERFLAB_WITHOUT_SIMULATIONS";

    /// <summary>Skips the test where none are wanted.</summary>
    internal static void SkipWhereUnwanted() =>
        Assert.SkipWhen(Environment.GetEnvironmentVariable(Unwanted) is "1", $"{Unwanted} is set.");
}
