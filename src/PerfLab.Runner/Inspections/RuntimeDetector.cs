using System.Globalization;
using PerfLab.Experiments.Inspections;

namespace PerfLab.Runner.Inspections;

/// <summary>Tells the runtime of a process by its program and by the libraries that it has loaded.</summary>
internal static class RuntimeDetector
{
    // A published .NET program, a JVM in a native launcher and an embedded interpreter have names of their own.
    private static readonly (string Library, ServiceRuntime Runtime)[] s_libraries =
    [
        ("libcoreclr.so", ServiceRuntime.DotNet),
        ("libjvm.so", ServiceRuntime.Java),
        ("libnode.so", ServiceRuntime.Node),
        ("libpython", ServiceRuntime.Python),
    ];

    private static readonly (string Program, ServiceRuntime Runtime)[] s_programs =
    [
        ("node", ServiceRuntime.Node),
        ("nodejs", ServiceRuntime.Node),
        ("python", ServiceRuntime.Python),
        ("java", ServiceRuntime.Java),
        ("dotnet", ServiceRuntime.DotNet),
    ];

    /// <summary>Finds the runtime of the processes that serve.</summary>
    /// <param name="processIds">The processes; the first whose runtime is known tells.</param>
    public static ServiceRuntime Of(IReadOnlyList<int> processIds)
    {
        if (!OperatingSystem.IsLinux())
        {
            return ServiceRuntime.Unknown;
        }

        var runtimes = processIds.Select(Of).ToArray();
        return runtimes.FirstOrDefault(runtime => runtime is not (ServiceRuntime.Other or ServiceRuntime.Unknown), runtimes.FirstOrDefault());
    }

    private static ServiceRuntime Of(int processId)
    {
        try
        {
            var libraries = File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/maps"));
            var program = new FileInfo(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/exe")).LinkTarget;
            return Of(Path.GetFileName(program), libraries);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return ServiceRuntime.Unknown;
        }
    }

    // A single file of .NET has the runtime in itself; its extracted or mapped libraries are still named.
    private static ServiceRuntime Of(string? program, IEnumerable<string> libraries)
    {
        // python3.12 is a python.
        var name = program?.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '.');
        if (s_programs.FirstOrDefault(known => known.Program == name) is { Runtime: not ServiceRuntime.Unknown } byName)
        {
            return byName.Runtime;
        }

        return libraries
            .Select(line => s_libraries.FirstOrDefault(known => line.Contains(known.Library, StringComparison.Ordinal)).Runtime)
            .FirstOrDefault(runtime => runtime != ServiceRuntime.Unknown, ServiceRuntime.Other);
    }
}
