using System.Diagnostics;
using System.Globalization;
using Xunit.Sdk;

namespace PerfLab.EndToEnd.Tests.Faults;

/// <summary>
/// The same fault many times over, each time a little different. <c>PERFLAB_FAULTS=all</c> tries all of them, which takes most of an
/// hour; without it a few of them are tried.
/// </summary>
internal static class FaultCampaign
{
    /// <summary>The seed of everything that is drawn.</summary>
    public const int Seed = 20261129;

    private static readonly bool s_isWhole = Environment.GetEnvironmentVariable("PERFLAB_FAULTS") == "all";

    /// <summary>Tries the cases, goes on after failures, and tells how many were survived.</summary>
    /// <param name="all">Every case.</param>
    /// <param name="few">How many of them are tried by default, spread over all.</param>
    /// <param name="attempt">Tries one; throws what an assertion throws.</param>
    public static async Task TryAsync<T>(IReadOnlyList<T> all, int few, Func<T, Task> attempt)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The faults need Linux.");
        var clock = Stopwatch.StartNew();
        var cases = s_isWhole ? all : [.. Enumerable.Range(0, few).Select(number => all[number * all.Count / few])];
        var failures = new List<string>();
        foreach (var fault in cases)
        {
            try
            {
                await attempt(fault);
            }
            catch (Exception error) when (error is IAssertionException or TimeoutException)
            {
                failures.Add($"{fault}: {error.Message}");
            }
        }

        var survived = string.Create(CultureInfo.InvariantCulture, $"{cases.Count - failures.Count} of {cases.Count} survived in {clock.Elapsed.TotalSeconds:0} s (seed {Seed})");
        TestContext.Current.TestOutputHelper?.WriteLine(survived);
        Assert.True(failures.Count == 0, $"{survived}.\n{string.Join("\n\n", failures)}");
    }
}
