using ArchUnitNET.Domain;

namespace PerfLab.Architecture.Tests.Projects;

/// <summary>
/// One fact has one type: what two records have in common is a record of its own, which both contain. A copied member is one
/// that somebody forgets to copy.
/// </summary>
public sealed class RecordTests
{
    /// <summary>Fewer may be chance: a name, a count and a duration are in many records.</summary>
    private const int MostCommonMembers = 4;

    /// <summary>Pairs that share more, each with the reason. Take a pair out as soon as it has one record.</summary>
    private static readonly Dictionary<string, string> s_exceptions = new(StringComparer.Ordinal)
    {
        // Files of a format that stays readable: a member of its own would move these fields into an object of their own.
        ["BaselineBenchRecord and CollectorBenchRecord"] = "the head of a bench's file is flat on disk",
        ["BaselineBenchRecord and ProbeBenchRecord"] = "the head of a bench's file is flat on disk",
        ["CollectorBenchRecord and ProbeBenchRecord"] = "the head of a bench's file is flat on disk",
        ["LoadTestSecond and SliceRecord"] = "the counts of a second and of a slice are flat on disk",
        ["Plan and CapacityRecord"] = "a plan is repeated in what a capacity search writes, flat on disk",
        ["ArmTelemetryCounts and SpanLedger"] = "the span ledger is flat on disk",
        ["PlannedArm and Variant"] = "plan.json has an arm's variant flat",

        // Different things for different readers.
        ["MetricComparison and MetricSummary"] = "summary.json is a published format, the comparison is free to change",
        ["RunDecision and DecisionSummary"] = "summary.json is a published format, the decision is free to change",

        ["RequestRecord and RequestSummary"] = "summary.json is a published format, the record is one of the raw files",

        // To be made one.
        ["ReportSection and TerminalSection"] = "the table of a report, with marks in the one and without in the other",
        ["ScenarioFault and YamlFault"] = "the same fault with and without its file",
    };

    [Fact]
    public void No_two_records_share_more_than_four_members()
    {
        var alike = Alike().ToList();
        Rule.IsKept(
            alike.Where(pair => !s_exceptions.ContainsKey(pair.Names)).Select(pair => $"{pair.Names}: {pair.Common}"),
            $"Two records have more than {MostCommonMembers} members of the same name and type. Make what they share one record and embed it:");
        Rule.IsKept(
            s_exceptions.Keys.Except(alike.Select(pair => pair.Names), StringComparer.Ordinal),
            "An exception is no longer needed. Remove it:");
    }

    private static IEnumerable<(string Names, string Common)> Alike()
    {
        var records = BuiltRooms.Types.Where(IsRecord).OrderBy(type => type.FullName, StringComparer.Ordinal)
            .Select(type => (Type: type, Members: MembersOf(type))).Where(record => record.Members.Count > MostCommonMembers).ToList();
        for (var first = 0; first < records.Count; first++)
        {
            foreach (var (type, members) in records.Skip(first + 1))
            {
                string[] common = [.. members.Intersect(records[first].Members, StringComparer.Ordinal).Order(StringComparer.Ordinal)];
                if (common.Length > MostCommonMembers)
                {
                    yield return ($"{records[first].Type.Name} and {type.Name}", string.Join(", ", common));
                }
            }
        }
    }

    // The compiler gives every record, class or struct, this method.
    private static bool IsRecord(IType type) => type.Members.Any(member => member.Name.StartsWith("PrintMembers(", StringComparison.Ordinal));

    // Members that hold something: what is computed from others is no second copy.
    private static HashSet<string> MembersOf(IType type) => type.Members.OfType<PropertyMember>()
        .Where(property => property.IsAutoProperty && property.IsStatic != true)
        .Select(property => $"{TypeName(property)} {property.Name}")
        .ToHashSet(StringComparer.Ordinal);

    private static string TypeName(PropertyMember property)
    {
        // long? is Nullable of long: the arguments count.
        var arguments = property.Getter?.ReturnTypeInstance.GenericArguments.Select(argument => argument.Type.Name) ?? [];
        return $"{property.Type.FullName}<{string.Join(", ", arguments)}>";
    }
}
