using System.Net;
using System.Net.Sockets;
using System.Text;
using PerfLab.Experiments.Scenarios;
using PerfLab.Runner.LaunchSets;
using PerfLab.Runner.Targets;

namespace PerfLab.Runner.Tests.LaunchSets;

public sealed class LoginClientTests
{
    [Theory]
    [InlineData("{\"data\":{\"token\":\"abc-1\"},\"other\":1}", "data.token")]
    [InlineData("{\"token\":\"abc-1\"}", "token")]
    public async Task A_token_is_a_member_of_the_answer(string answer, string member) =>
        Assert.Equal("abc-1", await LogInAsync($"HTTP/1.1 200 OK\r\n\r\n{answer}", member, cookie: null));

    [Fact]
    public async Task A_cookie_is_its_value_without_its_attributes() =>
        Assert.Equal("abc=1", await LogInAsync("HTTP/1.1 204 No Content\r\nSet-Cookie: other=x\r\nSet-Cookie: session=abc=1; Path=/; HttpOnly\r\n\r\n", member: null, "session"));

    [Theory]
    [InlineData("HTTP/1.1 401 Unauthorized\r\n\r\n", "was answered with 401, and 2xx is expected")]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: /welcome\r\n\r\n", "was answered with 302, and 2xx is expected")]
    [InlineData("HTTP/1.1 200 OK\r\n\r\n<html>", "without a text token in a JSON object")]
    [InlineData("HTTP/1.1 200 OK\r\n\r\n[1]", "without a text token in a JSON object")]
    [InlineData("HTTP/1.1 200 OK\r\n\r\n{\"token\":7}", "without a text token in a JSON object")]
    [InlineData("HTTP/1.1 200 OK\r\n\r\n{\"token\":\"a\\nb\"}", "without a text token in a JSON object")]
    [InlineData("nonsense\r\n\r\n", "failed: ")]
    public async Task What_is_no_login_is_told_with_its_place(string answer, string problem)
    {
        var error = await Assert.ThrowsAsync<TargetFailedException>(() => LogInAsync(answer, "token", cookie: null));

        Assert.StartsWith("arm on: the login POST /login (target.login) ", error.Message, StringComparison.Ordinal);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    // One connection on loopback, which gets the answer and is closed.
    private static async Task<string> LogInAsync(string answer, string? member, string? cookie)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        var request = new RequestDefinition
        {
            Name = "login",
            Method = "POST",
            Path = "/login",
            Headers = new Dictionary<string, string> { ["Content-Type"] = "application/json" },
            Body = "{}",
            ExpectedStatus = StatusExpectation.TryParse("2xx", out var any) ? any : 200,
            Weight = 1,
        };

        var login = LoginClient.LogInAsync("on", new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/"), new LoginDefinition(request, member, cookie), limit.Token);

        Assert.StartsWith("POST /login HTTP/1.1\r\n", await ServeAsync(listener, answer, limit.Token), StringComparison.Ordinal);
        return await login;
    }

    private static async Task<string> ServeAsync(TcpListener listener, string answer, CancellationToken stop)
    {
        using var client = await listener.AcceptTcpClientAsync(stop);
        await using var stream = client.GetStream();
        var received = new StringBuilder();
        var buffer = new byte[4096];
        while (!received.ToString().EndsWith("{}", StringComparison.Ordinal))
        {
            var count = await stream.ReadAsync(buffer, stop);
            Assert.NotEqual(0, count);
            received.Append(Encoding.Latin1.GetString(buffer, 0, count));
        }

        await stream.WriteAsync(Encoding.Latin1.GetBytes(answer), stop);
        return received.ToString();
    }
}
