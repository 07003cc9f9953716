using System.ComponentModel;
using System.Globalization;
using System.Text;
using System.Text.Json;
using PerfLab.Experiments.Scenarios;
using PerfLab.Experiments.Secrets;

namespace PerfLab.Load;

/// <summary>Counts errors by kind without allocating, and keeps the first example of each kind.</summary>
internal sealed class ErrorTally
{
    private static readonly string[] Names = Array.ConvertAll(
        Enum.GetValues<ErrorKind>(),
        kind => JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString()));

    private readonly long[] _counts = new long[Names.Length];
    private readonly int[] _firstCodes = new int[Names.Length];
    private readonly string?[] _firstTexts = new string?[Names.Length];

    /// <summary>Gets the stable key of a kind, in snake case.</summary>
    public static string KeyOf(ErrorKind kind) => Names[(int)kind];

    /// <summary>Counts one error.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="code">What tells more: a status, a <see cref="ResponseFault"/> or the system's error number, by kind; 0 for nothing.</param>
    public void Count(ErrorKind kind, int code)
    {
        if (_counts[(int)kind]++ == 0)
        {
            _firstCodes[(int)kind] = code;
        }
    }

    /// <summary>Counts one response whose status was not expected.</summary>
    /// <param name="status">Its status.</param>
    /// <param name="expected">The statuses that would have counted as an answer.</param>
    /// <param name="location">Where it redirects to, in ASCII; empty where it does not.</param>
    public void CountStatus(int status, StatusExpectation expected, ReadOnlySpan<byte> location)
    {
        if (_counts[(int)ErrorKind.UnexpectedStatus]++ == 0)
        {
            _firstTexts[(int)ErrorKind.UnexpectedStatus] = ErrorMessages.DescribeStatus(status, expected, KnownSecrets.HideForeign(Encoding.ASCII.GetString(location)));
        }
    }

    /// <summary>Counts one error with a text of its own.</summary>
    public void Count(ErrorKind kind, string text)
    {
        if (_counts[(int)kind]++ == 0)
        {
            _firstTexts[(int)kind] = text;
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Reset()
    {
        Array.Clear(_counts);
        Array.Clear(_firstCodes);
        Array.Clear(_firstTexts);
    }

    /// <summary>Adds the counts of another tally; the other stays as it is.</summary>
    public void Add(ErrorTally other)
    {
        for (var kind = 0; kind < Names.Length; kind++)
        {
            if (_counts[kind] == 0)
            {
                (_firstCodes[kind], _firstTexts[kind]) = (other._firstCodes[kind], other._firstTexts[kind]);
            }

            _counts[kind] += other._counts[kind];
        }
    }

    /// <summary>Gets the counts of the kinds that occurred, by key.</summary>
    public IReadOnlyDictionary<string, long> ToCounts()
    {
        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        for (var kind = 0; kind < Names.Length; kind++)
        {
            if (_counts[kind] > 0)
            {
                counts.Add(Names[kind], _counts[kind]);
            }
        }

        return counts;
    }

    /// <summary>Gets one sentence about the first error of each kind that occurred, by key.</summary>
    public IReadOnlyDictionary<string, string> ToExamples()
    {
        var examples = new SortedDictionary<string, string>(StringComparer.Ordinal);
        for (var kind = 0; kind < Names.Length; kind++)
        {
            if (_counts[kind] > 0)
            {
                examples.Add(Names[kind], _firstTexts[kind] ?? ErrorMessages.Describe((ErrorKind)kind, _firstCodes[kind]));
            }
        }

        return examples;
    }
}

/// <summary>Says in words what a kind of error and its code mean.</summary>
internal static class ErrorMessages
{
    public static string Describe(ErrorKind kind, int code) => kind switch
    {
        ErrorKind.UnexpectedBody => "the body failed its check",
        ErrorKind.Malformed or ErrorKind.TooLarge => Describe((ResponseFault)code),
        ErrorKind.RequestTimeout => "no complete response within the limit",
        ErrorKind.ConnectTimeout => "no connection within the limit",
        ErrorKind.ConnectionClosed => "the peer closed the connection instead of answering, as services do that speak TLS or HTTP/2 only (https://, --http 2)",
        ErrorKind.Truncated => "the peer closed the connection in the middle of a response",
        ErrorKind.Cancelled => "the run was cancelled",
        ErrorKind.ConnectFailed when code == Linux.Errno.AddressNotAvailable => "no local port is free (errno 99): each connection, also a closed one for a minute, holds a port of net.ipv4.ip_local_port_range",
        ErrorKind.ConnectFailed when code == Linux.Errno.Again => "the service takes no more connections at once (errno 11): the backlog of its Unix socket is full, raise it (listen, net.core.somaxconn) or use fewer connections",
        ErrorKind.ConnectFailed when code == Linux.Errno.TooManyOpenFiles => "the generator has too many open files (errno 24): raise ulimit -n",
        _ when code > 0 => string.Create(CultureInfo.InvariantCulture, $"{new Win32Exception(code).Message} (errno {code})"),
        _ => ErrorTally.KeyOf(kind),
    };

    /// <summary>Says what a status was and should have been, with what to do about it where that is known.</summary>
    /// <param name="status">What was received.</param>
    /// <param name="expected">What would have been right.</param>
    /// <param name="location">Where a redirect leads; empty for none.</param>
    public static string DescribeStatus(int status, StatusExpectation expected, string location) =>
        string.Create(CultureInfo.InvariantCulture, $"expected {expected.Text}, got {status}{HintOf(status, location)}");

    private static string HintOf(int status, string location) => status switch
    {
        401 or 403 => ": the service wants credentials; state them in a header",
        415 => ": the service wants another media type of the body; state it in a Content-Type header (--content-type application/json)",
        426 or 505 => ": the service wants another version of HTTP (--http 2)",
        >= 301 and <= 308 and not 304 when location.StartsWith("https:", StringComparison.OrdinalIgnoreCase) =>
            $" to {location}: redirects are not followed, address the target itself with https://, or switch the service's redirection to HTTPS off",
        >= 301 and <= 308 and not 304 => location.Length > 0 ? $" to {location}: redirects are not followed, address the target itself" : ": redirects are not followed",
        _ => string.Empty,
    };

    public static string Describe(ResponseFault fault) => fault switch
    {
        ResponseFault.StatusLine => "the status line is not HTTP/1.1 or HTTP/1.0 with a status from 100 to 599",
        ResponseFault.TlsRecord => "the service answers with TLS: write https:// (and --insecure for a certificate of its own)",
        ResponseFault.Http2Frame => "the service answers in HTTP/2: use --http 2",
        ResponseFault.BareLineFeed => "a line ends in LF without CR",
        ResponseFault.HeaderName => "a header line does not begin with a field name and a colon",
        ResponseFault.HeaderValue => "a header value holds a control character",
        ResponseFault.FoldedHeader => "a header is folded over two lines",
        ResponseFault.ContentLength => "Content-Length is not one decimal number",
        ResponseFault.ConflictingLengths => "the length of the body is stated twice, differently",
        ResponseFault.TransferEncoding => "the transfer encoding is not 'chunked'",
        ResponseFault.ChunkSize => "a chunk size is not a hexadecimal number",
        ResponseFault.ChunkEnd => "a chunk does not end in CRLF",
        ResponseFault.UnsolicitedUpgrade => "the server switched protocols although nobody asked",
        ResponseFault.TooManyInterimResponses => "interim responses do not end",
        ResponseFault.ExtraBytes => "bytes follow the response that nobody asked for",
        ResponseFault.LineTooLong => "a line is longer than allowed",
        ResponseFault.HeadersTooLarge => "the header block is larger than allowed",
        ResponseFault.BodyTooLarge => "the body is larger than allowed",
        _ => "the response breaks the protocol",
    };
}
