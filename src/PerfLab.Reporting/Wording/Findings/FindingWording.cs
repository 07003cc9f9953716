using PerfLab.Analysis.Findings;
using PerfLab.Experiments.Results;

namespace PerfLab.Reporting.Wording.Findings;

/// <summary>Says what a finding saw and what to do about it. Each subject has a class of its own; this one asks them in turn.</summary>
public static class FindingWording
{
    /// <summary>Says it: from the finding's details, or as a load test or an earlier version wrote it.</summary>
    public static FindingText Of(Finding finding) => finding.Details switch
    {
        null => new FindingText(finding.Facts ?? string.Empty, finding.Advice ?? string.Empty),
        LaunchSetFinding gathered => Of(gathered),
        LaunchVoided voided => Of(voided),
        var details => LoadFindingWording.Of(details)
            ?? TargetFindingWording.Of(details)
            ?? SpanFindingWording.Of(details)
            ?? ExportFindingWording.Of(details)
            ?? RunFindingWording.Of(details)
            ?? TrendFindingWording.Of(details)
            ?? throw new ArgumentException($"No sentence is made of a {details.GetType().Name}. Add one to its subject in this folder.", nameof(finding)),
    };

    /// <summary>Gets sign, word and a stable key for styles of a severity; the sign stands without colour.</summary>
    internal static (string Sign, string Word, string Key) For(FindingSeverity severity) => severity switch
    {
        FindingSeverity.Invalid => ("✕", "Does not count", "invalid"),
        FindingSeverity.Warning => ("!", "Warning", "warning"),
        _ => ("i", "Note", "note"),
    };

    private static FindingText Of(LaunchSetFinding gathered)
    {
        var (facts, advice) = Of(gathered.Example);
        var launch = $"launch {gathered.Launch}";
        var where = gathered.Example.Subject == launch ? launch : $"{launch}, {gathered.Example.Subject}";
        return new FindingText(
            gathered.Times == 1
                ? $"Once; {where}: {facts}"
                : $"{gathered.Times} times, in {gathered.AffectedLaunchSets} of {DisplayText.Counted(gathered.LaunchSets, "launch set")}; for example {where}: {facts}",
            advice);
    }

    private static FindingText Of(LaunchVoided voided)
    {
        if (voided.Causes.Count == 0)
        {
            return new FindingText("It was voided, and no reason was recorded.", "Check the target logs in its folder.");
        }

        (Finding Cause, FindingText Text)[] causes = [.. voided.Causes.Select(cause => (cause, Of(cause)))];
        return new FindingText(
            string.Join(" ", causes.Select(entry => $"{entry.Cause.Code} ({entry.Cause.Subject}): {entry.Text.Facts}")),
            string.Join(" ", causes.Select(entry => entry.Text.Advice).Distinct(StringComparer.Ordinal)));
    }
}

/// <summary>A finding in words.</summary>
/// <param name="Facts">What was seen, with the numbers.</param>
/// <param name="Advice">What to do about it.</param>
public sealed record FindingText(string Facts, string Advice);
