using System.Text.Json;
using PerfLab.EndToEnd.Tests.Programs;

namespace PerfLab.EndToEnd.Tests.Loads;

/// <summary>Files, links, devices and pipes into which the result of <c>load</c> is written.</summary>
public sealed class LoadOutputTests : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_link_stays_and_what_it_leads_to_is_written(bool isThere)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need rights there.");
        await using var server = new AnsweringServer();
        var (target, link) = (InFolder("target.json"), InFolder("link.json"));
        if (isThere)
        {
            await File.WriteAllTextAsync(target, "old", TestContext.Current.CancellationToken);
        }

        File.CreateSymbolicLink(link, "target.json");

        var refused = await LoadAsync(server, "--json", link, "--timeout", "none");
        Assert.Equal((104, isThere, "target.json"), (refused.ExitCode, File.Exists(target), new FileInfo(link).LinkTarget));
        var run = await LoadAsync(server, "--json", link);

        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Equal("target.json", new FileInfo(link).LinkTarget);
        AssertResult(await File.ReadAllTextAsync(target, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_file_that_may_be_written_is_written_where_none_may_be_made_beside_it()
    {
        await using var server = new AnsweringServer();
        var file = InFolder("l.json");
        await File.WriteAllTextAsync(file, new string('x', 100_000), TestContext.Current.CancellationToken);

        // Refused to every user, root included.
        Directory.CreateDirectory(file + ".tmp");
        var run = await LoadAsync(server, "--json", file);

        Assert.True(run.ExitCode == 0, run.ToString());
        AssertResult(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_standard_output_and_a_pipe_get_the_result_and_stay_what_they_are()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Has /dev/stdout and mkfifo.");
        await using var server = new AnsweringServer();
        const string script = "mkfifo pipe && { cat pipe > got.json & \"$@\" && wait && test -p pipe; }";
        using var program = RunningProgram.Start(_folder.FullPath, "/bin/sh", ["-c", script, "sh", Environment.ProcessPath!, Checkout.CommandLineProgram, "load", server.Url, "--simulate", "iterations_for_constant(1, 3)", "--json", "pipe", "--csv", "/dev/stdout"]);

        var run = await program.EndAsync(s_limit);

        Assert.True(run.ExitCode == 0, run.ToString());
        AssertResult(await File.ReadAllTextAsync(InFolder("got.json"), TestContext.Current.CancellationToken));
        Assert.Contains("elapsed_seconds", run.Output, StringComparison.Ordinal);
        Assert.NotNull(new FileInfo("/dev/stdout").LinkTarget);
    }

    [Fact]
    public async Task One_file_for_two_results_is_refused_before_anything_is_sent()
    {
        await using var server = new AnsweringServer();

        var run = await LoadAsync(server, "--json", InFolder("l"), "--csv", Path.Combine(_folder.FullPath, ".", "l"));

        Assert.True(run.ExitCode == 104, run.ToString());
        Assert.Contains("is named 2 times (--json, --csv)", run.Error, StringComparison.Ordinal);
        Assert.Equal(0, server.Answered);
    }

    public void Dispose() => _folder.Dispose();

    private static void AssertResult(string json)
    {
        using var document = JsonDocument.Parse(json);
        Assert.Equal(3, document.RootElement.GetProperty("counts").GetProperty("answered").GetInt32());
    }

    private static Task<ProgramResult> LoadAsync(AnsweringServer server, params string[] options) =>
        Cli.RunAsync(["load", server.Url, "--simulate", "iterations_for_constant(1, 3)", .. options]);

    private string InFolder(string name) => Path.Combine(_folder.FullPath, name);
}
