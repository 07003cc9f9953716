using System.Xml.Linq;
using PerfLab.EndToEnd.Tests.Programs;

namespace PerfLab.EndToEnd.Tests.Reports;

/// <summary><c>report --junit</c> on runs that were measured once and for all.</summary>
public sealed class JUnitTests
{
    [Fact]
    public async Task The_thresholds_of_a_run_become_test_cases_and_the_exit_code_stays()
    {
        using var run = new ReferenceRun("20261129T010026Z-sampling-5ab8");
        var file = Path.Combine(run.Path, "junit.xml");

        var result = await Cli.RunAsync("report", run.Path, "--junit", file);

        Assert.True(result.ExitCode == 99, result.ToString());
        using var summary = run.SummaryOfNow();
        var thresholds = summary.RootElement.GetProperty("thresholds").GetProperty("results");
        var suite = XDocument.Load(file).Root!.Element("testsuite")!;
        Assert.Equal(
            thresholds.EnumerateArray().Select(threshold => (threshold.GetProperty("threshold").GetString()!, threshold.GetProperty("outcome").GetString()!)),
            suite.Elements("testcase").Select(each => (each.Attribute("name")!.Value, each.Element("failure") is not null ? "violated" : each.Element("skipped") is not null ? "not_decided" : "proven")));
        Assert.Contains("always-on", suite.Descendants("failure").Single().Attribute("message")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_is_told_before_anything_else()
    {
        using var run = new ReferenceRun("20261129T005103Z-smoke-ff22");

        var report = await Cli.RunAsync("report", run.Path, "--junit", Path.Combine(run.Path, "plan.json", "junit.xml"));
        var scenario = await Cli.RunAsync("scenario", "smoke", "--results", run.Path, "--junit", run.Path);

        Assert.All([report, scenario], result => Assert.True(result.ExitCode == 104, result.ToString()));
        Assert.Contains("there is no folder", report.Error, StringComparison.Ordinal);
        Assert.Contains("is a folder (--junit)", scenario.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(run.Path, "summary.json")));
    }

    [Fact]
    public async Task A_file_of_an_earlier_run_does_not_survive_a_run_that_makes_none()
    {
        using var run = new ReferenceRun("20261129T005103Z-smoke-ff22");
        var file = Path.Combine(run.Path, "junit.xml");
        await File.WriteAllTextAsync(file, "<testsuites/>", TestContext.Current.CancellationToken);
        File.Delete(Path.Combine(run.Path, "plan.json"));

        var result = await Cli.RunAsync("report", run.Path, "--junit", file);

        Assert.NotEqual(0, result.ExitCode);
        Assert.False(File.Exists(file));
    }
}
