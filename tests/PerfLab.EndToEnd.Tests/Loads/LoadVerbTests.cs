using System.Text.Json;
using PerfLab.EndToEnd.Tests.Programs;
using PerfLab.Experiments.Results;

namespace PerfLab.EndToEnd.Tests.Loads;

/// <summary><c>load</c> as a user starts it.</summary>
public sealed class LoadVerbTests : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);
    private readonly TemporaryFolder _folder = new();

    [Fact(DisableParallelization = true)]
    public async Task A_rate_is_kept_shown_second_by_second_and_written_into_files()
    {
        await using var server = new AnsweringServer();
        var (json, csv, svg, png, hdr) = (InFolder("l.json"), InFolder("l.csv"), InFolder("l.svg"), InFolder("l.png"), InFolder("hdr"));

        var run = await Cli.RunAsync("load", server.Url, "--rate", "100", "--duration", "2s", "--threshold", "p(50)<60s", "--json", json, "--csv", csv, "--chart", svg, "--chart", png, "--hdr", hdr);

        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Contains("[00:01] offered 1", run.Output, StringComparison.Ordinal);
        Assert.Contains("Rate        offered 100.0/s, achieved 100.0/s", run.Output, StringComparison.Ordinal);
        Assert.Contains("ok  p(50)<60s passed", run.Output, StringComparison.Ordinal);
        var record = RunFolder.Read<LoadTestRecord>(json, LoadTestRecord.CurrentFormatVersion);
        Assert.Equal((200, 200), (record.Counts.Offered, record.Counts.Answered));
        Assert.Equal(200, server.Answered);
        Assert.Equal(200, File.ReadLines(csv).Skip(1).Sum(line => int.Parse(line.Split(',')[2], System.Globalization.CultureInfo.InvariantCulture)));
        Assert.All((string[])[svg, png, Path.Combine(hdr, "response.hlog"), Path.Combine(hdr, "lateness.hlog")], file => Assert.True(new FileInfo(file).Length > 100, file));
    }

    [Fact]
    public async Task Several_requests_have_a_row_each_and_thresholds_of_their_own_and_build_servers_can_read_what_came_of_them()
    {
        await using var server = new AnsweringServer();
        var (json, junit) = (InFolder("l.json"), InFolder("l.xml"));
        var address = new Uri(server.Url).GetLeftPart(UriPartial.Authority);

        var run = await Cli.RunAsync(
            "load", address, "--rate", "100", "--duration", "1s", "--request", "orders=GET /orders 3", "--request", "health=GET /health", "--json", json, "--junit", junit,
            "--threshold", "rate{orders}<1%", "--threshold", "p(99){health}<0.001ms");

        Assert.True(run.ExitCode == 99, run.ToString());
        Assert.Matches(@"\norders +75 ", run.Output);
        Assert.Matches(@"\nhealth +25 ", run.Output);
        Assert.Equal([75L, 25L], RunFolder.Read<LoadTestRecord>(json, LoadTestRecord.CurrentFormatVersion).Requests.Select(request => request.Answered));
        var suite = System.Xml.Linq.XDocument.Load(junit).Root!.Element("testsuite")!;
        Assert.Equal(("2", "1", "0"), (suite.Attribute("tests")!.Value, suite.Attribute("failures")!.Value, suite.Attribute("skipped")!.Value));
        var cases = suite.Elements("testcase").ToArray();
        Assert.Equal(["rate{orders}<1%", "p(99){health}<0.001ms"], cases.Select(element => element.Attribute("name")!.Value));
        Assert.Empty(cases[0].Elements());
        Assert.Contains("p99 response time of 'health'", cases[1].Element("failure")!.Attribute("message")!.Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("p(99){order}<20ms", "Did you mean orders?")]
    [InlineData("late(p(99)){orders}<1ms", "is not kept for single requests")]
    [InlineData("p(99){orders<20ms", "'}' belongs")]
    public async Task A_threshold_of_requests_that_do_not_exist_is_refused_before_anything_is_sent(string threshold, string told)
    {
        await using var server = new AnsweringServer();

        var run = await Cli.RunAsync(
            "load", new Uri(server.Url).GetLeftPart(UriPartial.Authority), "--rate", "10", "--request", "orders=GET /orders", "--request", "health=GET /health", "--threshold", threshold);

        Assert.True(run.ExitCode == 104, run.ToString());
        Assert.Contains(told, run.Error, StringComparison.Ordinal);
        Assert.Equal(0, server.Answered);
    }

    [Theory]
    [InlineData("--json")]
    [InlineData("--junit")]
    [InlineData("--csv")]
    [InlineData("--hdr")]
    public async Task A_file_that_cannot_be_written_is_told_before_anything_is_sent(string option)
    {
        await using var server = new AnsweringServer();

        // A file where a folder belongs is refused to every user, root included.
        await File.WriteAllTextAsync(InFolder("file"), "no folder");
        var run = await Cli.RunAsync("load", server.Url, "--rate", "10", "--duration", "1s", option, Path.Combine(InFolder("file"), "out"));

        Assert.True(run.ExitCode == 104, run.ToString());
        Assert.Contains("cannot be written", run.Error, StringComparison.Ordinal);
        Assert.Equal(0, server.Answered);
    }

    [Fact]
    public async Task A_histogram_log_that_is_a_folder_is_told_before_anything_is_sent_and_a_good_folder_is_made_only_at_the_end()
    {
        await using var server = new AnsweringServer();
        Directory.CreateDirectory(Path.Combine(InFolder("hdr"), "service.hlog"));

        var bad = await Cli.RunAsync("load", server.Url, "--rate", "10", "--duration", "1s", "--hdr", InFolder("hdr"));
        var other = await Cli.RunAsync("load", server.Url, "--rate", "none", "--duration", "1s", "--hdr", Path.Combine(InFolder("new"), "logs"));

        Assert.True(bad.ExitCode == 104, bad.ToString());
        Assert.Contains("service.hlog' is a folder", bad.Error, StringComparison.Ordinal);
        Assert.True(other.ExitCode == 104, other.ToString());
        Assert.False(Directory.Exists(InFolder("new")));
        Assert.Equal(0, server.Answered);
    }

    [Fact]
    public async Task A_broken_threshold_ends_with_99()
    {
        await using var server = new AnsweringServer(TimeSpan.FromMilliseconds(30));

        var run = await Cli.RunAsync("load", server.Url, "--simulate", "iterations_for_constant(2, 10)", "--threshold", "p(90)<20", "--threshold", "dropped==0");

        Assert.True(run.ExitCode == 99, run.ToString());
        Assert.Contains("NOT p(90)<20 failed", run.Output, StringComparison.Ordinal);
        Assert.Contains("ok  dropped==0 passed", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interrupted_load_prints_and_writes_what_was_measured()
    {
        await using var server = new AnsweringServer();
        var json = InFolder("l.json");
        using var program = RunningProgram.Start(_folder.FullPath, Environment.ProcessPath!, [Checkout.CommandLineProgram, "load", server.Url, "--rate", "100", "--duration", "10m", "--json", json]);
        await Await.UntilAsync(() => server.Answered > 50, "some requests are answered");

        program.Signal("INT");
        var run = await program.EndAsync(s_limit);

        Assert.True(run.ExitCode == 105, run.ToString());
        Assert.Contains("Interrupted after", run.Output, StringComparison.Ordinal);
        Assert.Contains("p99", run.Output, StringComparison.Ordinal);
        Assert.False(JsonDocument.Parse(await File.ReadAllTextAsync(json)).RootElement.GetProperty("completed").GetBoolean());
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_told_at_once_and_nothing_is_sent()
    {
        await using var server = new AnsweringServer();

        var run = await Cli.RunAsync("load", server.Url, "--rate", "fast", "--connections", "5", "--duration", "30", "--threshold", "p(99)<2x", "--driver", "pigeon", "--chart", "a.gif");

        Assert.True(run.ExitCode == 104, run.ToString());
        Assert.All((string[])["Several loads", "'30'", "p(99)<2x", "'pigeon'", "'a.gif'"], part => Assert.Contains(part, run.Error, StringComparison.Ordinal));
        Assert.Equal(0, server.Answered);
    }

    [Theory]
    [InlineData("--header", "no colon")]
    [InlineData("--simulate", "juggle(3, 1s)")]
    [InlineData("--generate", "id=guid")]
    [InlineData("--feed", "missing.csv")]
    [InlineData("--warm-up", "soon")]
    [InlineData("--max-in-flight", "0")]
    [InlineData("--cores", "9999")]
    [InlineData("--threshold", "overhead(cpu)<5%")]
    [InlineData("--expect", "99")]
    [InlineData("--expect", "2x")]
    public async Task Wrong_usage_is_104_and_names_the_value(string option, string value)
    {
        string[] rate = option == "--simulate" ? [] : ["--rate", "5"];

        var run = await Cli.RunAsync(["load", "http://127.0.0.1:1/", .. rate, option, value]);

        Assert.True(run.ExitCode == 104, run.ToString());
        Assert.Contains(value, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--header", "X-Id: {{id}}", "header X-Id")]
    [InlineData("--body", "{{id}}", "body of request")]
    [InlineData("--url", "/{{id}}", "path of request")]
    public async Task A_placeholder_that_nothing_fills_is_104(string option, string value, string where)
    {
        string[] given = option == "--url" ? [] : [option, value];

        var run = await Cli.RunAsync(["load", "http://127.0.0.1:1" + (option == "--url" ? value : "/"), "--rate", "5", .. given]);

        Assert.True(run.ExitCode == 104, run.ToString());
        Assert.Contains("'{{id}}' is a placeholder that nothing fills (" + where, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_file_is_sent_with_the_type_of_its_ending_and_a_feed_in_its_encoding()
    {
        await using var server = new AnsweringServer();
        var (body, feed) = (InFolder("order.json"), InFolder("users.csv"));
        await File.WriteAllBytesAsync(body, [0x22, .. "{{name}}"u8, 0x22]);
        await File.WriteAllBytesAsync(feed, [.. "name\n"u8, 0xE9, (byte)'\n']);

        var refused = await Cli.RunAsync("load", server.Url, "--rate", "5", "--duration", "1s", "--body-file", body, "--feed", feed);
        Assert.True(refused.ExitCode == 104, refused.ToString());
        Assert.Contains("users.csv(2): bytes that are not utf-8", refused.Error, StringComparison.Ordinal);
        Assert.Equal(0, server.Answered);

        var sent = await Cli.RunAsync("load", server.Url, "--rate", "5", "--duration", "1s", "--body-file", body, "--feed", feed, "--feed-encoding", "windows-1252");
        Assert.True(sent.ExitCode == 0, sent.ToString());
        Assert.Contains("Content-Type: application/json\r\nContent-Length: 4\r\n\r\n\"\u00e9\"", server.LastRequest, StringComparison.Ordinal);
        Assert.Contains("feed 'users' has 1 rows for 5 requests", sent.Output.ReplaceLineEndings(" "), StringComparison.Ordinal);

        var once = await Cli.RunAsync("load", server.Url, "--rate", "5", "--duration", "1s", "--body-file", body, "--feed", feed, "--feed-encoding", "windows-1252", "--feed-once");
        Assert.True(once.ExitCode == 104, once.ToString());
        Assert.Contains("has 1 rows and the load needs 5", once.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_load_without_a_request_is_104_and_one_request_gives_no_warning()
    {
        await using var server = new AnsweringServer();

        var none = await Cli.RunAsync("load", server.Url, "--rate", "0.5", "--duration", "1s");
        Assert.True(none.ExitCode == 104, none.ToString());
        Assert.Contains("No request was due in inject(0.5, 1s)", none.Error, StringComparison.Ordinal);

        var one = await Cli.RunAsync("load", server.Url, "--rate", "0.5", "--duration", "3s", "--expect", "2xx,404");
        Assert.True(one.ExitCode == 0, one.ToString());
        Assert.DoesNotContain("! ", one.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connections_beyond_the_limit_of_open_files_are_104_with_the_number_needed()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "limits of open files are Linux's");
        await using var server = new AnsweringServer();
        foreach (var driver in (string[])["sockets", "httpclient"])
        {
            using var program = RunningProgram.Start(_folder.FullPath, "/bin/sh", ["-c", "ulimit -n 256 && exec \"$@\"", "sh", Environment.ProcessPath!, Checkout.CommandLineProgram, "load", server.Url, "--connections", "400", "--duration", "1s", "--driver", driver]);

            var run = await program.EndAsync(s_limit);

            Assert.True(run.ExitCode == 104, run.ToString());
            Assert.Contains("400 connections need", run.Error, StringComparison.Ordinal);
            Assert.Contains("this process may have 256 (ulimit -n)", run.Error, StringComparison.Ordinal);
        }

        Assert.Equal(0, server.Answered);
    }

    [Fact]
    public async Task A_service_that_is_not_there_is_told_at_once()
    {
        var run = await Cli.RunAsync("load", "http://127.0.0.1:1/", "--rate", "5");

        Assert.True(run.ExitCode == 107, run.ToString());
        Assert.Contains("127.0.0.1:1 cannot be reached", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_answers_nothing_as_expected_is_no_success()
    {
        await using var server = new AnsweringServer();

        var run = await Cli.RunAsync("load", server.Url, "--rate", "20", "--duration", "500ms", "--expect", "201");

        Assert.True(run.ExitCode == 107, run.ToString());
        Assert.Contains("10 unexpected_status: expected 201, got 200", run.Output, StringComparison.Ordinal);
        Assert.Contains("No request was answered", run.Output, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private string InFolder(string name) => Path.Combine(_folder.FullPath, name);
}
