using PerfLab.Experiments.Results;

namespace PerfLab.Runner.Targets;

/// <summary>
/// What becomes of the environment that PerfLab was started with: targets inherit it, as when their author starts them, but for
/// what would make an arm mean something else than its scenario says.
/// </summary>
internal static class CallerEnvironment
{
    // The arms and design.runtime define these, and PerfLab the port and its own.
    private static readonly string[] s_removed =
        ["OTEL_*", "DOTNET_*", "COMPlus_*", "CORECLR_*", "ASPNETCORE_URLS", "ASPNETCORE_HTTP_PORTS", "ASPNETCORE_HTTPS_PORTS", "PERFLAB_*"];

    // Where the runtime is and how an application is configured, not how fast it runs.
    private static readonly string[] s_kept =
    [
        "DOTNET_ROOT*", "DOTNET_ENVIRONMENT", "DOTNET_CLI_*", "DOTNET_NOLOGO", "DOTNET_HOST_PATH", "DOTNET_ROLL_FORWARD*",
        "DOTNET_MULTILEVEL_LOOKUP", "DOTNET_RUNNING_IN_CONTAINER", "DOTNET_SYSTEM_GLOBALIZATION_*",
    ];

    // They change how a runtime works, in all arms alike.
    private static readonly string[] s_noted = ["NODE_OPTIONS", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "PYTHONPATH", "LD_PRELOAD"];

    // Each loads a probe; that of Node.js comes before what the variable holds already.
    private static readonly string[] s_probe = ["DOTNET_STARTUP_HOOKS", "NODE_OPTIONS"];

    /// <summary>Gets the names of the variables that targets do not inherit.</summary>
    /// <param name="names">The names of the caller's variables.</param>
    public static IReadOnlyList<string> RemovedOf(IEnumerable<string> names) => [.. names.Where(IsRemoved).Order(StringComparer.Ordinal)];

    /// <summary>Gets the list for the manifest: each rule with the variables that it met.</summary>
    /// <param name="names">The names of the caller's variables.</param>
    /// <param name="hasProbe">Whether a probe is put into targets.</param>
    public static IReadOnlyList<EnvironmentChange> Describe(IReadOnlyCollection<string> names, bool hasProbe) =>
    [
        .. s_removed.Select(rule => new EnvironmentChange(EnvironmentChangeKind.Removed, rule, Met(rule, RemovedOf(names)))),
        .. s_noted.Select(rule => new EnvironmentChange(EnvironmentChangeKind.Kept, rule, Met(rule, names))).Where(change => change.Names.Count > 0),
        new EnvironmentChange(EnvironmentChangeKind.Set, "OTEL_EXPORTER_OTLP_*", ["OTEL_EXPORTER_OTLP_PROTOCOL", "OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_HEADERS"]),
        new EnvironmentChange(EnvironmentChangeKind.Set, "PERFLAB_*", hasProbe ? ["PERFLAB_PROCESS_TREE", "PERFLAB_PROBE_FOLDER"] : ["PERFLAB_PROCESS_TREE"]),
        .. hasProbe ? s_probe.Select(name => new EnvironmentChange(EnvironmentChangeKind.Set, name, [name])) : [],
    ];

    private static bool IsRemoved(string name) => s_removed.Any(rule => Matches(rule, name)) && !s_kept.Any(rule => Matches(rule, name));

    private static IReadOnlyList<string> Met(string rule, IEnumerable<string> names) => [.. names.Where(name => Matches(rule, name)).Order(StringComparer.Ordinal)];

    private static bool Matches(string rule, string name) =>
        rule.EndsWith('*') ? name.StartsWith(rule[..^1], StringComparison.Ordinal) : string.Equals(rule, name, StringComparison.Ordinal);
}
