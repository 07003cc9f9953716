using PerfLab.Analysis.Thresholds;
using PerfLab.Experiments;
using PerfLab.Experiments.Thresholds;

namespace PerfLab.Analysis.Runs;

/// <summary>Two runs side by side.</summary>
public sealed record RunComparison
{
    /// <summary>Gets the first run's name.</summary>
    public required string First { get; init; }

    /// <summary>Gets the second run's name.</summary>
    public required string Second { get; init; }

    /// <summary>Gets in which ways the machines differ; where they do, absolute numbers are not compared.</summary>
    public required IReadOnlyList<string> MachineDifferences { get; init; }

    /// <summary>Gets in which settings the runs differ that change what is measured.</summary>
    public required IReadOnlyList<SettingDifference> SettingDifferences { get; init; }

    /// <summary>Gets the runs whose numbers may not be used without reserve.</summary>
    public required IReadOnlyList<RunAnalysis> NotTrusted { get; init; }

    /// <summary>Gets what only one of the runs has, so that it is not compared.</summary>
    public required IReadOnlyList<RunComparisonGap> LeftOut { get; init; }

    /// <summary>Gets the arms that both have: their changes against the baseline of their own run.</summary>
    public required IReadOnlyList<MetricChange> Overheads { get; init; }

    /// <summary>Gets the arms that both have, the baseline among them: their values. Empty for different machines.</summary>
    public required IReadOnlyList<MetricChange> Values { get; init; }
}

/// <summary>An arm that only one of two runs has, or a metric of an arm that only one of them has an interval of.</summary>
/// <param name="Arm">The arm.</param>
/// <param name="Metric">The metric; null for the whole arm.</param>
/// <param name="IsInFirst">Whether the first run has it; else the second.</param>
public sealed record RunComparisonGap(string Arm, MetricId? Metric, bool IsInFirst)
{
    /// <summary>Gets a value indicating whether the arm is a variant; the baseline and the control have no cost.</summary>
    public bool IsVariant { get; init; } = true;
}

/// <summary>What came of a condition on the cost of an arm in two runs.</summary>
/// <param name="Condition">The condition, which must not hold.</param>
/// <param name="Arm">The arm; null where no arm is in both runs.</param>
/// <param name="Change">How its cost differs; null where one of the runs did not measure it.</param>
/// <param name="Outcome">Violated where the whole interval meets the condition, Proven where none of it does; NotDecided in between, and where a run is not trusted.</param>
public sealed record RunConditionResult(ChangeCondition Condition, string? Arm, Interval? Change, ThresholdOutcome Outcome)
{
    /// <summary>Gets a value indicating whether the arm, or its baseline, did something in one of the runs that hides what it costs.</summary>
    public bool IsFaulty { get; init; }

    /// <summary>Gets what the control of one of the runs says against it; null where both allow it.</summary>
    public ThresholdObstacle? Obstacle { get; init; }

    /// <summary>Gets a value indicating whether it lets a comparison fail: what is missing does not pass.</summary>
    /// <param name="failOnInconclusive">Whether what is not decided fails too.</param>
    public bool Fails(bool failOnInconclusive) => Change is null || IsFaulty || Outcome == ThresholdOutcome.Violated || (failOnInconclusive && Outcome == ThresholdOutcome.NotDecided);
}

/// <summary>A setting in which two runs differ.</summary>
/// <param name="Setting">The setting.</param>
/// <param name="First">Its value in the first run; null where it is too long for a sentence.</param>
/// <param name="Second">Its value in the second run.</param>
public sealed record SettingDifference(RunSetting Setting, string? First, string? Second)
{
    /// <summary>Gets the arm that it is a setting of; null for the whole run.</summary>
    public string? Arm { get; init; }
}

/// <summary>A setting that changes what is measured.</summary>
public enum RunSetting
{
    /// <summary>Not stated.</summary>
    Unknown = 0,

    /// <summary>The scenario's name.</summary>
    Scenario = 1,

    /// <summary>The load in requests per second.</summary>
    RatePerSecond = 2,

    /// <summary>The arrival process.</summary>
    Arrivals = 3,

    /// <summary>The runtime profile.</summary>
    Runtime = 4,

    /// <summary>The length of a slice.</summary>
    SliceSeconds = 5,

    /// <summary>The number of rounds.</summary>
    Rounds = 6,

    /// <summary>The number of arms that are alive side by side.</summary>
    ArmCount = 7,

    /// <summary>The name of the baseline.</summary>
    Baseline = 8,

    /// <summary>The target and its requests.</summary>
    Target = 9,

    /// <summary>The environment of an arm.</summary>
    Environment = 10,

    /// <summary>The commit or version of PerfLab.</summary>
    PerfLab = 11,

    /// <summary>The program that an arm starts in place of the target's own.</summary>
    Program = 12,

    /// <summary>What makes the load: a load tool with its number of connections, or PerfLab's own engine.</summary>
    Generator = 13,
}

/// <summary>One metric of one arm in two runs.</summary>
public sealed record MetricChange
{
    /// <summary>Gets the arm's name.</summary>
    public required string Arm { get; init; }

    /// <summary>Gets the metric.</summary>
    public required MetricId Metric { get; init; }

    /// <summary>Gets what the first run says: the change to its own baseline as a ratio, or the value itself in the metric's unit.</summary>
    public required Interval First { get; init; }

    /// <summary>Gets what the second run says.</summary>
    public required Interval Second { get; init; }

    /// <summary>Gets how the second differs from the first, as a ratio: 0.01 where a change of +9 % became one of +10.09 %.</summary>
    public required Interval Change { get; init; }

    /// <summary>Gets the practical threshold of the second run.</summary>
    public required double PracticalThreshold { get; init; }

    /// <summary>Gets the verdict on the change, by its interval; Invalid where one of the runs may decide nothing.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>Gets a value indicating whether the arm, or its baseline, did something in one of the runs that hides what it costs.</summary>
    public bool IsFaulty { get; init; }

    /// <summary>Gets a value indicating whether the control of one of the runs moved as much, so that the change is no verdict.</summary>
    public bool IsOverruledByControl { get; init; }

    /// <summary>Gets the comparisons of the metric by the controls of the runs.</summary>
    public IReadOnlyList<MetricComparison> Controls { get; init; } = [];
}
