using PerfLab.Experiments.Results;

namespace PerfLab.Experiments.Tests.Results;

public sealed class RunFinderTests : IDisposable
{
    private const string Old = "20260101T000000Z-smoke-aaaa11";
    private const string Middle = "20260102T000000Z-sampling-bbbb22";
    private const string New = "20260102T120000Z-smoke-cccc33";

    private readonly TemporaryFolder results = new();

    public RunFinderTests()
    {
        foreach (var run in new[] { New, Old, Middle })
        {
            results.Write(Path.Combine(run, "manifest.json"), "{}");
        }

        // Neither a folder without manifest nor a file is a run.
        Directory.CreateDirectory(Path.Combine(results.Path, "20270101T000000Z-smoke-dddd44"));
        results.Write("20280101T000000Z-smoke-eeee55", "");
    }

    public void Dispose() => results.Dispose();

    [Theory]
    [InlineData("latest", New)]
    [InlineData(Old, Old)]
    [InlineData("20260101", Old)]
    [InlineData("20260102T12", New)]
    [InlineData("bbbb22", Middle)]
    [InlineData("smoke-cccc33", New)]
    [InlineData("33", New)]
    public void A_run_is_found_by_name_beginning_end_and_as_the_latest(string text, string run) =>
        Assert.Equal(Path.Combine(results.Path, run), RunFolder.Find(results.Path, text).Path);

    [Fact]
    public void A_run_is_found_by_path_wherever_it_lies()
    {
        using var elsewhere = new TemporaryFolder();
        elsewhere.Write(Path.Combine("my run", "manifest.json"), "{}");
        var path = Path.Combine(elsewhere.Path, "my run");

        Assert.Equal(path, RunFolder.Find(results.Path, path).Path);
        Assert.Equal("my run", RunFolder.Find(results.Path, path + Path.DirectorySeparatorChar).RunId);
        Assert.Equal(path, RunFolder.Find(Path.Combine(elsewhere.Path, "missing"), path).Path);
    }

    [Fact]
    public void Several_runs_of_one_beginning_are_named() =>
        Assert.Equal(
            $"20260102: 2 runs in {results.Path} begin or end so. Write more of the name:\n  {New}\n  {Middle}",
            Error("20260102"));

    [Theory]
    [InlineData("nothing")]
    [InlineData("")]
    [InlineData("20270101")]
    [InlineData("20280101")]
    [InlineData("LATEST")]
    [InlineData("../..")]
    [InlineData("\0")]
    public void A_run_that_does_not_exist_is_an_error_with_the_runs_that_do(string text)
    {
        var message = Error(text);

        Assert.StartsWith($"{text}: ", message, StringComparison.Ordinal);
        Assert.True(message.Contains(New, StringComparison.Ordinal) || message.Contains("no manifest.json", StringComparison.Ordinal), message);
    }

    [Fact]
    public void A_folder_of_something_else_with_a_manifest_is_no_run()
    {
        results.Write(Path.Combine("zz-extension", "manifest.json"), """{"name":"extension","version":"1.0"}""");
        results.Write(Path.Combine("zz-broken", "manifest.json"), "no JSON");

        Assert.Equal(New, RunFolder.Find(results.Path, "latest").RunId);
        Assert.DoesNotContain("zz-", Error("zz"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_is_no_run_says_so() =>
        Assert.Contains("the folder has no manifest.json, so it is not a run", Error(Path.Combine(results.Path, "20270101T000000Z-smoke-dddd44")), StringComparison.Ordinal);

    [Theory]
    [InlineData("latest")]
    [InlineData("abc")]
    public void Without_any_run_the_message_says_how_to_get_one(string text)
    {
        using var empty = new TemporaryFolder();

        foreach (var root in new[] { empty.Path, Path.Combine(empty.Path, "missing") })
        {
            var error = Assert.Throws<RunNotFoundException>(() => RunFolder.Find(root, text));
            Assert.Equal($"{text}: there is no run in {root}. Start one with ./run.sh scenario smoke.", error.Message);
        }
    }

    [Fact]
    public void Many_runs_are_not_all_named()
    {
        for (var day = 1; day <= 20; day++)
        {
            results.Write(Path.Combine($"202603{day:00}T000000Z-smoke-ffff00", "manifest.json"), "{}");
        }

        var lines = Error("202603").Split('\n');

        Assert.Equal(10, lines.Length);
        Assert.Equal("  20260320T000000Z-smoke-ffff00", lines[1]);
        Assert.Equal("  and 12 older", lines[^1]);
    }

    private string Error(string text) => Assert.Throws<RunNotFoundException>(() => RunFolder.Find(results.Path, text)).Message;
}
