namespace PerfLab.Experiments.Scenarios;

/// <summary>The environment variables that make a runtime profile.</summary>
public static class RuntimeKnobs
{
    /// <summary>
    /// Gets the variables of a profile. The spin limit keeps .NET's thread pool from spinning while it is idle, which made CPU per
    /// request depend on timing: 12 % spread between launch sets fell to 3 % (docs/measurement.md).
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Not a profile.</exception>
    public static IReadOnlyDictionary<string, string> For(RuntimeProfile profile) => profile switch
    {
        RuntimeProfile.Lab => new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["DOTNET_ThreadPool_UnfairSemaphoreSpinLimit"] = "0",
        },
        RuntimeProfile.Steady => new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["DOTNET_ThreadPool_UnfairSemaphoreSpinLimit"] = "0",
            ["DOTNET_TieredCompilation"] = "0",
        },
        RuntimeProfile.Production => new Dictionary<string, string>(StringComparer.Ordinal),
        _ => throw new ArgumentOutOfRangeException(nameof(profile), profile, "Not a runtime profile."),
    };
}
