using System.Text.RegularExpressions;

namespace PerfLab.Architecture.Tests.Projects;

/// <summary>A row of the table in <c>docs/architecture.md</c>.</summary>
/// <param name="Name">The project's name.</param>
/// <param name="MayReference">Full names of projects.</param>
/// <param name="Packages">What only this project may use; a name covers what begins with it and a dot.</param>
public sealed record Room(string Name, IReadOnlyList<string> MayReference, IReadOnlyList<string> Packages)
{
    public const string Document = "docs/architecture.md";

    private static readonly Regex Backticks = new("`(?<name>[^`]+)`", RegexOptions.NonBacktracking);

    public static IReadOnlyList<Room> All { get; } =
        [.. Checkout.Read(Document).Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(Parse)];

    public static Room? Find(string name) => All.FirstOrDefault(room => room.Name == name);

    /// <summary>Finds the rooms that alone may use a package or an assembly; none where every room may.</summary>
    public static IReadOnlyList<Room> OwnersOf(string package) => [.. All.Where(room => room.Owns(package))];

    /// <summary>Names rooms for a message.</summary>
    public static string Names(IReadOnlyList<Room> rooms) => string.Join(" and ", rooms.Select(room => room.Name));

    public bool Owns(string package) =>
        Packages.Any(own => package == own || package.StartsWith(own + ".", StringComparison.Ordinal));

    private static Room Parse(string row)
    {
        var cells = row.Split('|');
        return new Room(
            Quoted(cells[1]).Single(),
            [.. Quoted(cells[3]).Select(name => "PerfLab." + name)],
            Quoted(cells[4]));
    }

    private static IReadOnlyList<string> Quoted(string cell) => [.. Backticks.Matches(cell).Select(match => match.Groups["name"].Value)];
}
