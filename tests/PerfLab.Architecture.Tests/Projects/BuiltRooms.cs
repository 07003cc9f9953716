using ArchUnitNET.Domain;
using ArchUnitNET.Loader;

namespace PerfLab.Architecture.Tests.Projects;

/// <summary>The assemblies of all rooms as <c>run.sh</c> builds them, read without loading them.</summary>
public static class BuiltRooms
{
    private static readonly Lazy<ArchUnitNET.Domain.Architecture> Loaded = new(() => new ArchLoader()
        .LoadFilteredDirectory(Checkout.FullPath("artifacts/perflab"), "PerfLab.*.dll")
        .LoadFilteredDirectory(Checkout.FullPath("artifacts/perflab"), "perflab.dll")
        .LoadFilteredDirectory(Checkout.FullPath("artifacts/probe"), "PerfLab.Probe.dll")
        .LoadFilteredDirectory(Checkout.FullPath("artifacts/micro"), "PerfLab.MicroBenchmarks.dll")
        .Build());

    /// <summary>Full paths of the assemblies by room.</summary>
    public static IReadOnlyDictionary<string, string> Assemblies { get; } = ProjectFile.Sources
        .Where(project => project.Name.StartsWith("PerfLab.", StringComparison.Ordinal))
        .ToDictionary(project => project.Name, project => AssemblyOf(project.Name));

    /// <summary>Our own types, without those that the compiler made.</summary>
    public static IEnumerable<IType> Types => Loaded.Value.Types.Where(type => RoomOf(type) is not null);

    /// <summary>Finds the room of a type; null for types of the framework and of packages.</summary>
    public static string? RoomOf(IType type)
    {
        if (type is GenericParameter)
        {
            return null;
        }

        var assembly = type.Assembly.Name.Split(',')[0];
        var room = assembly == "perflab" ? "PerfLab.Cli" : assembly;
        return Assemblies.ContainsKey(room) ? room : null;
    }

    private static string AssemblyOf(string room) => Checkout.FullPath(room switch
    {
        "PerfLab.Cli" => "artifacts/perflab/perflab.dll",
        "PerfLab.MicroBenchmarks" => "artifacts/micro/PerfLab.MicroBenchmarks.dll",
        "PerfLab.Probe" => "artifacts/probe/PerfLab.Probe.dll",
        _ => $"artifacts/perflab/{room}.dll",
    });
}
