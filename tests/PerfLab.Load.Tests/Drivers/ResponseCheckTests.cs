using PerfLab.Load.Drivers;
using PerfLab.Load.Http;
using PerfLab.Load.Simulations;
using PerfLab.Load.Tests.Servers;
using PerfLab.Load.Workloads;

namespace PerfLab.Load.Tests.Drivers;

public sealed class ResponseCheckTests
{
    private const string Chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\npay=\r\n5\r\ncard;\r\n0\r\n\r\n";

    public static TheoryData<DriverKind> Kinds() => Requests.Kinds();

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_text_split_between_chunks_is_found(DriverKind kind) =>
        Assert.Equal(3, Run(kind, Chunked, new ResponseCheck { BodyContains = "pay=card" }).Counts.Answered);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_body_without_the_text_is_an_error(DriverKind kind)
    {
        // The text stands in the framing, not in the body.
        var result = Run(kind, Chunked, new ResponseCheck { BodyContains = "chunked" });

        Assert.Equal(3, result.Errors["unexpected_body"]);
        Assert.Equal(0, result.Counts.Answered);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Lengths_are_those_of_the_body(DriverKind kind)
    {
        Assert.Equal(3, Run(kind, Chunked, new ResponseCheck { MinBodyBytes = 9, MaxBodyBytes = 9 }).Counts.Answered);
        Assert.Equal(3, Run(kind, Chunked, new ResponseCheck { MinBodyBytes = 10 }).Errors["unexpected_body"]);
        Assert.Equal(3, Run(kind, Chunked, new ResponseCheck { MaxBodyBytes = 8 }).Errors["unexpected_body"]);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Another_status_is_told_before_the_body(DriverKind kind) =>
        Assert.Equal(3, Run(kind, "HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n", new ResponseCheck { MinBodyBytes = 1 }).Errors["unexpected_status"]);

    [Fact]
    public void A_check_of_an_unknown_request_is_refused()
    {
        var options = new RequestMixOptions { Checks = new Dictionary<string, ResponseCheck> { ["typo"] = new() } };

        var message = Assert.Throws<ArgumentException>(() => RequestMix.Create(new Uri("http://a"), [Requests.Get()], options, 1)).Message;
        Assert.Contains("'typo'", message, StringComparison.Ordinal);
    }

    private static LoadResult Run(DriverKind kind, string response, ResponseCheck check)
    {
        using var server = ScriptedServer.Answering(response);
        var request = Requests.Get();
        var options = new RequestMixOptions { Checks = new Dictionary<string, ResponseCheck> { [request.Name] = check } };
        using var driver = RequestDriverFactory.Create(server.Address, RequestMix.Create(server.Address, [request], options, 1), new DriverOptions { Kind = kind });
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        return driver.RunClosed(ClosedLoad.ForIterations(1, 3), new LatencyRecorder(), limit.Token);
    }
}
