using PerfLab.Experiments.Inspections;
using PerfLab.Runner.Machines;

namespace PerfLab.Runner.Diagnosis;

/// <summary>Tells the runtime of a command before it is started, as far as its file says it.</summary>
internal static class CommandRuntime
{
    private static readonly Dictionary<string, ServiceRuntime> s_programs = new(StringComparer.OrdinalIgnoreCase)
    {
        ["dotnet"] = ServiceRuntime.DotNet,
        ["node"] = ServiceRuntime.Node,
        ["nodejs"] = ServiceRuntime.Node,
        ["npm"] = ServiceRuntime.Node,
        ["npx"] = ServiceRuntime.Node,
        ["python"] = ServiceRuntime.Python,
        ["java"] = ServiceRuntime.Java,
        ["ruby"] = ServiceRuntime.Other,
        ["php"] = ServiceRuntime.Other,
        ["perl"] = ServiceRuntime.Other,
        ["deno"] = ServiceRuntime.Other,
        ["bun"] = ServiceRuntime.Other,
    };

    // What they start is known only when it runs.
    private static readonly HashSet<string> s_wrappers = new(StringComparer.OrdinalIgnoreCase)
    {
        "sh", "bash", "dash", "zsh", "env", "nice", "ionice", "taskset", "setpriv", "setsid", "numactl", "chrt", "stdbuf", "timeout", "sudo", "docker", "podman",
    };

    // In every program that .NET's SDK makes, a single file or not (dotnet/runtime, src/native/corehost/bundle_marker.cpp).
    private static readonly byte[] s_hostMark = Convert.FromHexString("8B1202B96A612038727B930214D7A03213F5B9E6EFAE3318EE3B2DCE24B36AAE");

    /// <summary>Finds the runtime.</summary>
    /// <param name="program">The first word of the command.</param>
    /// <param name="folder">The folder to which a relative path belongs.</param>
    /// <returns><see cref="ServiceRuntime.Unknown"/> where only the running process can tell.</returns>
    public static ServiceRuntime Of(string program, string folder)
    {
        var name = NameOf(program);
        if (s_programs.TryGetValue(name, out var known))
        {
            return known;
        }

        var isPath = program.Contains('/', StringComparison.Ordinal) || program.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal);
        var file = isPath ? Path.GetFullPath(program, folder) : SystemTool.Find(program);
        return s_wrappers.Contains(name) || file is null || !File.Exists(file) ? ServiceRuntime.Unknown : OfFile(file);
    }

    private static ServiceRuntime OfFile(string file)
    {
        using var stream = File.OpenRead(file);
        Span<byte> head = stackalloc byte[128];
        head = head[..stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        if (head.StartsWith("#!"u8))
        {
            return OfScript(System.Text.Encoding.UTF8.GetString(head));
        }

        var isProgram = head.StartsWith("\u007fELF"u8) || head.StartsWith("MZ"u8);
        return !isProgram ? ServiceRuntime.Unknown : File.ReadAllBytes(file).AsSpan().IndexOf(s_hostMark) >= 0 ? ServiceRuntime.DotNet : ServiceRuntime.Other;
    }

    // "#!/usr/bin/env node", "#!/usr/bin/python3 -u".
    private static ServiceRuntime OfScript(string head) => head[2..].Split('\n')[0]
        .Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Select(NameOf)
        .Select(name => s_programs.GetValueOrDefault(name))
        .FirstOrDefault(runtime => runtime != ServiceRuntime.Unknown);

    // python3.12 is a python.
    private static string NameOf(string program)
    {
        var name = Path.GetFileName(program);
        return (name.EndsWith(".exe", StringComparison.OrdinalIgnoreCase) ? name[..^4] : name).TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '.');
    }
}
