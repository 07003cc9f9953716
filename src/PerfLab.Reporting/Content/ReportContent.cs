using PerfLab.Experiments.Results;
using PerfLab.Experiments;
using PerfLab.Reporting.Wording;

namespace PerfLab.Reporting.Content;

/// <summary>Everything that a report says, as text in reading order, before any markup.</summary>
internal sealed record ReportContent
{
    /// <summary>Gets the run's name.</summary>
    public required string RunId { get; init; }

    /// <summary>Gets the scenario's name.</summary>
    public required string Scenario { get; init; }

    /// <summary>Gets the question.</summary>
    public required string Question { get; init; }

    /// <summary>Gets the answer in one sentence, with a full stop.</summary>
    public required string Headline { get; init; }

    /// <summary>Gets how far the recommendation is settled.</summary>
    public required DecisionLabel Decision { get; init; }

    /// <summary>Gets what is said where the scenario asks for no recommendation; null where it does.</summary>
    public required string? WithoutConditions { get; init; }

    /// <summary>Gets what would change the recommendation, a sentence each; empty where nothing is recommended.</summary>
    public required IReadOnlyList<string> WhatWouldChangeIt { get; init; }

    /// <summary>Gets the table of the first screen.</summary>
    public required ArmOverview Overview { get; init; }

    /// <summary>Gets the trust level as shown.</summary>
    public required TrustLabel TrustLabel { get; init; }

    /// <summary>Gets on how much the intervals rest.</summary>
    public required string TrustBasis { get; init; }

    /// <summary>Gets the sentence with the control's intervals.</summary>
    public required string TrustSentence { get; init; }

    /// <summary>Gets what carried or lowered the trust, a sentence each.</summary>
    public required IReadOnlyList<string> TrustReasons { get; init; }

    /// <summary>Gets why the run is shorter than planned; null when it is not.</summary>
    public required string? Interruption { get; init; }

    /// <summary>Gets the control judged on the primary metrics.</summary>
    public required IReadOnlyList<ControlLine> Control { get; init; }

    /// <summary>Gets the few figures that say how much work the numbers rest on.</summary>
    public required IReadOnlyList<Fact> KeyFacts { get; init; }

    /// <summary>Gets what the run says of its thresholds; empty where the scenario has none.</summary>
    public required IReadOnlyList<ThresholdLine> Thresholds { get; init; }

    /// <summary>Gets sections that only some runs have.</summary>
    public required IReadOnlyList<ReportSection> Extra { get; init; }

    /// <summary>Gets what is said of the traces themselves: the ledger, the map, waterfalls, personal data.</summary>
    public required IReadOnlyList<ReportSection> Traces { get; init; }

    /// <summary>Gets what is known of the machine's noise, to stand beside the verdicts.</summary>
    public required IReadOnlyList<string> Noise { get; init; }

    /// <summary>Gets the answers in plan order.</summary>
    public required IReadOnlyList<ArmAnswer> Answers { get; init; }

    /// <summary>Gets the tables.</summary>
    public required IReadOnlyList<ReportTable> Tables { get; init; }

    /// <summary>Gets every number of every metric.</summary>
    public required IReadOnlyList<DetailTable> Details { get; init; }

    /// <summary>Gets the findings, the gravest first.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>Gets how it was measured, a paragraph each.</summary>
    public required IReadOnlyList<Fact> Method { get; init; }

    /// <summary>Gets what the verdicts mean.</summary>
    public required IReadOnlyList<Fact> Verdicts { get; init; }

    /// <summary>Gets the machine.</summary>
    public required IReadOnlyList<Fact> Machine { get; init; }

    /// <summary>Gets the environment variables that every target got.</summary>
    public required IReadOnlyList<Fact> RuntimeKnobs { get; init; }

    /// <summary>Gets the program of each arm, where it is another than the target's, and its environment variables; a line each.</summary>
    public required IReadOnlyList<Fact> ArmSettings { get; init; }

    /// <summary>Gets what could not be measured, a sentence each.</summary>
    public required IReadOnlyList<string> NotMeasured { get; init; }

    /// <summary>Gets the command that writes this report again.</summary>
    public required string RebuildCommand { get; init; }
}

/// <summary>The answer for one arm, with the findings that are about it.</summary>
/// <param name="Arm">The arm's name.</param>
/// <param name="Mark">The word that marks baseline and control; null for a variant.</param>
/// <param name="Meaning">The arm's one-line meaning.</param>
/// <param name="Answer">The sentence of answer.</param>
/// <param name="Findings">Warnings and worse about this arm.</param>
internal sealed record ArmAnswer(string Arm, string? Mark, string Meaning, string Answer, IReadOnlyList<Finding> Findings);

/// <summary>What the control showed for one primary metric.</summary>
/// <param name="Metric">The metric's title.</param>
/// <param name="Change">The control's change against the baseline; null where there is none.</param>
/// <param name="Range">Its interval; null where there is none.</param>
/// <param name="Threshold">The practical threshold, for example <c>±5 %</c>.</param>
/// <param name="Verdict">The verdict.</param>
internal sealed record ControlLine(string Metric, string? Change, string? Range, string Threshold, VerdictLabel Verdict);
