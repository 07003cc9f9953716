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

    private static readonly string[] s_proxies = ["http_proxy", "https_proxy", "all_proxy"];

    // The same list under two names; programs read one or the other.
    private static readonly string[] s_withoutProxy = ["NO_PROXY", "no_proxy"];

    private static readonly string[] s_loopback = ["127.0.0.1", "localhost"];

    /// <summary>
    /// Gets what exempts the collector and the other processes of an arm from a proxy: <c>NO_PROXY</c> in both spellings, with what
    /// they hold; empty where no proxy is set.
    /// </summary>
    /// <param name="valueOf">Gets the value of a variable of the target; null or empty where it is not set.</param>
    public static IReadOnlyDictionary<string, string> WithoutProxy(Func<string, string?> valueOf)
    {
        if (!s_proxies.Any(name => IsSet(name) || IsSet(name.ToUpperInvariant())))
        {
            return new Dictionary<string, string>(StringComparer.Ordinal);
        }

        return s_withoutProxy.ToDictionary(name => name, name => With(s_withoutProxy.Prepend(name).FirstOrDefault(IsSet) is { } set ? valueOf(set)! : string.Empty), StringComparer.Ordinal);

        bool IsSet(string name) => !string.IsNullOrWhiteSpace(valueOf(name));

        // An asterisk exempts everything, and only where it stands alone.
        static string With(string hosts) => hosts.Trim() == "*" ? hosts
            : string.Join(',', hosts.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Concat(s_loopback).Distinct(StringComparer.OrdinalIgnoreCase));
    }

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
        .. names.Any(name => s_proxies.Contains(name, StringComparer.OrdinalIgnoreCase)) ? s_withoutProxy.Select(name => new EnvironmentChange(EnvironmentChangeKind.Set, name, [name])) : [],
        .. hasProbe ? s_probe.Select(name => new EnvironmentChange(EnvironmentChangeKind.Set, name, [name])) : [],
    ];

    private static bool IsRemoved(string name) => s_removed.Any(rule => Matches(rule, name)) && !s_kept.Any(rule => Matches(rule, name));

    private static IReadOnlyList<string> Met(string rule, IEnumerable<string> names) => [.. names.Where(name => Matches(rule, name)).Order(StringComparer.Ordinal)];

    private static bool Matches(string rule, string name) =>
        rule.EndsWith('*') ? name.StartsWith(rule[..^1], StringComparison.Ordinal) : string.Equals(rule, name, StringComparison.Ordinal);
}
