namespace PerfLab.Cli.Verbs.Testing;

/// <summary>A test that took long enough to be named, so that one sees where the time of a run goes.</summary>
/// <param name="Name">The test's name.</param>
/// <param name="Elapsed">How long it took.</param>
internal sealed record SlowTest(string Name, TimeSpan Elapsed)
{
    /// <summary>What takes so many seconds is named.</summary>
    public const double Seconds = 5;
}
