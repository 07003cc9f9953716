namespace PerfLab.Experiments.Scenarios;

/// <summary>Which runtime knobs the targets are started with; named in the manifest and in the report.</summary>
public enum RuntimeProfile
{
    /// <summary>Not stated.</summary>
    Unknown = 0,

    /// <summary>The default runtime without thread-pool spinning (<c>DOTNET_ThreadPool_UnfairSemaphoreSpinLimit=0</c>): for decisions.</summary>
    Lab = 1,

    /// <summary>As <see cref="Lab"/>, without tiered compilation: less spread between launches, for gates; it changes the answer somewhat.</summary>
    Steady = 2,

    /// <summary>The runtime untouched.</summary>
    Production = 3,
}
