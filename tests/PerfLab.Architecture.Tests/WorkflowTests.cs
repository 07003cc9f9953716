using System.Text.RegularExpressions;

namespace PerfLab.Architecture.Tests;

/// <summary>What the build server runs is what was read when it was reviewed.</summary>
public sealed class WorkflowTests
{
    private static readonly string[] s_workflows = [.. Directory.GetFiles(Checkout.FullPath(".github/workflows"), "*.yml")];

    // A tag can be moved to another commit, a commit cannot; the version after it is for people.
    private static readonly Regex s_pinned = new("^(- )?uses: [\\w./-]+@[0-9a-f]{40} # v[0-9.]+$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);

    [Fact]
    public void Every_action_is_pinned_to_a_commit() =>
        Rule.IsKept(
            from workflow in s_workflows
            from line in File.ReadLines(workflow)
            where line.Contains("uses:", StringComparison.Ordinal) && !s_pinned.IsMatch(line.Trim())
            select $"{Path.GetFileName(workflow)}: {line.Trim()}",
            "An action is not pinned. Write the commit and, as a comment, its version:");

    [Fact]
    public void Every_workflow_says_what_it_may_do() =>
        Rule.IsKept(
            s_workflows.Where(workflow => !File.ReadAllText(workflow).Contains("\npermissions:\n", StringComparison.Ordinal)).Select(workflow => Path.GetFileName(workflow)),
            "A workflow has no permissions at its top, so it gets all that the repository gives. Name those that it needs:");

    [Fact]
    public void CI_restores_the_packages_that_are_locked() =>
        Assert.Contains("<RestoreLockedMode Condition=\"'$(CI)' == 'true'\">true</RestoreLockedMode>", Checkout.Read("Directory.Build.props"), StringComparison.Ordinal);
}
