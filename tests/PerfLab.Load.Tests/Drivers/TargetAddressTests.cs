using System.Net;
using System.Net.Sockets;
using PerfLab.Load.Drivers;
using PerfLab.Load.LoadTests;
using PerfLab.Load.Tests.Servers;

namespace PerfLab.Load.Tests.Drivers;

/// <summary>Names with several addresses, IPv6 and Unix sockets: both drivers reach the same server in the same way.</summary>
public sealed class TargetAddressTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pl-").FullName;

    public static TheoryData<DriverKind> Kinds() => Requests.Kinds();

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_server_at_the_loopback_of_IPv6_is_reached_by_its_address(DriverKind kind)
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6, "There is no IPv6 here.");
        using var server = Serve(new IPEndPoint(IPAddress.IPv6Loopback, 0));

        Assert.StartsWith("http://[::1]:", server.Address.ToString(), StringComparison.Ordinal);
        AssertAnswered(server.Address, kind, new DriverOptions());
    }

    [Theory]
    [InlineData("http://[::1]/", "[::1]")]
    [InlineData("http://[::1]:5000/", "[::1]:5000")]
    [InlineData("http://b\u00fccher.example/", "xn--bcher-kva.example")]
    [InlineData("http://b\u00fccher.example:5000/", "xn--bcher-kva.example:5000")]
    [InlineData("http://127.0.0.1:5000/", "127.0.0.1:5000")]
    public async Task The_host_of_a_request_is_written_as_a_header_can_carry_it_by_both_drivers(string address, string host)
    {
        foreach (var kind in OperatingSystem.IsLinux() ? (DriverKind[])[DriverKind.Sockets, DriverKind.HttpClient] : [DriverKind.HttpClient])
        {
            var path = Path.Combine(_folder, $"{kind}.sock");
            var head = new TaskCompletionSource<string>();
            using var server = new ScriptedServer(
                async (connection, stop) =>
                {
                    while (await connection.ReadRequest(stop) is { } request)
                    {
                        head.TrySetResult(request);
                        await connection.Send(Requests.Ok, stop);
                    }
                },
                new UnixDomainSocketEndPoint(path));

            AssertAnswered(new Uri(address), kind, new DriverOptions { UnixSocket = path });

            Assert.Contains($"\r\nHost: {host}\r\n", await head.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_name_of_two_addresses_is_reached_at_the_one_where_somebody_listens(DriverKind kind)
    {
        Assert.SkipUnless((await Dns.GetHostAddressesAsync("localhost", TestContext.Current.CancellationToken)).Length > 1, "localhost has one address here.");
        using var server = Serve(new IPEndPoint(IPAddress.IPv6Loopback, 0));

        AssertAnswered(new Uri($"http://localhost:{server.Address.Port}"), kind, new DriverOptions());
    }

    [Fact]
    public async Task Of_several_addresses_the_one_that_accepts_is_told()
    {
        Assert.SkipUnless((await Dns.GetHostAddressesAsync("localhost", TestContext.Current.CancellationToken)).Length > 1, "localhost has one address here.");
        using var server = Serve(new IPEndPoint(IPAddress.IPv6Loopback, 0));

        var reached = await ReachabilityCheck.CheckAsync(new Uri($"http://localhost:{server.Address.Port}"), new DriverOptions(), TestContext.Current.CancellationToken);

        Assert.Equal($"[::1]:{server.Address.Port}", reached.Preferred.ToString());
        Assert.Equal(AddressFamily.InterNetwork, reached.All[0].AddressFamily);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_server_at_a_Unix_socket_is_reached_and_gets_the_host_of_the_address(DriverKind kind)
    {
        var path = Path.Combine(_folder, "service.sock");
        using var server = Serve(new UnixDomainSocketEndPoint(path));

        AssertAnswered(new Uri("http://service.local/"), kind, new DriverOptions { UnixSocket = path });
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_Unix_socket_at_which_nobody_listens_refuses_and_one_that_is_gone_fails(DriverKind kind)
    {
        var path = Path.Combine(_folder, "left.sock");
        using var left = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        left.Bind(new UnixDomainSocketEndPoint(path));

        Assert.Equal("connect_refused", ErrorOf(path, kind));
        Assert.Equal("connect_failed", ErrorOf(Path.Combine(_folder, "gone.sock"), kind));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string ErrorOf(string path, DriverKind kind)
    {
        using var driver = Requests.Driver(new Uri("http://service.local/"), kind, new DriverOptions { UnixSocket = path });
        var result = driver.RunClosed(1, TimeSpan.FromMilliseconds(50), new LatencyRecorder(), TestContext.Current.CancellationToken);

        Assert.Equal(0, result.Counts.Answered);
        return Assert.Single(result.Errors).Key;
    }

    private static ScriptedServer Serve(EndPoint place) => new(
        async (connection, stop) =>
        {
            while (await connection.ReadRequest(stop) is not null)
            {
                await connection.Send(Requests.Ok, stop);
            }
        },
        place);

    private static void AssertAnswered(Uri address, DriverKind kind, DriverOptions options)
    {
        using var driver = Requests.Driver(address, kind, options);

        var result = driver.RunClosed(3, TimeSpan.FromMilliseconds(100), new LatencyRecorder(), TestContext.Current.CancellationToken);

        Assert.Empty(result.Errors);
        Assert.InRange(result.Counts.Answered, 1, long.MaxValue);
    }
}
