namespace PerfLab.Collector.Tests;

/// <summary>The limit of every wait in these tests; far above what is needed, for loaded machines.</summary>
internal static class Limits
{
    public static readonly TimeSpan Wait = TimeSpan.FromSeconds(60);

    public static CancellationToken Token => new CancellationTokenSource(Wait).Token;
}
