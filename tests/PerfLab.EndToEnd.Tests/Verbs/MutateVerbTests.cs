using PerfLab.EndToEnd.Tests.Programs;

namespace PerfLab.EndToEnd.Tests.Verbs;

/// <summary>How mutation reports are read and judged; the mutation itself takes many minutes and is no test.</summary>
public sealed class MutateVerbTests : IDisposable
{
    private const string Project = "PerfLab.Statistics.Tests";
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData(17, 3, 0, "17 of 20 mutants found, 85.0 % (ok")]
    [InlineData(16, 3, 1, "16 of 20 mutants found, 80.0 % (NOT")]
    public async Task Fewer_than_85_percent_end_it_with_99(int killed, int survived, int uncovered, string said)
    {
        Write([.. Enumerable.Repeat("Killed", killed), .. Enumerable.Repeat("Survived", survived), .. Enumerable.Repeat("NoCoverage", uncovered), "CompileError", "Ignored"]);

        var run = await ShowAsync("Statistics");

        Assert.True(run.ExitCode == (killed >= 17 ? 0 : 99), run.ToString());
        Assert.Contains(said, run.Output, StringComparison.Ordinal);
        Assert.Equal(survived, run.Output.Split("Ranks/Walsh.cs(7): survived: a - b").Length - 1);
        Assert.Equal(uncovered, run.Output.Split("no test comes here").Length - 1);
    }

    [Fact]
    public async Task A_mutant_that_makes_the_tests_hang_is_found()
    {
        Write(["Timeout"]);

        Assert.Equal(0, (await ShowAsync("Statistics")).ExitCode);
    }

    [Fact]
    public async Task Nothing_mutated_passes_nothing()
    {
        Write(["CompileError"]);

        Assert.Equal(99, (await ShowAsync("Statistics")).ExitCode);
    }

    [Theory]
    [InlineData("Statistics", "has no report of PerfLab.Statistics.Tests")]
    [InlineData("nobody", "matches no project")]
    public async Task What_is_not_there_is_wrong_usage(string filter, string said)
    {
        var run = await ShowAsync(filter);

        Assert.True(run.ExitCode == 104, run.ToString());
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private Task<ProgramResult> ShowAsync(string filter) => Cli.RunAsync("mutate", "--last", "--filter", filter, "--results", _folder.FullPath);

    private void Write(IReadOnlyList<string> fates)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder.FullPath, "mutation", Project, "reports")).FullName;
        var mutants = fates.Select(fate => $$$"""{"id":"1","mutatorName":"Arithmetic","replacement":"a\n - b","location":{"start":{"line":7,"column":1},"end":{"line":7,"column":6}},"status":"{{{fate}}}"}""");
        File.WriteAllText(
            Path.Combine(folder, "mutation-report.json"),
            $$$$"""{"projectRoot":"/code","files":{"/code/Ranks/Walsh.cs":{"mutants":[{{{{string.Join(',', mutants)}}}}]}}}""");
    }
}
