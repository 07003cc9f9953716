using System.Globalization;
using System.Text;
using PerfLab.Analysis.Runs;
using PerfLab.Experiments;
using PerfLab.Experiments.Results;
using PerfLab.Reporting.Wording;

namespace PerfLab.Reporting;

/// <summary>Writes a page of claims with what runs say of them, in Markdown.</summary>
public static class ClaimsPage
{
    /// <summary>Writes it. The same answers give the same text.</summary>
    /// <param name="answers">The answers, in the order of the page.</param>
    public static string Write(IReadOnlyList<ClaimAnswer> answers)
    {
        RunAnalysis[] runs = [.. answers.Select(answer => answer.Run).OfType<RunAnalysis>().DistinctBy(run => run.Manifest.RunId).OrderBy(run => run.Plan.Scenario, StringComparer.Ordinal)];
        var text = new StringBuilder("# Claims about tracing, measured\n\n");
        text.Append("Claims that are often made about tracing, and what runs of PerfLab say of them. A claim is confirmed where the whole 95 % interval agrees with it, refuted where none of it does, and otherwise the run cannot tell. Intervals are those of the change against the arm without tracing, or of a share. Another machine and another service give other figures.\n\n");
        MarkdownTables.Row(text, ["Claim", "Scenario", "Measured", "Answer"]);
        MarkdownTables.Row(text, ["---", "---", "---", "---"]);
        foreach (var answer in answers)
        {
            MarkdownTables.Row(text, ((string[])[answer.Claim.Claim, answer.Claim.Scenario, Measured(answer), Word(answer.Outcome)]).Select(MarkdownText.Escape));
        }

        text.Append('\n');
        foreach (var run in runs)
        {
            text.Append(CultureInfo.InvariantCulture, $"- {MarkdownText.Escape(run.Plan.Scenario)}: run {MarkdownText.Escape(run.Manifest.RunId)}, {DisplayText.Counted(run.LaunchSets, "launch set")}, {run.Trust.Level}, {MarkdownText.Escape(run.Manifest.Machine.ProcessorModel ?? run.Manifest.Machine.Architecture)}\n");
        }

        return text.Append(runs.Length > 0 ? "\n" : string.Empty).Append(CultureInfo.InvariantCulture, $"Written by `{StartCommand.Name} claims` from these runs; do not edit.\n").ToString();
    }

    private static string Measured(ClaimAnswer answer) => answer.Run is null
        ? $"no run of {answer.Claim.Scenario} was given"
        : string.Join("; ", answer.Claim.Evidence.Zip(answer.Evidence, (evidence, result) => (result is null ? $"{evidence.Arm}: not in the run" : RecommendationWording.Measured(evidence.Arm, result)) + Load(evidence, answer.Run)).Distinct());

    private static string Load(ClaimEvidence evidence, RunAnalysis run) => evidence switch
    {
        { ClosedLoop: true } => ", in a closed loop",
        { CapacityShare: { } share } when ClaimJudge.Nearest(run, share) is { Load: { CapacityShare: { } own } load } =>
            string.Create(CultureInfo.InvariantCulture, $", at {own * 100:0} % of capacity{(load.LaunchSets == run.LaunchSets ? string.Empty : $" ({DisplayText.Counted(load.LaunchSets, "launch set")})")}"),
        { CapacityShare: { } share } => string.Create(CultureInfo.InvariantCulture, $", at {share * 100:0} % of capacity"),
        _ => string.Empty,
    };

    private static string Word(ClaimOutcome outcome) => outcome switch
    {
        ClaimOutcome.Confirmed => "confirmed",
        ClaimOutcome.Refuted => "refuted",
        _ => "cannot tell",
    };
}
