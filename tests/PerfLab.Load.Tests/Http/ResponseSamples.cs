using System.Text;

namespace PerfLab.Load.Tests.Http;

/// <summary>Responses, good and bad, that several tests use.</summary>
public static class ResponseSamples
{
    /// <summary>Gets good responses: name, text, status, bytes of the body, whether the connection lives on.</summary>
    public static TheoryData<string, string, int, long, bool> Good() => new()
    {
        { "fixed length", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", 200, 5, true },
        { "no body", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", 200, 0, true },
        { "no reason", "HTTP/1.1 200 \r\nContent-Length: 1\r\n\r\nx", 200, 1, true },
        { "no reason and no space", "HTTP/1.1 404\r\nContent-Length: 1\r\n\r\nx", 404, 1, true },
        { "any case", "HTTP/1.1 200 OK\r\ncOnTeNt-LeNgTh:3\r\nCONNECTION: Keep-Alive\r\n\r\nabc", 200, 3, true },
        { "blanks around a value", "HTTP/1.1 200 OK\r\nContent-Length: \t 3 \t\r\n\r\nabc", 200, 3, true },
        { "the same length twice", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\nabc", 200, 3, true },
        { "empty header value", "HTTP/1.1 200 OK\r\nX-Empty:\r\nContent-Length: 1\r\n\r\nx", 200, 1, true },
        { "chunked", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n", 200, 11, true },
        { "chunks with extensions", "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\nA;name=\"value\"\r\n0123456789\r\n0 ;last\r\n\r\n", 200, 10, true },
        { "chunk sizes with zeros before them", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n00000000000000000005\r\nhello\r\n0000000000000000\r\n\r\n", 200, 5, true },
        { "trailers", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\nX-Sum: 1\r\nX-More: 2\r\n\r\n", 200, 1, true },
        { "204", "HTTP/1.1 204 No Content\r\nServer: x\r\n\r\n", 204, 0, true },
        { "304 with the length of what it stands for", "HTTP/1.1 304 Not Modified\r\nContent-Length: 500\r\n\r\n", 304, 0, true },
        { "interim", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", 200, 2, true },
        { "connection close", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok", 200, 2, false },
        { "close in a list", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: foo, Close\r\n\r\nok", 200, 2, false },
        { "1.0", "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok", 200, 2, false },
        { "1.0 kept alive", "HTTP/1.0 200 OK\r\nContent-Length: 2\r\nConnection: keep-alive\r\n\r\nok", 200, 2, true },
        { "a header like a length", "HTTP/1.1 200 OK\r\nContent-Lengtx: 9\r\nContent-Length: 2\r\n\r\nok", 200, 2, true },
        { "letters of Latin-1 in a value", "HTTP/1.1 200 Gr\u00fc\u00df\r\nX: \u00e9\r\nContent-Length: 2\r\n\r\nok", 200, 2, true },
    };

    /// <summary>Gets bad responses: name, text, kind of error in snake case, fault.</summary>
    public static TheoryData<string, string, string, string> Bad() => new()
    {
        { "another protocol", "SSH-2.0-OpenSSH_9.2\r\n", "malformed", "StatusLine" },
        { "another protocol without a line end", "\u0001\u0002\u0003", "malformed", "StatusLine" },
        { "an alert of TLS", "\u0015\u0003\u0001", "malformed", "TlsRecord" },
        { "a frame of HTTP/2", "\u0000\u0000\u0012\u0004\u0000\u0000\u0000\u0000\u0000", "malformed", "Http2Frame" },
        { "an empty line first", "\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "malformed", "StatusLine" },
        { "lower case", "http/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "malformed", "StatusLine" },
        { "version 2", "HTTP/2.0 200 OK\r\nContent-Length: 0\r\n\r\n", "malformed", "StatusLine" },
        { "version 1.2", "HTTP/1.2 200 OK\r\nContent-Length: 0\r\n\r\n", "malformed", "StatusLine" },
        { "no status", "HTTP/1.1\r\nContent-Length: 0\r\n\r\n", "malformed", "StatusLine" },
        { "status of letters", "HTTP/1.1 2OO OK\r\nContent-Length: 0\r\n\r\n", "malformed", "StatusLine" },
        { "status of four digits", "HTTP/1.1 2000 OK\r\nContent-Length: 0\r\n\r\n", "malformed", "StatusLine" },
        { "status 099", "HTTP/1.1 099 OK\r\nContent-Length: 0\r\n\r\n", "malformed", "StatusLine" },
        { "status 600", "HTTP/1.1 600 OK\r\nContent-Length: 0\r\n\r\n", "malformed", "StatusLine" },
        { "two blanks before the status", "HTTP/1.1  200 OK\r\nContent-Length: 0\r\n\r\n", "malformed", "StatusLine" },
        { "control character in the reason", "HTTP/1.1 200 O\u0001K\r\nContent-Length: 0\r\n\r\n", "malformed", "StatusLine" },
        { "bare line feeds", "HTTP/1.1 200 OK\nContent-Length: 0\n\n", "malformed", "BareLineFeed" },
        { "bare line feed in the headers", "HTTP/1.1 200 OK\r\nX: 1\nContent-Length: 0\r\n\r\n", "malformed", "BareLineFeed" },
        { "bare carriage return", "HTTP/1.1 200 OK\r\nX: 1\rY: 2\r\nContent-Length: 0\r\n\r\n", "malformed", "HeaderValue" },
        { "no colon", "HTTP/1.1 200 OK\r\nnonsense\r\nContent-Length: 0\r\n\r\n", "malformed", "HeaderName" },
        { "no name", "HTTP/1.1 200 OK\r\n: value\r\nContent-Length: 0\r\n\r\n", "malformed", "HeaderName" },
        { "blank before the colon", "HTTP/1.1 200 OK\r\nContent-Length : 0\r\n\r\n", "malformed", "HeaderName" },
        { "folded header", "HTTP/1.1 200 OK\r\nX: 1\r\n  2\r\nContent-Length: 0\r\n\r\n", "malformed", "FoldedHeader" },
        { "NUL in a value", "HTTP/1.1 200 OK\r\nX: a\0b\r\nContent-Length: 0\r\n\r\n", "malformed", "HeaderValue" },
        { "length of letters", "HTTP/1.1 200 OK\r\nContent-Length: ten\r\n\r\n", "malformed", "ContentLength" },
        { "negative length", "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", "malformed", "ContentLength" },
        { "length with a sign", "HTTP/1.1 200 OK\r\nContent-Length: +1\r\n\r\nx", "malformed", "ContentLength" },
        { "no length in the length", "HTTP/1.1 200 OK\r\nContent-Length:\r\n\r\n", "malformed", "ContentLength" },
        { "list of lengths", "HTTP/1.1 200 OK\r\nContent-Length: 1, 1\r\n\r\nx", "malformed", "ContentLength" },
        { "length beyond 64 bits", "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n", "malformed", "ContentLength" },
        { "two lengths", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx", "malformed", "ConflictingLengths" },
        { "length and chunks", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "malformed", "ConflictingLengths" },
        { "chunks and length", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n0\r\n\r\n", "malformed", "ConflictingLengths" },
        { "unknown encoding", "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", "malformed", "TransferEncoding" },
        { "chunked twice", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "malformed", "TransferEncoding" },
        { "chunked in 1.0", "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "malformed", "TransferEncoding" },
        { "chunk size of letters", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n", "malformed", "ChunkSize" },
        { "empty chunk size", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\r\n", "malformed", "ChunkSize" },
        { "negative chunk size", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n", "malformed", "ChunkSize" },
        { "chunk size beyond 64 bits", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n", "malformed", "ChunkSize" },
        { "chunk size with a word after it", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1 x\r\ny\r\n0\r\n\r\n", "malformed", "ChunkSize" },
        { "chunk longer than it says", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n", "malformed", "ChunkEnd" },
        { "chunk without CR", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\n0\r\n\r\n", "malformed", "ChunkEnd" },
        { "bad trailer", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nnonsense\r\n\r\n", "malformed", "HeaderName" },
        { "switching protocols", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n", "malformed", "UnsolicitedUpgrade" },
        { "endless interim responses", Repeat("HTTP/1.1 100 Continue\r\n\r\n", 17), "malformed", "TooManyInterimResponses" },
        { "long status line", "HTTP/1.1 200 " + new string('x', 200), "too_large", "LineTooLong" },
        { "long header line", "HTTP/1.1 200 OK\r\nX: " + new string('x', 200), "too_large", "LineTooLong" },
        { "many headers", "HTTP/1.1 200 OK\r\n" + Repeat("X: 0123456789\r\n", 70), "too_large", "HeadersTooLarge" },
        { "many interim headers", Repeat("HTTP/1.1 100 Continue\r\n" + Repeat("X: 0123456789\r\n", 10) + "\r\n", 7), "too_large", "HeadersTooLarge" },
        { "many trailers", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n" + Repeat("X: 0123456789\r\n", 70), "too_large", "HeadersTooLarge" },
        { "long chunk extension", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;" + new string('x', 200), "too_large", "LineTooLong" },
        { "large body announced", "HTTP/1.1 200 OK\r\nContent-Length: 10001\r\n\r\n", "too_large", "BodyTooLarge" },
        { "large chunk announced", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2711\r\n", "too_large", "BodyTooLarge" },
        { "many chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + Repeat("64\r\n" + new string('x', 100) + "\r\n", 101), "too_large", "BodyTooLarge" },
        { "endless body", "HTTP/1.1 200 OK\r\n\r\n" + new string('x', 10_001), "too_large", "BodyTooLarge" },
    };

    public static string Repeat(string text, int count) => new StringBuilder().Insert(0, text, count).ToString();
}
