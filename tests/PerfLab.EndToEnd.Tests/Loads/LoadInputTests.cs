using PerfLab.EndToEnd.Tests.Programs;

namespace PerfLab.EndToEnd.Tests.Loads;

/// <summary>What <c>load</c> is given: sizes, encodings and characters that nobody thinks of.</summary>
public sealed class LoadInputTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("\u200B")]
    [InlineData("\u200D")]
    [InlineData("\u2060")]
    [InlineData("\uFEFF")]
    [InlineData("\u00AD")]
    public async Task A_character_that_takes_no_room_is_shown_by_its_number(string character)
    {
        var run = await Cli.RunAsync("load", "http://127.0.0.1:1/", "--simulate", $"in{character}ject(1, 1s)");

        Assert.True(run.ExitCode == 104, run.ToString());
        Assert.Contains($"in\\u{{{(int)character[0]:X}}}ject", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_of_any_size_and_content_is_sent_and_one_with_too_many_secrets_says_what_is_hidden()
    {
        await using var server = new AnsweringServer();
        var zeros = InFolder("zeros.bin");
        await File.WriteAllBytesAsync(zeros, new byte[4_000_000]);
        var tokens = InFolder("tokens.json");
        await File.WriteAllTextAsync(tokens, $"[{string.Join(',', Enumerable.Range(0, 1001).Select(i => $"{{\"token\":\"planted{i}\"}}"))}]");
        string[] load = ["load", server.Url, "--simulate", "iterations_for_constant(1, 1)", "--body-file"];

        var large = await Cli.RunAsync([.. load, zeros]);
        var many = await Cli.RunAsync([.. load, tokens]);

        Assert.True(large.ExitCode == 0, large.ToString());
        Assert.DoesNotContain("secrets", large.Error, StringComparison.Ordinal);
        Assert.True(many.ExitCode == 0, many.ToString());
        Assert.Contains("too many secrets", many.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("planted", many.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--simulate", "iterations_for_inject(1e-12, 5)", "longer than 1000h")]
    [InlineData("--simulate", "iterations_for_inject(1000, 2147483647)", "more than 250000000")]
    [InlineData("--expect-body", "{{id}}", "compared with one text")]
    [InlineData("--timeout", "2000h", "longer than 1000h")]
    [InlineData("--feed-encoding", "utf-7", "not the name of an encoding")]
    public async Task What_cannot_be_done_is_104_with_the_reason(string option, string value, string reason)
    {
        var run = await Cli.RunAsync(["load", "http://127.0.0.1:1/", option, value, .. option == "--simulate" ? (string[])[] : ["--rate", "1"]]);

        Assert.True(run.ExitCode == 104, run.ToString());
        Assert.Contains(reason, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_in_the_path_of_one_of_several_requests_stands_in_no_file()
    {
        await using var server = new AnsweringServer();
        var json = InFolder("l.json");

        var run = await Cli.RunAsync(
            "load", new Uri(server.Url).GetLeftPart(UriPartial.Authority), "--simulate", "iterations_for_constant(1, 2)", "--json", json,
            "--request", "a=GET /a?user[password]=planted1&n=1", "--request", "b=GET /b?token=planted2");

        Assert.True(run.ExitCode == 0, run.ToString());
        var text = await File.ReadAllTextAsync(json, TestContext.Current.CancellationToken);
        Assert.Contains("/a?user[password]=***&n=1", text, StringComparison.Ordinal);
        Assert.DoesNotContain("planted", text + run, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private string InFolder(string name) => Path.Combine(_folder.FullPath, name);
}
