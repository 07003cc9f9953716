using System.Collections.ObjectModel;

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

/// <summary>The environment variables that a runtime profile gives to every target process; they go into the manifest.</summary>
/// <remarks>A process that is not .NET ignores them. A scenario's own variables lie over them.</remarks>
public static class RuntimeKnobs
{
    // An idle thread pool spins, so CPU per request depends on timing: 12 % between launch sets with the default, 3 %
    // without spinning (docs/measurement.md). Documented as System.Threading.ThreadPool.UnfairSemaphoreSpinLimit.
    private const string SpinLimit = "DOTNET_ThreadPool_UnfairSemaphoreSpinLimit";

    // Code compiled once differs less from launch to launch: 1 to 1.5 % instead of 4 to 5 %. It changes the answer too.
    private const string TieredCompilation = "DOTNET_TieredCompilation";

    // On one processor, and placement gives a target only one here, the runtime waits ten times as long (1 s instead of 0.1 s
    // without new methods) before it compiles hot code again: arms of one launch set then run half cold, half hot.
    private const string SingleProcessorDelay = "DOTNET_TC_DelaySingleProcMultiplier";

    // Counting calls begins at once instead of after 0.1 s without new code: the same code results, and a process has done its
    // compiling after 4 s of hard work instead of 8 s, so a run affords more launch sets.
    private const string CallCountingDelay = "DOTNET_TC_CallCountingDelayMs";

    private static readonly ReadOnlyDictionary<string, string> Lab = new(new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [SpinLimit] = "0",
        [SingleProcessorDelay] = "1",
        [CallCountingDelay] = "0",
    });

    private static readonly ReadOnlyDictionary<string, string> Steady = new(new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [SpinLimit] = "0",
        [TieredCompilation] = "0",
    });

    /// <summary>The name of a profile, as scenario files write it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The profile is not stated.</exception>
    public static string NameOf(RuntimeProfile profile) => profile switch
    {
        RuntimeProfile.Lab => "lab",
        RuntimeProfile.Steady => "steady",
        RuntimeProfile.Production => "production",
        _ => throw new ArgumentOutOfRangeException(nameof(profile), profile, "The runtime profile is not stated. Use Lab, Steady or Production."),
    };

    /// <summary>The variables of a profile.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The profile is not stated.</exception>
    public static IReadOnlyDictionary<string, string> For(RuntimeProfile profile) => profile switch
    {
        RuntimeProfile.Lab => Lab,
        RuntimeProfile.Steady => Steady,
        RuntimeProfile.Production => ReadOnlyDictionary<string, string>.Empty,
        _ => throw new ArgumentOutOfRangeException(nameof(profile), profile, "The runtime profile is not stated. Use Lab, Steady or Production."),
    };
}
