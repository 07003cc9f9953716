using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using ArchUnitNET.Domain;
using ArchUnitNET.Domain.Dependencies;
using ArchUnitNET.Domain.Extensions;

namespace PerfLab.Architecture.Tests.Projects;

/// <summary>The same rules, kept by what was compiled: a package also arrives through another project.</summary>
public sealed class AssemblyTests
{
    [Fact]
    public void A_package_with_an_owner_is_used_by_its_owner_alone() =>
        Rule.IsKept(
            from room in BuiltRooms.Assemblies
            from used in ReferencesOf(room.Value)
            let owners = Room.OwnersOf(used)
            where owners.Count > 0 && owners.All(owner => owner.Name != room.Key)
            select $"{room.Key} uses {used}, which belongs to {Room.Names(owners)}",
            $"A package is used outside the room that the table in {Room.Document} gives it to. Ask that room for a type of its own.");

    [Fact]
    public void The_probe_depends_on_the_runtime_alone() =>
        Rule.IsKept(
            ReferencesOf(BuiltRooms.Assemblies["PerfLab.Probe"]).Where(used => !used.StartsWith("System.", StringComparison.Ordinal)),
            "The probe is loaded into foreign services: whatever it brings along could clash with theirs. Do without:");

    [Fact]
    public void A_type_of_a_package_with_an_owner_stands_in_no_public_signature() =>
        Rule.IsKept(
            from type in BuiltRooms.Types
            where IsSeenOutside(type)
            from dependency in type.Dependencies
            where IsPartOfSignature(dependency)
            from shown in dependency.TargetGenericArguments.SelectMany(Flatten).Prepend(dependency.Target)
            where Room.OwnersOf(shown.FullName).Count > 0
            select $"{type.FullName} shows {shown.FullName}",
            "A public signature shows a type of a package that belongs to one room, and so forces it on others. Wrap it:");

    [Theory]
    [InlineData("PerfLab.Statistics", "System.IO.", "numbers come as arguments")]
    [InlineData("PerfLab.Statistics", "System.Diagnostics.", "statistics know no clock and no process")]
    [InlineData("PerfLab.Statistics", "System.TimeProvider", "statistics know no clock")]
    [InlineData("PerfLab.Analysis", "System.Diagnostics.Process", "the analysis works on files alone")]
    [InlineData("PerfLab.Analysis", "System.Net.", "the analysis works on files alone")]
    [InlineData("PerfLab.Reporting", "System.Diagnostics.Process", "reports are rebuilt from files alone")]
    [InlineData("PerfLab.Reporting", "System.Net.Http", "a report is made and opened without a network")]
    public void A_room_stays_away_from(string room, string forbidden, string reason) =>
        Rule.IsKept(
            from type in BuiltRooms.Types
            where BuiltRooms.RoomOf(type) == room
            from target in type.GetTypeDependencies()
            where target.FullName.StartsWith(forbidden, StringComparison.Ordinal)
            select $"{type.FullName} uses {target.FullName}",
            $"{room} must not use {forbidden}*: {reason}.");

    private static IEnumerable<IType> Flatten(GenericArgument argument) =>
        argument.GenericArguments.SelectMany(Flatten).Prepend(argument.Type);

    private static bool IsSeenOutside(IType type) =>
        type.Visibility == Visibility.Public;

    private static bool IsPartOfSignature(ITypeDependency dependency) => dependency switch
    {
        IMemberTypeDependency { OriginMember.Visibility: not (Visibility.Public or Visibility.Protected or Visibility.ProtectedInternal) } => false,
        BodyTypeMemberDependency => false,
        IMemberTypeDependency => dependency is MethodSignatureDependency or FieldTypeDependency or PropertyTypeDependency,
        _ => dependency is InheritsBaseClassDependency or ImplementsInterfaceDependency,
    };

    private static List<string> ReferencesOf(string assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        var metadata = file.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))];
    }
}
