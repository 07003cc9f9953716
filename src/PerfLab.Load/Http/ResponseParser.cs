using System.Text;

namespace PerfLab.Load.Http;

/// <summary>
/// Reads one HTTP/1.1 response at a time from pieces of any size (RFC 9112): strict, bounded, without allocation unless a
/// line is split between two pieces. It looks at what frames a message and skips the rest.
/// </summary>
internal sealed class ResponseParser(ResponseLimits limits)
{
    // A client must accept interim responses; a server that sends nothing else would hold it for ever.
    private const int MaxInterimResponses = 16;

    private readonly LineBuffer _lines = new(limits.MaxLineBytes);
    private readonly MessageFraming _framing = new();
    private readonly BodySearch _search = new();
    private Step _step;
    private bool _isHead;
    private bool _anyByte;
    private int _headerBytes;
    private int _interimCount;
    private long _remaining;

    private enum Step
    {
        StatusLine = 0,
        Headers,
        FixedBody,
        ChunkSize,
        ChunkBody,
        ChunkReturn,
        ChunkLineFeed,
        Trailers,
        UntilClose,
        Done,
    }

    /// <summary>Gets the status of the final response once its status line has come.</summary>
    public int StatusCode { get; private set; }

    /// <summary>Gets whether the connection may be used again after the complete response.</summary>
    public bool KeepAlive => _framing.KeepAlive && _step != Step.UntilClose;

    /// <summary>Gets how long the server says that it keeps the connection when it is idle, in seconds; null where it does not say.</summary>
    public long? IdleTimeoutSeconds => _framing.IdleTimeoutSeconds;

    /// <summary>Gets where the response redirects to; empty where it does not.</summary>
    public ReadOnlySpan<byte> Location => _framing.Location;

    /// <summary>Gets whether any byte has come since the last reset.</summary>
    public bool HasBegun => _anyByte;

    /// <summary>Gets the bytes of the body so far, without framing.</summary>
    public long BodyBytes { get; private set; }

    /// <summary>Gets whether the body so far contains the expected text.</summary>
    public bool TextFound => _search.Found;

    /// <summary>Gets the rule that was broken.</summary>
    public ResponseFault Fault { get; private set; }

    /// <summary>Gets ready for the next response.</summary>
    /// <param name="isHead">Whether it answers a HEAD request and so has no body whatever it says.</param>
    /// <param name="bodyText">A text to look for in the body; empty for none.</param>
    public void Reset(bool isHead, ReadOnlyMemory<byte> bodyText = default)
    {
        _search.Begin(bodyText);
        _isHead = isHead;
        _step = Step.StatusLine;
        _anyByte = false;
        _headerBytes = 0;
        _interimCount = 0;
        _remaining = 0;
        _lines.Clear();
        StatusCode = 0;
        BodyBytes = 0;
        Fault = ResponseFault.None;
    }

    /// <summary>Reads on.</summary>
    /// <param name="data">The next bytes, however many.</param>
    /// <param name="consumed">How many of them belong to this response.</param>
    public ParseStatus Feed(ReadOnlySpan<byte> data, out int consumed)
    {
        var rest = data;
        _anyByte |= data.Length > 0;
        while (rest.Length > 0 && _step != Step.Done && Fault == ResponseFault.None)
        {
            Advance(ref rest);
        }

        consumed = data.Length - rest.Length;
        return Fault != ResponseFault.None ? ParseStatus.Failed
            : _step == Step.Done ? ParseStatus.Complete
            : ParseStatus.NeedMore;
    }

    /// <summary>Tells whether the end of the stream completes the response: only a body without a stated length ends so.</summary>
    public bool EndOfStreamCompletes => _step == Step.UntilClose;

    private void Advance(ref ReadOnlySpan<byte> rest)
    {
        switch (_step)
        {
            case Step.FixedBody:
                SkipBody(ref rest, Step.Done);
                break;
            case Step.ChunkBody:
                SkipBody(ref rest, Step.ChunkReturn);
                break;
            case Step.ChunkReturn:
                Expect(ref rest, (byte)'\r', Step.ChunkLineFeed);
                break;
            case Step.ChunkLineFeed:
                Expect(ref rest, (byte)'\n', Step.ChunkSize);
                break;
            case Step.UntilClose:
                CountBody(rest);
                rest = default;
                break;
            default:
                ReadLine(ref rest);
                break;
        }
    }

