using PerfLab.Load.Http;

namespace PerfLab.Load.Drivers;

/// <summary>
/// A connection of HttpClient whose responses are read by the same parser as those of the socket driver: the same bytes are
/// the same answer or the same fault with both. For HTTP/1.1, where one request at a time is on a connection.
/// </summary>
/// <param name="inner">The connection, after TLS where there is TLS.</param>
/// <param name="limits">How large a response may be.</param>
internal sealed class CheckedResponseStream(Stream inner, ResponseLimits limits) : Stream
{
    private readonly ResponseParser _parser = new(limits);
    private bool _isInFlight;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await inner.ReadAsync(buffer, cancellationToken);
        Check(buffer.Span[..count]);
        return count;
    }

    public override int Read(Span<byte> buffer)
    {
        var count = inner.Read(buffer);
        Check(buffer[..count]);
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Begin(buffer.Span);
        return inner.WriteAsync(buffer, cancellationToken);
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        Begin(buffer);
        inner.Write(buffer);
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush() => inner.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    // A request is written from its method on; what follows until its response is complete is its body.
    private void Begin(ReadOnlySpan<byte> request)
    {
        if (!_isInFlight)
        {
            _isInFlight = true;
            _parser.Reset(request.StartsWith("HEAD "u8));
        }
    }

    // Bytes that come later, between two requests, are left to HttpClient, which does not use such a connection again.
    private void Check(ReadOnlySpan<byte> received)
    {
        if (!_isInFlight || received.IsEmpty)
        {
            return;
        }

        switch (_parser.Feed(received, out var consumed))
        {
            case ParseStatus.Complete:
                _isInFlight = false;
                if (consumed < received.Length)
                {
                    throw new ResponseFaultException(ResponseFault.ExtraBytes);
                }

                break;
            case ParseStatus.Failed:
                _isInFlight = false;
                throw new ResponseFaultException(_parser.Fault);
            default:
                break;
        }
    }
}

/// <summary>
/// A response broke a rule. Not an IOException: HttpClient would send the request again on another connection.
/// </summary>
/// <param name="fault">The rule.</param>
internal sealed class ResponseFaultException(ResponseFault fault) : FormatException(ErrorMessages.Describe(fault))
{
    /// <summary>Gets the rule.</summary>
    public ResponseFault Fault { get; } = fault;
}
