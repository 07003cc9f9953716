using System.Net;
using System.Text;
using PerfLab.Experiments.Results;
using PerfLab.Runner.LaunchSets;
using PerfLab.Runner.Targets;

namespace PerfLab.Runner.Tests.LaunchSets;

/// <summary>Asking a target how long work took that goes on after the answer.</summary>
public sealed class CompletionClientTests
{
    [Fact]
    public async Task It_is_told_to_forget_and_then_read()
    {
        using var target = new ScriptedTarget(200, """{"count":3,"p50Seconds":0.02,"p90Seconds":0.03,"p99Seconds":0.04,"longestSeconds":0.05}""");
        using var client = new CompletionClient("on", target.Address);

        await client.ResetAsync(TestContext.Current.CancellationToken);
        var times = await client.ReadAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["DELETE /times", "GET /times"], target.Asked);
        Assert.Equal(new CompletionTimes(3, 0.02, 0.03, 0.04, 0.05), times);
    }

    [Theory]
    [InlineData(500, "{}", "500")]
    [InlineData(200, "no numbers", "invalid")]
    [InlineData(200, "null", "null")]
    public async Task What_it_does_not_understand_fails_the_arm_by_name(int status, string body, string reason)
    {
        using var target = new ScriptedTarget(status, body);
        using var client = new CompletionClient("on", target.Address);

        var error = await Assert.ThrowsAsync<TargetFailedException>(() => client.ReadAsync(TestContext.Current.CancellationToken));

        Assert.StartsWith("arm on: GET /times", error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task An_unknown_charset_fails_the_arm_by_name()
    {
        using var target = new ScriptedTarget(200, "{}", ("Content-Type", "application/json; charset=planet-9"));
        using var client = new CompletionClient("on", target.Address);

        var error = await Assert.ThrowsAsync<TargetFailedException>(() => client.ReadAsync(TestContext.Current.CancellationToken));

        Assert.StartsWith("arm on: GET /times", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        using var other = new ScriptedTarget(200, """{"count":3,"p50Seconds":0.02,"p90Seconds":0.03,"p99Seconds":0.04,"longestSeconds":0.05}""");
        using var target = new ScriptedTarget(302, "{}", ("Location", other.Address.ToString()));
        using var client = new CompletionClient("on", target.Address);

        await Assert.ThrowsAsync<TargetFailedException>(() => client.ReadAsync(TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<TargetFailedException>(() => client.ResetAsync(TestContext.Current.CancellationToken));

        Assert.Empty(other.Asked);
    }

    private sealed class ScriptedTarget : IDisposable
    {
        private readonly HttpListener _listener;
        private readonly byte[] _body;
        private readonly int _status;

        private readonly (string Name, string Value)[] _headers;

        public ScriptedTarget(int status, string body, params (string Name, string Value)[] headers)
        {
            _headers = headers;
            (_status, _body) = (status, Encoding.UTF8.GetBytes(body));
            var port = PortReservation.Take(1)[0];
            Address = new Uri($"http://127.0.0.1:{port}/times");
            _listener = new HttpListener { Prefixes = { $"http://127.0.0.1:{port}/" } };
            _listener.Start();
            _ = AnswerAsync();
        }

        public Uri Address { get; }

        public List<string> Asked { get; } = [];

        public void Dispose() => _listener.Close();

        private async Task AnswerAsync()
        {
            try
            {
                while (true)
                {
                    var context = await _listener.GetContextAsync();
                    Asked.Add($"{context.Request.HttpMethod} {context.Request.Url!.AbsolutePath}");
                    context.Response.StatusCode = _status;
                    foreach (var (name, value) in _headers)
                    {
                        context.Response.AddHeader(name, value);
                    }

                    await context.Response.OutputStream.WriteAsync(_body);
                    context.Response.Close();
                }
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
            {
                return; // The test is over.
            }
        }
    }
}
