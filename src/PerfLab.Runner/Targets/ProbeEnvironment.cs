namespace PerfLab.Runner.Targets;

/// <summary>
/// The environment variables that put the probes into a target: one that .NET's startup hooks load, and one that Node.js
/// requires before the program. Other programs pay no attention to them.
/// </summary>
internal static class ProbeEnvironment
{
    private const string NodeOptions = "NODE_OPTIONS";

    // The permission model of Node.js 20 and the policies of 18 and 20 forbid a program to load what its author does not list.
    private static readonly string[] s_nodeRestrictions = ["--experimental-permission", "--experimental-policy"];

    /// <summary>Adds the variables; a value that the scenario gives stays, and what Node.js is told already stays behind the probe.</summary>
    /// <param name="variables">The target's variables, those of the scenario among them.</param>
    /// <param name="command">The target's command.</param>
    /// <param name="assembly">Path of the .NET probe; the one for Node.js lies in a folder beside it.</param>
    /// <param name="folder">The folder of the probes' sockets.</param>
    public static void AddTo(Dictionary<string, string?> variables, IReadOnlyList<string> command, string assembly, string folder)
    {
        variables["PERFLAB_PROBE_FOLDER"] = folder;
        if (variables.GetValueOrDefault("DOTNET_STARTUP_HOOKS") is null)
        {
            variables["DOTNET_STARTUP_HOOKS"] = assembly;
        }

        var script = Path.Combine(Path.GetDirectoryName(assembly) ?? string.Empty, "Node", "probe.cjs");
        var options = variables.TryGetValue(NodeOptions, out var value) ? value : Environment.GetEnvironmentVariable(NodeOptions);
        var isRestricted = s_nodeRestrictions.Any(restriction =>
            command.Append(options).Any(words => words?.Contains(restriction, StringComparison.Ordinal) == true));
        if (File.Exists(script) && !isRestricted)
        {
            variables[NodeOptions] = $"--require {Quote(script)} {options}".TrimEnd();
        }
    }

    // Node.js takes double quotes in NODE_OPTIONS, and a backslash in them as an escape.
    private static string Quote(string path) =>
        $"\"{path.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
