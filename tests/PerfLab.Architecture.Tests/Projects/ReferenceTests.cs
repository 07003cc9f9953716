namespace PerfLab.Architecture.Tests.Projects;

/// <summary>The table of projects in <c>docs/architecture.md</c>, kept by the project files.</summary>
public sealed class ReferenceTests
{
    /// <summary>They look at everything, so they may reference everything.</summary>
    private static readonly string[] Overseers = ["PerfLab.Architecture.Tests", "PerfLab.EndToEnd.Tests", "PerfLab.Cli.Tests"];

    [Fact]
    public void Every_project_under_src_is_a_row_of_the_table_and_the_other_way_round() =>
        Rule.IsKept(
            ProjectFile.Sources.Select(project => project.Name).Except(Room.All.Select(room => room.Name)).Select(name => $"{name} is in src/ but not in the table")
                .Concat(Room.All.Select(room => room.Name).Except(ProjectFile.Sources.Select(project => project.Name)).Select(name => $"{name} is in the table but not in src/")),
            $"The table in {Room.Document} and src/ disagree. Add or remove the row.");

    [Fact]
    public void A_project_references_only_what_the_table_allows() =>
        Rule.IsKept(
            from project in ProjectFile.Sources
            let room = Room.Find(project.Name)
            where room is not null
            from reference in project.References.Except(room.MayReference)
            select $"{project.Path} references {reference}",
            $"A reference is not in the table in {Room.Document}. Move the code to a room that may have it; a new arrow is a design change.");

    [Fact]
    public void Tests_reference_their_project_and_what_that_one_may_reference() =>
        Rule.IsKept(
            from tests in ProjectFile.Tests
            where !Overseers.Contains(tests.Name)
            let subject = tests.Name[..^".Tests".Length]
            from reference in tests.References.Except([subject, .. Room.Find(subject)?.MayReference ?? []])
            select $"{tests.Path} references {reference}",
            "A test project reaches beyond its subject. Test that in the project it belongs to, or end to end.");

    [Fact]
    public void A_package_with_an_owner_is_referenced_by_its_owner_alone() =>
        Rule.IsKept(
            from project in ProjectFile.Sources
            from package in project.Packages
            let owners = Room.OwnersOf(package)
            where owners.Count > 0 && owners.All(owner => owner.Name != project.Name) && (project.Name.StartsWith("PerfLab.", StringComparison.Ordinal) || owners.Any(owner => owner.Name == "PerfLab.Cli"))
            select $"{project.Path} references {package}, which belongs to {Room.Names(owners)}",
            $"A package is used outside the room that the table in {Room.Document} gives it to. Ask that room for a type of its own.");

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = Checkout.Read("PerfLab.sln").Replace('\\', '/');
        Rule.IsKept(
            ProjectFile.All.Select(project => project.Path).Where(path => !solution.Contains(path, StringComparison.Ordinal)),
            "A project is missing from PerfLab.sln, so run.sh test does not build it. Run: dotnet sln add PROJECT");
    }

    [Fact]
    public void An_integration_is_outside_the_solution_and_nothing_depends_on_it()
    {
        var solution = Checkout.Read("PerfLab.sln").Replace('\\', '/');
        Rule.IsKept(
            from integration in ProjectFile.Integrations
            where solution.Contains(integration.Path, StringComparison.Ordinal) || ProjectFile.All.Any(project => Checkout.Read(project.Path).Contains(integration.Name, StringComparison.Ordinal))
            select integration.Path,
            "The solution needs an integration, whose packages cannot be restored everywhere. Leave it out, and start it as a program:");
    }

    [Fact]
    public void Every_project_has_its_lock_file() =>
        Rule.IsKept(
            ProjectFile.All.Select(project => $"{project.Folder}/packages.lock.json").Where(path => !File.Exists(Checkout.FullPath(path))),
            "A lock file is missing. Build the project and commit the file that the restore writes.");
}
