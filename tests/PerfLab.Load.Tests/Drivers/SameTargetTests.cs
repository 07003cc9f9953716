using System.Net;
using PerfLab.Experiments.Scenarios;
using PerfLab.Load.Drivers;
using PerfLab.Load.Simulations;
using PerfLab.Load.Tests.Servers;

namespace PerfLab.Load.Tests.Drivers;

/// <summary>The same load on the same real server gives the same counts whatever the driver.</summary>
public sealed class SameTargetTests
{
    private static readonly RequestDefinition[] Mixed =
    [
        Requests.Get("/text", weight: 3),
        Requests.Get("/empty", expectedStatus: 204),
        Requests.Get("/missing", expectedStatus: 404),
        Requests.Get("/chunked"),
        Requests.Get("/large"),
        Requests.Get("/close"),
        Requests.Get("/head") with { Method = "HEAD" },
        Requests.Get("/echo") with
        {
            Method = "POST",
            Headers = new Dictionary<string, string> { ["Content-Type"] = "application/json" },
            Body = "{\"a\":1}",
        },
        // Two kinds that must fail alike.
        Requests.Get("/text", expectedStatus: 201) with { Name = "wrong status" },
        Requests.Get("/nowhere") with { Name = "no such path" },
    ];

    public static TheoryData<DriverKind> Kinds() => Requests.Kinds();

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Both_drivers_report_the_same(DriverKind kind)
    {
        await using var server = await KestrelServer.Start();

        AssertExpected(Run(server.Plain, new DriverOptions { Kind = kind }));
    }

    [Fact]
    public async Task Plaintext_http2_reports_the_same()
    {
        await using var server = await KestrelServer.Start();
        var without = Mixed.Where(request => request.Path != "/close").ToArray();

        var result = Run(server.PlainHttp2, new DriverOptions { HttpVersion = HttpVersion.Version20 }, without);

        Assert.Equal(20, result.Errors["unexpected_status"]);
        Assert.Equal(110 - 20, result.Counts.Answered);
    }

    [Fact]
    public async Task Tls_reports_the_same()
    {
        await using var server = await KestrelServer.Start();

        AssertExpected(Run(server.Tls, new DriverOptions { AcceptAnyCertificate = true }));
    }

    [Fact]
    public async Task An_unknown_certificate_is_refused_unless_accepted()
    {
        await using var server = await KestrelServer.Start();

        var result = Run(server.Tls, new DriverOptions());

        Assert.Equal(120, result.Errors["transport_failed"]);
    }

    private static LoadResult Run(Uri address, DriverOptions options, params RequestDefinition[] requests)
    {
        requests = requests.Length == 0 ? Mixed : requests;
        using var driver = Requests.Driver(address, options.Kind, options with { MaxInFlight = 8, WhenBusy = BusyPolicy.Wait, DrainLimit = TimeSpan.FromSeconds(60) }, requests);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        // Ten decks.
        var starts = 10 * (requests.Length + 2);
        return driver.RunOpen(ArrivalSchedule.Constant(starts * 2, TimeSpan.FromSeconds(0.5)), new LatencyRecorder(), limit.Token);
    }

    private static void AssertExpected(LoadResult result)
    {
        // 12 cards a deck: 10 are answered, "wrong status" and "no such path" are errors.
        Assert.Equal(120, result.Counts.Started);
        Assert.True(result.Counts.Answered == 100, string.Join(", ", result.ErrorExamples));
        Assert.Equal(20, result.Errors["unexpected_status"]);
        Assert.Equal(20, result.Counts.Errors);
        // 10 times: 3 * 5 + 5,000 + 300,000 + 3 + 7 bytes of bodies at least.
        Assert.True(result.BytesReceived >= 10 * 305_025, $"{result.BytesReceived} bytes");
    }
}
