using System.Security.Cryptography;
using System.Text;
using PerfLab.Load.Drivers;
using PerfLab.Load.Feeds;
using PerfLab.Load.Simulations;
using PerfLab.Load.Tests.Drivers;
using PerfLab.Load.Tests.Servers;
using PerfLab.Load.Workloads;

namespace PerfLab.Load.Tests;

/// <summary>What a server receives is what a user gave, byte for byte; the server counts by its own reading of the length.</summary>
public sealed class ExactBytesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("perflab-bytes-").FullName;

    public static TheoryData<DriverKind> Kinds() => Requests.Kinds();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Random_bodies_of_up_to_a_megabyte_arrive_with_the_same_hash(DriverKind kind)
    {
        // Seeded; 0, 1 and 2 bytes and the sizes around the receiver's and the parser's buffers are always among them.
        var random = new Random(20261129);
        int[] sizes = [0, 1, 2, 4095, 4096, 65536, 1 << 20, .. Enumerable.Range(0, 93).Select(_ => random.Next(0, 1 << 20))];
        using var server = new HashingServer();
        foreach (var size in sizes)
        {
            var bytes = new byte[size];
            random.NextBytes(bytes);

            Send(server, kind, new RequestBody(bytes, PlaceholderRule.None), []);

            Assert.Equal(Convert.ToHexString(SHA256.HashData(bytes)), server.TakeOnly());
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Random_bytes_of_a_feed_arrive_with_the_same_hash(DriverKind kind)
    {
        var random = new Random(20261130);
        byte[][] rows = [.. new[] { 0, 1, 3, 1 << 20 }.Concat(Enumerable.Range(0, 30).Select(_ => random.Next(0, 1 << 18))).Select(Bytes)];
        var path = Path.Combine(_folder, "blobs.csv");
        File.WriteAllLines(path, ["data", .. rows.Select(row => $"\"{Convert.ToBase64String(row)}\"")]);
        using var server = new HashingServer();

        Send(server, kind, new RequestBody("{{data:base64}}"u8.ToArray(), PlaceholderRule.Strict), [DataFeed.FromCsvFile("blobs", path, FeedOrder.Sequential)], rows.Length);

        Assert.Equal(rows.Select(row => Convert.ToHexString(SHA256.HashData(row))), server.TakeAll());

        byte[] Bytes(int size)
        {
            var bytes = new byte[size];
            random.NextBytes(bytes);
            return bytes;
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Random_text_of_a_feed_arrives_as_it_is_in_a_plain_body(DriverKind kind)
    {
        // Quotes, commas, line ends, braces and letters of two, three and four bytes in UTF-8.
        var random = new Random(7);
        string[] letters = ["\"", ",", "\r\n", "\n", "{{", "}}", "a", "\u00e4", "\u65e5", "\U0001F600", "\\", "\t", "\0", " "];
        string[] rows = [.. Enumerable.Range(0, 100).Select(_ => string.Concat(Enumerable.Range(0, random.Next(1, 200)).Select(_ => letters[random.Next(letters.Length)])))];
        var path = Path.Combine(_folder, "texts.csv");
        File.WriteAllText(path, "text\n" + string.Concat(rows.Select(row => $"\"{row.Replace("\"", "\"\"", StringComparison.Ordinal)}\"\n")));
        using var server = new HashingServer();

        Send(server, kind, new RequestBody("{{text}}"u8.ToArray(), PlaceholderRule.Strict), [DataFeed.FromCsvFile("texts", path, FeedOrder.Sequential)], rows.Length, "text/plain");

        Assert.Equal(rows.Select(row => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(row)))), server.TakeAll());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_path_and_a_header_arrive_as_they_were_written(DriverKind kind)
    {
        using var server = new HashingServer();
        var request = Requests.Get("/a/../b/%7e%41/./x?q=[|]^`\"'&e=%20{") with { Headers = new Dictionary<string, string> { ["X-Name"] = "caf\u00e9" } };
        using var driver = RequestDriverFactory.Create(server.Address, RequestMix.Create(server.Address, [request], 1), new DriverOptions { Kind = kind });

        driver.RunClosed(ClosedLoad.ForIterations(1, 1), new LatencyRecorder(), TestContext.Current.CancellationToken);

        server.TakeOnly();
        Assert.StartsWith("GET /a/../b/%7e%41/./x?q=[|]^`\"'&e=%20{ HTTP/1.1\r\n", server.LastHead, StringComparison.Ordinal);
        Assert.Contains("\r\nX-Name: caf\u00e9\r\n", server.LastHead, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Generated_fields_do_not_repeat_within_a_run_and_a_field_has_one_value_in_a_request(DriverKind kind)
    {
        const int count = 25_000;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        using var server = new ScriptedServer(async (connection, stop) =>
        {
            while (await connection.ReadRequest(stop) is { } text)
            {
                // Path and body name the same row.
                var id = text.Split(' ')[1].TrimStart('/');
                if (text.EndsWith($"\r\n\r\n{{\"id\":{id}}}", StringComparison.Ordinal))
                {
                    lock (seen)
                    {
                        seen.Add(id);
                    }
                }

                await connection.Send(Requests.Ok, stop);
            }
        });
        var request = Requests.Get("/{{id}}") with { Method = "POST", Body = "{\"id\":{{id}}}" };
        var mix = RequestMix.Create(server.Address, [request], new RequestMixOptions { Feeds = [FeedSyntax.Generate(["id=sequence(1)"], seed: 1)] }, 1);
        using var driver = RequestDriverFactory.Create(server.Address, mix, new DriverOptions { Kind = kind });

        // A warm-up, a closed and an open phase share the rows.
        driver.RunClosed(ClosedLoad.ForIterations(4, count - 500), new LatencyRecorder(), TestContext.Current.CancellationToken);
        var result = driver.RunOpen(ArrivalSchedule.Constant(2000, TimeSpan.FromSeconds(0.25)), new LatencyRecorder(), TestContext.Current.CancellationToken);

        Assert.Equal(count - result.Counts.Dropped, seen.Count);
    }

    private static void Send(HashingServer server, DriverKind kind, RequestBody body, DataFeed[] feeds, int count = 1, string type = "application/octet-stream")
    {
        var request = Requests.Get() with { Name = "upload", Method = "POST", Headers = new Dictionary<string, string> { ["Content-Type"] = type } };
        var options = new RequestMixOptions { Feeds = feeds, Bodies = new Dictionary<string, RequestBody> { ["upload"] = body } };
        using var driver = RequestDriverFactory.Create(server.Address, RequestMix.Create(server.Address, [request], options, 1), new DriverOptions { Kind = kind });
        var result = driver.RunClosed(ClosedLoad.ForIterations(1, count), new LatencyRecorder(), TestContext.Current.CancellationToken);
        Assert.Equal(count, result.Counts.Answered);
    }

    /// <summary>Keeps the hash of every body, in the order in which they came.</summary>
    private sealed class HashingServer : IDisposable
    {
        private readonly List<string> _hashes = [];
        private readonly ScriptedServer _server;

        public HashingServer() => _server = new ScriptedServer(async (connection, stop) =>
        {
            while (await connection.ReadRequest(stop) is { } request)
            {
                var end = request.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4;
                lock (_hashes)
                {
                    LastHead = request[..end];
                    _hashes.Add(Convert.ToHexString(SHA256.HashData(Encoding.Latin1.GetBytes(request[end..]))));
                }

                await connection.Send(Requests.Ok, stop);
            }
        });

        public Uri Address => _server.Address;

        public string LastHead { get; private set; } = string.Empty;

        public string TakeOnly() => Assert.Single(TakeAll());

        public string[] TakeAll()
        {
            lock (_hashes)
            {
                string[] taken = [.. _hashes];
                _hashes.Clear();
                return taken;
            }
        }

        public void Dispose() => _server.Dispose();
    }
}
