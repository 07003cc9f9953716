using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Text;
using PerfLab.Cli.Options;
using PerfLab.Experiments.Scenarios;
using PerfLab.Experiments.Secrets;
using PerfLab.Experiments.Thresholds;
using PerfLab.Load.Drivers;
using PerfLab.Load.Feeds;
using PerfLab.Load.Http;
using PerfLab.Load.LoadTests;
using PerfLab.Load.Simulations;
using PerfLab.Load.Workloads;

namespace PerfLab.Cli.LoadTests;

/// <summary>What a user asked of <c>load</c>, checked as a whole before anything is started.</summary>
/// <param name="Test">The load.</param>
/// <param name="Run">The load, prepared.</param>
/// <param name="Thresholds">Conditions on its result.</param>
/// <param name="Files">Where the result is written.</param>
internal sealed record LoadRequest(LoadTest Test, LoadTestRun Run, IReadOnlyList<Threshold> Thresholds, LoadFiles Files)
{
    private const string DefaultDuration = "10s";

    // sockaddr_un holds 108 bytes on Linux and 104 on macOS, with the zero at the end.
    private const int LongestSocketPath = 103;

    private static readonly string[] s_methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"];

    /// <exception cref="UsageException">Something is wrong; the message names everything.</exception>
    public static LoadRequest Read(ParseResult parse, LoadOptions options)
    {
        var faults = new UsageFaults();
        var seed = parse.GetValue(options.Seed);
        var body = LoadBody.Read(parse, options, faults);
        var address = faults.Read(() => LoadTestAddress.Parse(parse.GetRequiredValue(options.Url)), new LoadTestAddress("", new Uri("http://localhost"), "/"));
        var test = new LoadTest
        {
            Address = address,
            Requests = LoadMix.Read(parse.GetValue(options.Request) ?? [], ReadRequest(parse, options, body, faults), address, parse.GetValue(options.Method) is not null, faults),
            Body = body.Body,
            Check = parse.GetValue(options.ExpectBody) is { } text ? new ResponseCheck { BodyContains = faults.Read(() => ExpectedText.Read(text), text) } : null,
            Feeds = ReadFeeds(parse, options, seed, faults),
            UsesRowsOnce = parse.GetValue(options.FeedOnce),
            Simulations = ReadSimulations(parse, options, faults),
            WarmUp = ReadDuration(parse, options.WarmUp, "0s", faults),
            Seed = seed,
            Options = ReadDriverOptions(parse, options, faults),
            Cores = ReadCores(parse.GetValue(options.Cores), faults),
        };
        var thresholds = ThresholdOptions.ReadForLoad(parse.GetValue(options.Threshold) ?? [], test.Requests.Count > 1 ? [.. test.Requests.Select(request => request.Name)] : null, faults);
        var files = new LoadFiles(parse.GetValue(options.Json), parse.GetValue(options.JUnit), parse.GetValue(options.Csv), parse.GetValue(options.Chart) ?? [], parse.GetValue(options.Hdr));
        files.Check(faults);
        faults.ThrowIfAny();
        var run = faults.Read(() => LoadTestRun.Prepare(test), null);
        faults.ThrowIfAny();
        return new LoadRequest(test, run!, thresholds, files);
    }

    /// <summary>Reads what all requests share: method, headers and expected statuses; what is wrong becomes faults.</summary>
    public static RequestDefinition ReadRequest(ParseResult parse, LoadOptions options, LoadBody body, UsageFaults faults)
    {
        var headers = ReadHeaders(parse.GetValue(options.Header) ?? [], faults);
        var isTypeGiven = body.ContentType is not null && headers.ContainsKey("Content-Type");
        faults.Unless(
            !isTypeGiven || parse.GetValue(options.ContentType) is null,
            "Two media types are given (--content-type, --header \"Content-Type: ...\"). Leave one of them out.");
        if (body.ContentType is not null && !isTypeGiven)
        {
            headers.Add("Content-Type", body.ContentType);
        }

        return new RequestDefinition
        {
            Name = "request",
            Method = WithCapitals(parse.GetValue(options.Method)) ?? (body.Body is null ? "GET" : "POST"),
            Path = "/",
            Headers = headers,
            Body = null,
            ExpectedStatus = ReadExpectation(parse.GetValue(options.Expect), faults),
            Weight = 1,
        };
    }

    // Methods are case-sensitive (RFC 9110, section 9.1), and nobody who writes one of these in small letters means another.
    private static string? WithCapitals(string? method) => s_methods.FirstOrDefault(known => string.Equals(known, method, StringComparison.OrdinalIgnoreCase)) ?? method;

    private static StatusExpectation ReadExpectation(string? text, UsageFaults faults)
    {
        StatusExpectation? expected = 200;
        faults.Unless(
            text is null || StatusExpectation.TryParse(text, out expected),
            $"'{text}' is not a status that counts as an answer (--expect). Give 200 to 599, a class such as 2xx, or several with commas between.");
        return expected ?? 200;
    }