    private void ReadLine(ref ReadOnlySpan<byte> rest)
    {
        // Anything but HTTP is reported at once, not after the timeout for an end of line that may never come.
        if (_step == Step.StatusLine && !StatusLine.MayContinue(_lines.KeptCount, rest))
        {
            Fault = _lines.KeptCount > 0 ? ResponseFault.StatusLine : StatusLine.Recognize(rest);
            return;
        }

        if (!_lines.TryTake(ref rest, out var line, out var isTooLong))
        {
            Fault = isTooLong ? ResponseFault.LineTooLong : ResponseFault.None;
            return;
        }

        _headerBytes += _step == Step.ChunkSize ? 0 : line.Length + 1;
        if (_headerBytes > limits.MaxHeaderBytes)
        {
            Fault = ResponseFault.HeadersTooLarge;
        }
        else if (line.IsEmpty || line[^1] != (byte)'\r')
        {
            Fault = ResponseFault.BareLineFeed;
        }
        else
        {
            TakeLine(line[..^1]);
        }
    }

    private void TakeLine(ReadOnlySpan<byte> line)
    {
        switch (_step)
        {
            case Step.StatusLine:
                TakeStatusLine(line);
                break;
            case Step.ChunkSize:
                TakeChunkSize(line);
                break;
            case Step.Headers when line.IsEmpty:
                EndHeaders();
                break;
            case Step.Trailers when line.IsEmpty:
                _step = Step.Done;
                break;
            case Step.Headers:
                Fault = _framing.TakeHeader(line);
                break;
            default:
                Fault = MessageFraming.CheckHeader(line, out _);
                break;
        }
    }

    private void TakeStatusLine(ReadOnlySpan<byte> line)
    {
        if (!StatusLine.TryRead(line, out var status, out var isVersion10))
        {
            Fault = ResponseFault.StatusLine;
            return;
        }

        StatusCode = status;
        _framing.Reset(isVersion10);
        _step = Step.Headers;
    }

    private void EndHeaders()
    {
        if (StatusCode < 200)
        {
            Fault = StatusCode == 101 ? ResponseFault.UnsolicitedUpgrade
                : ++_interimCount > MaxInterimResponses ? ResponseFault.TooManyInterimResponses
                : ResponseFault.None;
            _step = Step.StatusLine;
        }
        else if (_isHead || StatusCode is 204 or 304)
        {
            _step = Step.Done;
        }
        else if (_framing.IsChunked)
        {
            _step = Step.ChunkSize;
        }
        else if (_framing.ContentLength is { } length)
        {
            _step = length == 0 ? Step.Done : Step.FixedBody;
            ExpectBody(length);
        }
        else
        {
            _step = Step.UntilClose;
        }
    }

    private void TakeChunkSize(ReadOnlySpan<byte> line)
    {
        if (!ChunkSizeLine.TryRead(line, out var size))
        {
            Fault = ResponseFault.ChunkSize;
            return;
        }

        _step = size == 0 ? Step.Trailers : Step.ChunkBody;
        ExpectBody(size);
    }

    // Refused when it is announced, not when it has been received.
    private void ExpectBody(long bytes)
    {
        _remaining = bytes;
        if (bytes > limits.MaxBodyBytes - BodyBytes)
        {
            Fault = ResponseFault.BodyTooLarge;
        }
    }

    private void SkipBody(ref ReadOnlySpan<byte> rest, Step next)
    {
        var count = (int)Math.Min(_remaining, rest.Length);
        CountBody(rest[..count]);
        rest = rest[count..];
        _remaining -= count;
        if (_remaining == 0)
        {
            _step = next;
        }
    }

    private void CountBody(ReadOnlySpan<byte> bytes)
    {
        BodyBytes += bytes.Length;
        _search.Feed(bytes);
        if (BodyBytes > limits.MaxBodyBytes)
        {
            Fault = ResponseFault.BodyTooLarge;
        }
    }

    private void Expect(ref ReadOnlySpan<byte> rest, byte expected, Step next)
    {
        if (rest[0] != expected)
        {
            Fault = ResponseFault.ChunkEnd;
            return;
        }

        rest = rest[1..];
        _step = next;
    }
}

/// <summary>Where the parser stands after what it was fed.</summary>
internal enum ParseStatus
{
    NeedMore = 0,
    Complete,
    Failed,
}

/// <summary>How large a response may be before it is an error, in bytes.</summary>
internal sealed record ResponseLimits(int MaxLineBytes, int MaxHeaderBytes, long MaxBodyBytes);
