using PerfLab.EndToEnd.Tests.Programs;

namespace PerfLab.EndToEnd.Tests.Loads;

/// <summary><c>load compare</c> as a user starts it, on files that <c>load</c> wrote.</summary>
public sealed class LoadCompareTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact(DisableParallelization = true)]
    public async Task A_slower_service_is_told_by_its_change_and_ends_with_99_only_where_a_condition_says_so()
    {
        var (fast, slow) = (await LoadAsync("fast.json", TimeSpan.Zero), await LoadAsync("slow.json", TimeSpan.FromMilliseconds(30)));

        var shown = await Cli.RunAsync("load", "compare", fast, slow);
        var failed = await Cli.RunAsync("load", "compare", fast, slow, "--fail-on", "p(50)>+10%", "--fail-on", "errors>0");
        var turned = await Cli.RunAsync("load", "compare", slow, fast, "--fail-on", "p(50)>+10%", "--fail-on", "rate<-5%");

        Assert.True(shown.ExitCode == 0, shown.ToString());
        Assert.Matches(@"\np50 .*\+[0-9,.]+ % +\+[0-9.]+ to \+[0-9.]+ %", shown.Output);
        Assert.Contains("not interleaved", shown.Output, StringComparison.Ordinal);
        Assert.True(failed.ExitCode == 99, failed.ToString());
        Assert.Contains("NOT p(50)>+10% holds", failed.Output, StringComparison.Ordinal);
        Assert.Contains("ok  errors>0 does not hold", failed.Output, StringComparison.Ordinal);
        Assert.True(turned.ExitCode == 0, turned.ToString());
    }

    [Fact]
    public async Task Another_load_is_refused_with_what_differs_and_compared_when_forced()
    {
        var (one, other) = (await LoadAsync("one.json", TimeSpan.Zero), await LoadAsync("other.json", TimeSpan.Zero, "--driver", "httpclient", "--expect", "2xx"));

        var refused = await Cli.RunAsync("load", "compare", one, other, "--fail-on", "errors>0");
        var forced = await Cli.RunAsync("load", "compare", one, other, "--fail-on", "errors>0", "--force");

        Assert.True(refused.ExitCode == 104, refused.ToString());
        Assert.Contains("the driver is sockets in A and httpclient in B", refused.Error, StringComparison.Ordinal);
        Assert.Contains("what is requested is", refused.Error, StringComparison.Ordinal);
        Assert.Empty(refused.Output);
        Assert.True(forced.ExitCode == 0, forced.ToString());
        Assert.Contains("!  Not the same load: the driver is sockets", forced.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_told_at_once()
    {
        var text = _folder.Write("summary.json", """{ "format_version": 1, "run_id": "x" }""");
        var broken = _folder.Write("broken.json", "{");

        var missing = await Cli.RunAsync("load", "compare", text, Path.Combine(_folder.FullPath, "no.json"), "--fail-on", "p(99)<+10%");
        var notJson = await Cli.RunAsync("load", "compare", broken, broken);

        Assert.True(missing.ExitCode == 104, missing.ToString());
        Assert.All((string[])["summary.json' is not the result of a load test", "no.json' does not exist", "two equal results meet this condition"], part => Assert.Contains(part, missing.Error, StringComparison.Ordinal));
        Assert.True(notJson.ExitCode == 104, notJson.ToString());
        Assert.Contains("broken.json' is not the result of a load test", notJson.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private async Task<string> LoadAsync(string file, TimeSpan delay, params string[] options)
    {
        await using var server = new AnsweringServer(delay);
        var json = Path.Combine(_folder.FullPath, file);

        var run = await Cli.RunAsync(["load", server.Url, "--rate", "50", "--duration", "7s", "--json", json, .. options]);

        Assert.True(run.ExitCode == 0, run.ToString());
        return json;
    }
}