    private static Dictionary<string, string> ReadHeaders(IReadOnlyList<string> texts, UsageFaults faults)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var text in texts)
        {
            var colon = text.IndexOf(':', StringComparison.Ordinal);
            faults.Unless(
                colon > 0 && headers.TryAdd(text[..colon].Trim(), text[(colon + 1)..].Trim()),
                $"'{Shown(text)}' is not a header with a name of its own (--header). Write \"Name: value\", each name once.");
        }

        return headers;
    }

    // What is no header may hold a secret all the same.
    private static string Shown(string text) =>
        text.IndexOfAny([':', ' ', '=']) is > 0 and var end && (SecretNames.IsSecret(text[..end]) || SecretText.Schemes.Contains(text[..end], StringComparer.OrdinalIgnoreCase))
            ? text[..end] + "..."
            : SecretText.Hide(null, text);

    private static IReadOnlyList<DataFeed> ReadFeeds(ParseResult parse, LoadOptions options, ulong seed, UsageFaults faults)
    {
        var order = faults.Read(() => OptionChoice.Of(parse.GetValue(options.FeedOrder), "--feed-order", ("sequential", FeedOrder.Sequential), ("shuffled", FeedOrder.Shuffled)), FeedOrder.Sequential);
        var encoding = parse.GetValue(options.FeedEncoding) is { } name ? faults.Read(() => FeedText.EncodingOf(name), null) : null;
        var feeds = (parse.GetValue(options.Feed) ?? []).Select(text => faults.Read(() => FeedSyntax.FromFile(text, order, encoding), null)).OfType<DataFeed>();
        var generated = parse.GetValue(options.Generate) is { Length: > 0 } fields ? faults.Read(() => FeedSyntax.Generate(fields, seed), null) : null;
        return generated is null ? [.. feeds] : [.. feeds, generated];
    }

    private static IReadOnlyList<LoadSimulation> ReadSimulations(ParseResult parse, LoadOptions options, UsageFaults faults)
    {
        var (rate, connections, simulate) = (parse.GetValue(options.Rate), parse.GetValue(options.Connections), parse.GetValue(options.Simulate));
        var duration = parse.GetValue(options.Duration);
        var count = new[] { rate, connections, simulate }.Count(given => given is not null);
        faults.Unless(count > 0, "No load is given (load). Add --rate 2000 for an open loop, --connections 64 for a closed one, or --simulate \"inject(2000, 30s)\".");
        faults.Unless(
            count < 2,
            "Several loads are given (--rate, --connections, --simulate). Leave all but one out; with a rate, --max-in-flight bounds the connections.");
        faults.Unless(simulate is null || duration is null, $"'{duration}' has no meaning with --simulate (--duration). Write durations into the simulations.");
        var during = ReadDuration(parse, options.Duration, DefaultDuration, faults);
        if (count != 1)
        {
            return [];
        }

        return simulate is not null ? faults.Read(() => LoadSimulationSyntax.Parse(simulate), [])
            : rate is not null ? faults.Read<IReadOnlyList<LoadSimulation>>(() => [new LoadSimulation.Inject(QuantitySyntax.Rate(rate), during)], [], "--rate ")
            : faults.Read<IReadOnlyList<LoadSimulation>>(() => [new LoadSimulation.KeepConstant(QuantitySyntax.Count(connections!), during)], [], "--connections ");
    }

    private static TimeSpan ReadDuration(ParseResult parse, Option<string?> option, string otherwise, UsageFaults faults) => faults.Read(
        () => QuantitySyntax.Duration(parse.GetValue(option) ?? otherwise, allowsZero: option.Name == "--warm-up"),
        TimeSpan.FromSeconds(1),
        option.Name + " ");

    private static DriverOptions ReadDriverOptions(ParseResult parse, LoadOptions options, UsageFaults faults) => new()
    {
        Kind = parse.GetValue(options.Driver) is { } driver
            ? faults.Read(() => OptionChoice.Of(driver, "--driver", ("sockets", DriverKind.Sockets), ("httpclient", DriverKind.HttpClient)), DriverKind.Auto)
            : DriverKind.Auto,
        HttpVersion = faults.Read(() => OptionChoice.Of(parse.GetValue(options.Http), "--http", ("1.1", HttpVersion.Version11), ("2", HttpVersion.Version20)), HttpVersion.Version11),
        MaxInFlight = parse.GetValue(options.MaxInFlight),
        WhenBusy = faults.Read(() => OptionChoice.Of(parse.GetValue(options.WhenBusy), "--when-busy", ("drop", BusyPolicy.Drop), ("wait", BusyPolicy.Wait)), BusyPolicy.Drop),
        RequestTimeout = ReadDuration(parse, options.Timeout, "10s", faults),
        DrainLimit = ReadDuration(parse, options.Timeout, "10s", new UsageFaults()),
        AcceptAnyCertificate = parse.GetValue(options.Insecure),
        UnixSocket = ReadUnixSocket(parse.GetValue(options.UnixSocket), faults),
    };

    private static string? ReadUnixSocket(string? path, UsageFaults faults)
    {
        faults.Unless(path is null || (path.Length > 0 && Encoding.UTF8.GetByteCount(Path.GetFullPath(path)) <= LongestSocketPath), $"'{path}' is no path of a socket (--unix-socket): it is empty, or longer than {LongestSocketPath} bytes.");
        faults.Unless(path is null or "" || Path.Exists(path), $"'{path}' does not exist (--unix-socket). Start the service, or correct the path.");
        return string.IsNullOrEmpty(path) ? null : Path.GetFullPath(path);
    }

    private static int[]? ReadCores(string? text, UsageFaults faults)
    {
        var cores = text?.Split(',').Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var core) ? core : -1).ToArray();
        var allowed = ProcessLimits.Read().Processors ?? [.. Enumerable.Range(0, Environment.ProcessorCount)];
        faults.Unless(
            cores is null || cores.All(allowed.Contains),
            $"'{text}' are not processors that this process may use (--cores). Name some of {string.Join(",", allowed)}, with commas between.");
        return cores;
    }
}
