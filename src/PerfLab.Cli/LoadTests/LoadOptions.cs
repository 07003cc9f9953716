using System.CommandLine;
using PerfLab.Cli.Options;

namespace PerfLab.Cli.LoadTests;

/// <summary>The words of <c>load</c>; what they mean together is decided by <see cref="LoadRequest"/>.</summary>
internal sealed class LoadOptions
{
    public Argument<string> Url { get; } = new("url") { Description = "Address of the service, for example http://127.0.0.1:5000/orders. {{field}} is filled from --feed or --generate." };

    public Option<string?> Rate { get; } = new("--rate") { Description = "Open loop: requests per second, however slow the answers are." };

    public Option<string?> Duration { get; } = new("--duration") { Description = "How long, for example 500ms, 30s, 5m; with --rate or --connections. Default 10s." };

    public Option<string?> Connections { get; } = new("--connections") { Description = "Closed loop: so many connections, each sends again when it was answered." };

    public Option<string?> Simulate { get; } = new("--simulate") { Description = "The load in the words of NBomber: \"ramping_inject(500, 30s), inject(500, 2m), pause(5s), keep_constant(20, 1m)\"." };

    public Option<string?> WarmUp { get; } = new("--warm-up") { Description = "The same load for so long before the measuring. Default none." };

    public Option<string[]> Request { get; } = new("--request") { Description = "One of several requests: \"NAME=METHOD PATH [WEIGHT]\", for example \"orders=GET /orders 9\"; repeatable. The numbers of each are shown by its name." };

    public Option<string> Method { get; } = new("--method") { Description = "HTTP method. Default GET, or POST with a body." };

    public Option<string[]> Header { get; } = new("--header") { Description = "\"Name: value\", repeatable." };

    public Option<string?> Body { get; } = new("--body") { Description = "The body as text." };

    public Option<string?> BodyFile { get; } = new("--body-file") { Description = "The body from a file, byte for byte; {{field}} is filled in a file of text." };

    public Option<bool> BodyRaw { get; } = new("--body-raw") { Description = "Send the body as it is: braces in it are no placeholders." };

    public Option<string?> ContentType { get; } = new("--content-type") { Description = "Media type of the body. Default: by the ending of --body-file." };

    public Option<string[]> Feed { get; } = new("--feed") { Description = "Rows for {{field}} in path, headers and body: FILE.csv, FILE.json or NAME=FILE; repeatable." };

    public Option<string> FeedOrder { get; } = new("--feed-order") { Description = "sequential (default) or shuffled." };

    public Option<string?> FeedEncoding { get; } = new("--feed-encoding") { Description = "How feeds are written, for example windows-1252. Default utf-8, or what a byte order mark says." };

    public Option<bool> FeedOnce { get; } = new("--feed-once") { Description = "Use each row at most once: refuse a load that needs more rows than a feed has." };

    public Option<string[]> Generate { get; } = new("--generate") { Description = "A generated field: id=sequence(1), id=between(1,1000), tier=choice(a|b), id=uuid, name=letters(8); repeatable." };

    public Option<string?> Expect { get; } = new("--expect") { Description = "The statuses that count as an answer: 201, 2xx, 200,404. Default 200." };

    public Option<string?> ExpectBody { get; } = new("--expect-body") { Description = "A text that every answer's body must hold." };

    public Option<string> Driver { get; } = new("--driver") { Description = "sockets (plain HTTP/1.1 on Linux, default where it fits) or httpclient." };

    public Option<string> Http { get; } = new("--http") { Description = "Version of HTTP: 1.1 (default) or 2." };

    public Option<string?> UnixSocket { get; } = new("--unix-socket") { Description = "Connect to the Unix socket at this path; host and port of the address are only sent along.", HelpName = "PATH" };

    public Option<bool> Insecure { get; } = new("--insecure") { Description = "Accept every certificate of the service." };

    public Option<int> MaxInFlight { get; } = NumberOption.Create("--max-in-flight", new WholeNumbers<int>(1, int.MaxValue, "Write for example 1000."), 1000, "Bound on requests in flight of an open loop.");

    public Option<string> WhenBusy { get; } = new("--when-busy") { Description = "What happens to a start above the bound: drop (default) or wait." };

    public Option<string?> Timeout { get; } = new("--timeout") { Description = "Limit of one request. Default 10s." };

    public Option<ulong> Seed { get; } = NumberOption.Create<ulong>("--seed", new WholeNumbers<ulong>(0, ulong.MaxValue, "Write for example 1."), 1, "Equal seeds give equal arrivals, orders and feeds.");

    public Option<string?> Cores { get; } = new("--cores") { Description = "Processors of the generating thread, for example 1 or 2,3 (Linux)." };

    public Option<string[]> Threshold { get; } = new("--threshold") { Description = "A condition in k6's grammar, for example \"p(99)<200\"; repeatable. Exit code 99 when one does not hold." };

    public Option<string?> Json { get; } = new("--json") { Description = "Write the whole result into a file." };

    public Option<string?> JUnit { get; } = new("--junit") { Description = "Write the thresholds into a file as test cases, which build servers show." };

    public Option<string?> Csv { get; } = new("--csv") { Description = "Write the seconds into a file." };

    public Option<string[]> Chart { get; } = new("--chart") { Description = "Draw the percentile spectrum into a file, .svg or .png; repeatable." };

    public Option<string?> Hdr { get; } = new("--hdr") { Description = "Write three HdrHistogram logs into a folder: response.hlog, service.hlog, lateness.hlog." };

    /// <summary>Makes the command without its action.</summary>
    public Command ToCommand() => new("load", "Put load on a service and say honestly how it answered.")
    {
        Url, Rate, Duration, Connections, Simulate, WarmUp, Request, Method, Header, Body, BodyFile, BodyRaw, ContentType,
        Feed, FeedOrder, FeedEncoding, FeedOnce, Generate, Expect, ExpectBody,
        Driver, Http, UnixSocket, Insecure, MaxInFlight, WhenBusy, Timeout, Seed, Cores, Threshold, Json, JUnit, Csv, Chart, Hdr,
    };
}
