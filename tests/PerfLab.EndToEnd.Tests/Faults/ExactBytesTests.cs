using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using PerfLab.EndToEnd.Tests.Programs;

namespace PerfLab.EndToEnd.Tests.Faults;

/// <summary>Random bytes of 0 to 1 MiB arrive as they are, whichever option and driver sends them.</summary>
public sealed class ExactBytesTests : IAsyncDisposable
{
    private const int LargestBytes = 1 << 20;
    private const int RowsOfAFeed = 25;

    private static readonly string[] s_drivers = ["sockets", "httpclient"];

    private readonly TemporaryFolder _folder = new();
    private readonly HashingServer _server = new();

    [Fact]
    public Task The_bytes_of_a_body_file_arrive_with_their_hash() => FaultCampaign.TryAsync([.. Enumerable.Range(0, 500)], few: 6, async number =>
    {
        var bytes = Draw(number);
        var file = Path.Combine(_folder.FullPath, "body.bin");
        await File.WriteAllBytesAsync(file, bytes);

        var load = await Cli.RunAsync("load", _server.Url, "--method", "POST", "--body-file", file, "--body-raw", "--connections", "1", "--duration", "20ms", "--driver", s_drivers[number % 2]);

        Assert.True(load.ExitCode == 0, $"{bytes.Length} bytes: {load}");
        var seen = _server.Take();
        Assert.NotEmpty(seen);
        Assert.All(seen, hash => Assert.Equal(Hash(bytes), hash));
    });

    [Fact]
    public Task The_bytes_of_the_rows_of_a_feed_arrive_with_their_hash() => FaultCampaign.TryAsync([.. Enumerable.Range(0, 500 / RowsOfAFeed)], few: 2, async number =>
    {
        byte[][] rows = [.. Enumerable.Range(0, RowsOfAFeed).Select(row => Draw(1000 + (number * RowsOfAFeed) + row))];
        var file = Path.Combine(_folder.FullPath, "rows.csv");
        await File.WriteAllLinesAsync(file, ["data", .. rows.Select(row => $"\"{Convert.ToBase64String(row)}\"")]);

        // One request for each row.
        var load = await Cli.RunAsync(
            "load", _server.Url, "--body", "{{data:base64}}", "--content-type", "application/octet-stream", "--feed", file, "--feed-once",
            "--rate", "50", "--duration", "500ms", "--driver", s_drivers[number % 2]);

        Assert.True(load.ExitCode == 0, load.ToString());
        Assert.Equal(rows.Select(Hash).Order(StringComparer.Ordinal), _server.Take().Order(StringComparer.Ordinal));
    });

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    // The smallest, those around buffers, and the largest are always among them.
    private static byte[] Draw(int number)
    {
        var random = new Random(FaultCampaign.Seed + number);
        var bytes = new byte[(number % 1000) switch { 0 => 0, 1 => 1, 2 => LargestBytes, 3 => 4096, 4 => 65_536, _ => random.Next(0, LargestBytes) }];
        random.NextBytes(bytes);
        return bytes;
    }

    private static string Hash(byte[] bytes) => Convert.ToHexString(SHA256.HashData(bytes));

    /// <summary>A service on loopback that keeps the hash of every body that arrived whole, by its Content-Length.</summary>
    private sealed class HashingServer : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly CancellationTokenSource _stop = new();
        private readonly List<string> _hashes = [];
        private readonly Task _accepting;

        public HashingServer()
        {
            _listener.Start();
            Url = $"http://{_listener.LocalEndpoint}/upload";
            _accepting = Task.Run(AcceptAsync);
        }

        public string Url { get; }

        public string[] Take()
        {
            lock (_hashes)
            {
                string[] taken = [.. _hashes];
                _hashes.Clear();
                return taken;
            }
        }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            _listener.Dispose();
            await _accepting.WaitAsync(TimeSpan.FromSeconds(10));
            _stop.Dispose();
        }

        private async Task AcceptAsync()
        {
            try
            {
                while (true)
                {
                    var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                    _ = Task.Run(() => ServeAsync(client));
                }
            }
            catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // The test is over.
            }
        }

        private async Task ServeAsync(TcpClient client)
        {
            using (client)
            {
                client.NoDelay = true;
                var stream = new BufferedStream(client.GetStream());
                try
                {
                    while (await ReadHeadAsync(stream) is { } length)
                    {
                        var body = new byte[length];
                        await stream.ReadExactlyAsync(body, _stop.Token);
                        lock (_hashes)
                        {
                            _hashes.Add(Hash(body));
                        }

                        await client.GetStream().WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), _stop.Token);
                    }
                }
                catch (Exception error) when (error is OperationCanceledException or IOException)
                {
                    // The client hung up, or the test is over.
                }
            }
        }

        // The length that the head of a request states; null when the client has hung up.
        private async Task<int?> ReadHeadAsync(Stream stream)
        {
            var head = new StringBuilder();
            var one = new byte[1];
            while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
            {
                if (await stream.ReadAsync(one, _stop.Token) == 0)
                {
                    return null;
                }

                head.Append((char)one[0]);
            }

            var lengths = head.ToString().Split("\r\n").Where(line => line.StartsWith("Content-Length: ", StringComparison.OrdinalIgnoreCase)).ToList();
            return lengths.Count == 0 ? 0 : int.Parse(Assert.Single(lengths)[16..], System.Globalization.CultureInfo.InvariantCulture);
        }
    }
}
