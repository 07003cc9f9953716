using ArchUnitNET.Domain;
using ArchUnitNET.Domain.Extensions;

namespace PerfLab.Architecture.Tests.Projects;

/// <summary>
/// The folders of a project, which are its namespaces, can be read one after another. A folder counts with everything
/// inside it, and the files that lie directly in a project's root are a folder like any other.
/// </summary>
public sealed class FolderCycleTests
{
    [Fact]
    public void The_folders_of_a_project_form_no_cycle() =>
        Rule.IsKept(
            BuiltRooms.Types.GroupBy(BuiltRooms.RoomOf).SelectMany(room => CirclesIn(ArrowsBetween([.. room]))),
            "Folders of one project use each other in a circle. Move the type that closes it, or turn the dependency round.");

    private static Dictionary<(string From, string To), string> ArrowsBetween(IReadOnlyList<IType> types) => (
        from type in types
        from target in type.GetTypeDependencies()
        where BuiltRooms.RoomOf(target) == BuiltRooms.RoomOf(type)
        let siblings = Siblings(type.Namespace.FullName.Split('.'), target.Namespace.FullName.Split('.'))
        where siblings is not null
        group $"{type.Name} -> {target.Name}" by siblings.Value)
        .ToDictionary(arrow => arrow.Key, arrow => Describe([.. arrow.Distinct().Order(StringComparer.Ordinal)]));

    /// <returns>
    /// The two folders side by side where the ways to the namespaces part; where one lies within the other, the outer one's
    /// own files and the inner folder. Null for types of the same folder.
    /// </returns>
    private static (string From, string To)? Siblings(string[] from, string[] to)
    {
        var common = from.Zip(to).TakeWhile(pair => pair.First == pair.Second).Count();
        return from.Length == common && to.Length == common ? null : (Folder(from, common), Folder(to, common));
    }

    private static string Folder(string[] name, int common) =>
        name.Length == common ? $"{string.Join('.', name)} (root)" : string.Join('.', name.Take(common + 1));

    private static string Describe(IReadOnlyList<string> uses) =>
        string.Join(", ", uses.Take(3)) + (uses.Count > 3 ? $" and {uses.Count - 3} more" : "");

    private static IEnumerable<string> CirclesIn(Dictionary<(string From, string To), string> arrows)
    {
        var ways = arrows.Keys.ToLookup(arrow => arrow.From, arrow => arrow.To);
        foreach (var (from, to) in arrows.Keys.Order())
        {
            // Each circle is told once, from its first folder.
            var back = ShortestWay(ways, to, from);
            if (back is not null && back.TrueForAll(folder => string.CompareOrdinal(from, folder) <= 0))
            {
                string[] circle = [from, .. back];
                yield return string.Join("\n    then ", circle.Zip(circle.Skip(1), (a, b) => $"{a} uses {b} ({arrows[(a, b)]})"));
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
