using PerfLab.Analysis.Thresholds;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Thresholds;

namespace PerfLab.Reporting.Tests.Fixture;

/// <summary>A run in which every text that comes from a file tries to be more than text.</summary>
internal static class HostileRun
{
    public const string Script = "<script>document.title='owned'</script>";
    public const string Attribute = "\" onmouseover=\"document.title='owned'\" x=\"";
    public const string Image = "'><img src=https://evil.example/x onerror=document.title='owned'>";
    public const string TurnedAround = "safe\u202Egnp.exe";

    public static IReadOnlyList<string> Names { get; } =
    [
        Script,
        Attribute,
        Image,
        TurnedAround,
        "</title></style></svg></table><h1>owned",
        "a|b\n| c | `d` | **e**",
        "日本語 🦊",
        "مرحبا",
        "lone \ud800 surrogate \0 and \u0007 bell",
        new string('W', 400),
        "]]><!-- &amp; &lt; -->",
        "@everyone #1 $x$ [a](https://evil.example) ![b](https://evil.example)",
    ];

    public static SyntheticRun Create() => new()
    {
        Arms =
        [
            .. Names.Select((name, index) => new SyntheticArm(
                name,
                $"{name} {Script}",
                index switch { 0 => ArmRole.Baseline, 1 => ArmRole.Control, _ => ArmRole.Variant },
                1 + (0.02 * index),
                1 + (0.03 * index),
                1,
                index)),
        ],
        Question = Script + Attribute,
        RunId = Image,
        Thresholds = [.. Names.Select(name => new RunThresholdResult(
            Threshold.Parse("errors==0") with { Text = name, Condition = name },
            ThresholdOutcome.Violated,
            [new ArmThresholdResult(name, ThresholdOutcome.Violated, new ThresholdEvidence.NoSuchArm())]))],
        Findings =
        [
            .. Names.Select(name => new Finding(FindingSeverity.Warning, name, name, name, name)),
        ],
    };
}
