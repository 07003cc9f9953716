using ArchUnitNET.Domain;
using ArchUnitNET.Domain.Extensions;
using PerfLab.Architecture.Tests.Checkouts;

namespace PerfLab.Architecture.Tests.Projects;

/// <summary>The folders of a project, which are its namespaces, can be read one after another.</summary>
public sealed class FolderCycleTests
{
    [Fact]
    public void The_folders_of_a_project_form_no_cycle() =>
        Rule.IsKept(
            BuiltRooms.Types.GroupBy(BuiltRooms.RoomOf).SelectMany(room => CyclesIn([.. room])),
            "Folders of one project use each other in a circle. Move the type that closes it, or turn the dependency round.");

    private static IEnumerable<string> CyclesIn(IReadOnlyList<IType> types)
    {
        var arrows = (
            from type in types
            where type.Namespace.FullName.Length > 0
            from target in type.GetTypeDependencies()
            where BuiltRooms.RoomOf(target) == BuiltRooms.RoomOf(type) && target.Namespace.FullName.Length > 0 && target.Namespace.FullName != type.Namespace.FullName
            group $"{type.Name} -> {target.Name}" by (From: type.Namespace.FullName, To: target.Namespace.FullName))
            .ToDictionary(group => group.Key, group => group.Distinct().Order(StringComparer.Ordinal).First());
        var folders = arrows.Keys.ToLookup(arrow => arrow.From, arrow => arrow.To);
        foreach (var (from, to) in arrows.Keys.Order())
        {
            // Each circle is told once, from its first folder.
            var back = ShortestWay(folders, to, from);
            if (back is not null && back.All(folder => string.CompareOrdinal(from, folder) <= 0))
            {
                string[] circle = [from, .. back];
                var steps = circle.Zip(circle.Skip(1), (a, b) => $"{a} -> {b} ({arrows[(a, b)]})");
                yield return string.Join(", ", steps);
            }
        }
    }

    /// <returns>The folders from the first to the last, both included, or null.</returns>
    private static List<string>? ShortestWay(ILookup<string, string> arrows, string first, string last)
    {
        var ways = new Queue<List<string>>([[first]]);
        var seen = new HashSet<string> { first };
        while (ways.TryDequeue(out var way))
        {
            if (way[^1] == last)
            {
                return way;
            }

            foreach (var next in arrows[way[^1]].Where(seen.Add))
            {
                ways.Enqueue([.. way, next]);
            }
        }

        return null;
    }
}
