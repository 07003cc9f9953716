using System.Net;
using PerfLab.Experiments.Scenarios;
using PerfLab.Load.Drivers;
using PerfLab.Load.Simulations;
using PerfLab.Load.Tests.Servers;

namespace PerfLab.Load.Tests.Drivers;

/// <summary>What a driver counts is what nginx has written into its access log.</summary>
public sealed class NginxTests
{
    private static readonly Dictionary<string, string> s_gzip = new() { ["Accept-Encoding"] = "gzip" };

    public static TheoryData<string, DriverKind> Cases()
    {
        var cases = new TheoryData<string, DriverKind>();
        foreach (var kind in new[] { DriverKind.Sockets, DriverKind.HttpClient })
        {
            cases.Add("plain", kind);
            cases.Add("gzip", kind);
            cases.Add("keep-alive limit", kind);
        }

        cases.Add("TLS", DriverKind.HttpClient);
        cases.Add("TLS and HTTP/2", DriverKind.HttpClient);
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Counts_equal_those_of_nginx(string name, DriverKind kind)
    {
        Assert.SkipWhen(NginxServer.WhyMissing is not null, NginxServer.WhyMissing ?? "");
        await using var server = await NginxServer.StartAsync();
        var isHttp2 = name == "TLS and HTTP/2";
        var address = name switch { "keep-alive limit" => server.FewRequests, "TLS" => server.Tls, "TLS and HTTP/2" => server.Http2, _ => server.Plain };
        var options = new DriverOptions
        {
            MaxInFlight = 8,
            WhenBusy = BusyPolicy.Wait,
            AcceptAnyCertificate = true,
            HttpVersion = isHttp2 ? HttpVersion.Version20 : HttpVersion.Version11,
        };
        RequestDefinition[] requests =
        [
            Requests.Get("/text") with { Headers = name == "gzip" ? s_gzip : new Dictionary<string, string>() },
            Requests.Get("/missing", expectedStatus: 404),
        ];
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        long answered;
        long? connections;
        using (var driver = Requests.Driver(address, kind, options, requests))
        {
            var open = driver.RunOpen(ArrivalSchedule.Constant(500, TimeSpan.FromSeconds(0.5)), new LatencyRecorder(), limit.Token);
            var closed = driver.RunClosed(ClosedLoad.ForIterations(4, 750), new LatencyRecorder(), limit.Token);

            Assert.True(open.Errors.Count + closed.Errors.Count == 0, string.Join(", ", open.ErrorExamples.Concat(closed.ErrorExamples)));
            (answered, connections) = (open.Counts.Answered + closed.Counts.Answered, open.ConnectionsOpened + closed.ConnectionsOpened);
        }

        var log = await server.EndAsync();

        Assert.Equal(1000, answered);
        Assert.Equal(answered, log.Length);
        Assert.All(log, line => Assert.StartsWith(isHttp2 ? "HTTP/2.0 " : "HTTP/1.1 ", line, StringComparison.Ordinal));
        Assert.Equal(500, log.Count(line => line.Contains(" 404 ", StringComparison.Ordinal)));
        Assert.Equal(name == "gzip" ? 500 : 0, log.Count(line => line.EndsWith(" 200 gzip", StringComparison.Ordinal)));
        if (name == "keep-alive limit" && connections is { } opened)
        {
            Assert.InRange(opened, Math.Ceiling(1000.0 / NginxServer.KeepAliveRequests), 1000);
        }
    }
}
