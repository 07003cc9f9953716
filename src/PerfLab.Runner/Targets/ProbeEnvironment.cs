using PerfLab.Experiments.Scenarios;

namespace PerfLab.Runner.Targets;

/// <summary>
/// The environment variables that put the probes into a target: one that .NET's startup hooks load, and one that Node.js
/// requires before the program. Other programs pay no attention to them.
/// </summary>
internal static class ProbeEnvironment
{
    private const string NodeOptions = "NODE_OPTIONS";

    private const string StartupHooks = "DOTNET_STARTUP_HOOKS";

    /// <summary>Adds the variables; what .NET and Node.js are told to load already stays behind the probe, and an empty list of hooks stays empty, as does that of a .NET too old for the probe.</summary>
    /// <param name="variables">The target's variables, those of the scenario among them.</param>
    /// <param name="command">The target's command.</param>
    /// <param name="workingFolder">The folder to which relative paths in it belong.</param>
    /// <param name="assembly">Path of the .NET probe; the one for Node.js lies in a folder beside it.</param>
    /// <param name="folder">The folder of the probes' sockets.</param>
    public static void AddTo(Dictionary<string, string?> variables, IReadOnlyList<string> command, string workingFolder, string assembly, string folder)
    {
        variables["PERFLAB_PROBE_FOLDER"] = folder;
        var hooks = variables.GetValueOrDefault(StartupHooks);
        if (RequestedRuntime.TooOld(command, workingFolder) is null && (hooks is null || (hooks.Length > 0 && !hooks.Split(Path.PathSeparator).Contains(assembly, StringComparer.Ordinal))))
        {
            variables[StartupHooks] = hooks is null ? assembly : $"{assembly}{Path.PathSeparator}{hooks}";
        }

        var script = Path.Combine(Path.GetDirectoryName(assembly) ?? string.Empty, "Node", "probe.cjs");
        var options = variables.TryGetValue(NodeOptions, out var value) ? value : Environment.GetEnvironmentVariable(NodeOptions);
        if (File.Exists(script) && CommandProgram.NodeRestriction(command, options) is null)
        {
            variables[NodeOptions] = $"--require {Quote(script)} {options}".TrimEnd();
        }
    }

    // Node.js takes double quotes in NODE_OPTIONS, and a backslash in them as an escape.
    private static string Quote(string path) =>
        $"\"{path.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
