using System.Text.Json;
using PerfLab.Collector.Tests;
using PerfLab.EndToEnd.Tests.Programs;

namespace PerfLab.EndToEnd.Tests.Reports;

/// <summary><c>report</c> handing a run on to spreadsheets and back ends of metrics.</summary>
public sealed class InterchangeTests
{
    private const string Smoke = "20261129T005103Z-smoke-ff22";
    private const string Secret = "planted-key-4711";

    [Fact]
    public async Task A_run_is_written_as_tables_and_text_and_sent_to_both_kinds_of_back_end()
    {
        using var run = new ReferenceRun(Smoke);
        await using var otlp = new ScriptedBackEnd("200 OK", "application/json", "{}"u8.ToArray());
        await using var gateway = new ScriptedBackEnd("200 OK", null, []);
        var (csv, samples, text) = (Path.Combine(run.Path, "run.csv"), Path.Combine(run.Path, "samples.csv"), Path.Combine(run.Path, "run.prom"));

        var result = await run.ReportAsync("--text", "--csv", csv, "--csv-samples", samples, "--prometheus", text, "--push", otlp.Address.ToString(), "--pushgateway", gateway.Address.ToString());

        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.StartsWith("run,scenario,commit,", await File.ReadAllTextAsync(csv, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.StartsWith("run,scenario,load,load_rate_per_second,launch_set,arm,role,cpu_seconds,", await File.ReadAllTextAsync(samples, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        var (posted, put) = (Assert.Single(otlp.Requests), Assert.Single(gateway.Requests));
        Assert.StartsWith("POST /v1/metrics HTTP/1.1\r\n", posted, StringComparison.Ordinal);
        using var body = JsonDocument.Parse(BodyOf(posted));
        Assert.Contains($"Pushed {body.RootElement.GetRawText().Split("asDouble").Length - 1} points to {otlp.Address}v1/metrics", result.Output, StringComparison.Ordinal);
        Assert.StartsWith("PUT /metrics/job/perflab/scenario/smoke HTTP/1.1\r\n", put, StringComparison.Ordinal);
        Assert.Equal(await File.ReadAllTextAsync(text, TestContext.Current.CancellationToken), BodyOf(put));
        Assert.False(File.Exists(Path.Combine(run.Path, "summary.json")));
    }

    [Fact]
    public async Task A_back_end_that_refuses_is_told_without_the_key_and_with_the_way_out_after_everything_else_is_done()
    {
        using var run = new ReferenceRun(Smoke);
        await using var otlp = new ScriptedBackEnd("401 Unauthorized", "text/plain", System.Text.Encoding.UTF8.GetBytes($"key {Secret} is unknown"));
        await using var gateway = new ScriptedBackEnd("200 OK", null, []);

        var result = await Cli.RunWithAsync(
            new Dictionary<string, string?> { ["OTEL_EXPORTER_OTLP_HEADERS"] = $"api-key={Secret}" },
            "report", run.Path, "--push", $"{otlp.Address}?token={Secret}x", "--pushgateway", gateway.Address.ToString());

        Assert.True(result.ExitCode == 107, result.ToString());
        Assert.Contains($"{otlp.Address}v1/metrics did not take the metrics: 401 (Unauthorized): key *** is unknown (--push). Give its key in OTEL_EXPORTER_OTLP_HEADERS", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, result.Output + result.Error, StringComparison.Ordinal);
        Assert.Contains($"api-key: {Secret}", Assert.Single(otlp.Requests), StringComparison.Ordinal);
        Assert.Single(gateway.Requests);
        Assert.True(File.Exists(Path.Combine(run.Path, "summary.json")));
    }

    [Theory]
    [InlineData("200 OK", "application/json", """{"partialSuccess":{"rejectedDataPoints":"2","errorMessage":"too old"}}""", " left out 2 of ", "200 (partial success: too old) (--push). Correct what it names.")]
    [InlineData("307 Temporary Redirect\r\nLocation: http://127.0.0.1:1/", "text/plain", "", " did not take the metrics: 307 (redirects to http://127.0.0.1:1/, which is not followed)", "Name the address to which it redirects")]
    [InlineData("404 Not Found", "text/plain", "", " did not take the metrics: 404 (Not Found)", "Name the base address of OTLP over HTTP")]
    public async Task What_is_not_taken_is_no_success(string status, string type, string body, string what, string advice)
    {
        using var run = new ReferenceRun(Smoke);
        await using var otlp = new ScriptedBackEnd(status, type, System.Text.Encoding.UTF8.GetBytes(body));

        var result = await run.ReportAsync("--text", "--push", otlp.Address.ToString());

        Assert.True(result.ExitCode == 107, result.ToString());
        Assert.Contains(what, result.Error, StringComparison.Ordinal);
        Assert.Contains(advice, result.Error, StringComparison.Ordinal);
        Assert.Contains("nothing is measured again", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'ftp://localhost' is not an http or https address (--push)", "--push", "ftp://localhost")]
    [InlineData("holds a user's name, which is not sent (--pushgateway)", "--pushgateway", "http://me:planted-key-4711@localhost")]
    [InlineData("there is no folder", "--csv", "nowhere/run.csv")]
    [InlineData("is named 2 times (--csv, --csv-samples)", "--csv", "a.csv", "--csv-samples", "a.csv")]
    [InlineData("is named 2 times (--prometheus, --junit)", "--prometheus", "a", "--junit", "a")]
    public async Task What_cannot_be_done_is_refused_before_anything_is_written(string message, params string[] options)
    {
        using var run = new ReferenceRun(Smoke);

        var result = await run.ReportAsync(options);

        Assert.True(result.ExitCode == 104, result.ToString());
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(run.Path, "summary.json")));
    }

    private static string BodyOf(string request) => request[(request.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
}
