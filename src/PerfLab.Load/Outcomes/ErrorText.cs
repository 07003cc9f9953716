using System.ComponentModel;
using System.Globalization;

namespace PerfLab.Load.Outcomes;

/// <summary>Says in words what a kind of error and its code mean.</summary>
internal static class ErrorText
{
    public static string Describe(ErrorKind kind, int code) => kind switch
    {
        ErrorKind.UnexpectedStatus => string.Create(CultureInfo.InvariantCulture, $"the status was {code}"),
        ErrorKind.UnexpectedBody => "the body failed its check",
        ErrorKind.Malformed or ErrorKind.TooLarge => Describe((ResponseFault)code),
        ErrorKind.RequestTimeout => "no complete response within the limit",
        ErrorKind.ConnectTimeout => "no connection within the limit",
        ErrorKind.ConnectionClosed => "the peer closed the connection instead of answering",
        ErrorKind.Truncated => "the peer closed the connection in the middle of a response",
        ErrorKind.Cancelled => "the run was cancelled",
        _ when code > 0 => string.Create(CultureInfo.InvariantCulture, $"{new Win32Exception(code).Message} (errno {code})"),
        _ => ErrorTally.KeyOf(kind),
    };

    private static string Describe(ResponseFault fault) => fault switch
    {
        ResponseFault.StatusLine => "the status line is not HTTP/1.1 or HTTP/1.0 with a status from 100 to 599",
        ResponseFault.BareLineFeed => "a line ends in LF without CR",
        ResponseFault.HeaderName => "a header line does not begin with a field name and a colon",
        ResponseFault.HeaderValue => "a header value holds a control character",
        ResponseFault.FoldedHeader => "a header is folded over two lines",
        ResponseFault.ContentLength => "Content-Length is not one decimal number",
        ResponseFault.ConflictingLengths => "the length of the body is stated twice, differently",
        ResponseFault.TransferEncoding => "the transfer encoding is not 'chunked'",
        ResponseFault.ChunkSize => "a chunk size is not a hexadecimal number",
        ResponseFault.ChunkEnd => "a chunk does not end in CRLF",
        ResponseFault.UnaskedUpgrade => "the server switched protocols although nobody asked",
        ResponseFault.TooManyInterimResponses => "interim responses do not end",
        ResponseFault.ExtraBytes => "bytes follow the response that nobody asked for",
        ResponseFault.LineTooLong => "a line is longer than allowed",
        ResponseFault.HeadersTooLarge => "the header block is larger than allowed",
        ResponseFault.BodyTooLarge => "the body is larger than allowed",
        _ => "the response breaks the protocol",
    };
}
