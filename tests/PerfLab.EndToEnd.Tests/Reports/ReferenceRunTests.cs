using System.Text.Json;
using PerfLab.EndToEnd.Tests.Programs;

namespace PerfLab.EndToEnd.Tests.Reports;

/// <summary>Runs that were measured once and for all: whatever the code becomes, it finds the same numbers in them.</summary>
public class ReferenceRunTests
{
    // Verdicts and reasons are judgments; these are what was measured.
    private static readonly string[] s_numbers = ["n", "value", "baseline", "ratio", "difference", "practical_threshold", "detectable_effect"];

    [Theory]
    [MemberData(nameof(ReferenceRun.Names), MemberType = typeof(ReferenceRun))]
    public async Task Every_number_of_a_reference_run_stays_the_same_to_the_last_bit(string name)
    {
        using var run = new ReferenceRun(name);

        var result = await run.ReportAsync();

        Assert.True(result.ExitCode is 0 or 99, result.ToString());
        using var then = run.SummaryOfThen();
        using var now = run.SummaryOfNow();
        var expected = Numbers(then);
        Assert.NotEmpty(expected);
        Assert.Equal(expected, Numbers(now));
    }

    // One line for each number. Results are written with the shortest digits that give the same double again, so equal text is equal bits.
    private static IReadOnlyList<string> Numbers(JsonDocument summary) =>
    [
        .. from arm in summary.RootElement.GetProperty("arms").EnumerateArray()
           from metric in arm.GetProperty("metrics").EnumerateArray()
           from number in s_numbers
           from line in Leaves($"{arm.GetProperty("name")} {metric.GetProperty("metric")} {number}", metric.GetProperty(number))
           select line,
    ];

    private static IEnumerable<string> Leaves(string path, JsonElement value) => value.ValueKind == JsonValueKind.Object
        ? value.EnumerateObject().SelectMany(member => Leaves($"{path}.{member.Name}", member.Value))
        : [$"{path}: {value.GetRawText()}"];
}
