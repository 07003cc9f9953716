using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;

namespace PerfLab.Collector.Payloads;

/// <summary>Takes a request's body off the wire, within limits of size and time.</summary>
internal static class RequestBodyReader
{
    /// <summary>Reads a body to its end.</summary>
    /// <param name="request">The request.</param>
    /// <param name="body">Where the bytes go; its limit is the bound.</param>
    /// <param name="patience">How long the body may take.</param>
    /// <returns><see cref="BodyError.None"/>, or why not.</returns>
    public static async ValueTask<BodyError> ReadAsync(HttpRequest request, PooledBody body, TimeSpan patience)
    {
        var reader = request.BodyReader;
        try
        {
            // Most bodies have arrived with their headers; only the others need a clock.
            if (reader.TryRead(out var first) && Consume(reader, first, body) is { } ready)
            {
                return ready;
            }

            using var clock = CancellationTokenSource.CreateLinkedTokenSource(request.HttpContext.RequestAborted);
            clock.CancelAfter(patience);
            while (true)
            {
                var read = await reader.ReadAsync(clock.Token);
                if (Consume(reader, read, body) is { } outcome)
                {
                    return outcome;
                }
            }
        }
        catch (OperationCanceledException)
        {
            return request.HttpContext.RequestAborted.IsCancellationRequested ? BodyError.Broken : BodyError.TooSlow;
        }
        catch (BadHttpRequestException refused)
        {
            return refused.StatusCode switch
            {
                StatusCodes.Status413PayloadTooLarge => BodyError.TooLarge,
                StatusCodes.Status408RequestTimeout => BodyError.TooSlow,
                _ => BodyError.Broken,
            };
        }
        catch (IOException)
        {
            return BodyError.Broken;
        }
    }

    /// <summary>
    /// Reads the rest of a body that is not wanted and throws it away. A sender that still writes would otherwise see its
    /// connection break instead of the answer, and would send the same again.
    /// </summary>
    /// <param name="request">The request, already answered.</param>
    /// <param name="maxBytes">How much is read at most.</param>
    /// <param name="patience">How long it may take.</param>
    /// <returns>True if the body ended.</returns>
    public static async ValueTask<bool> DiscardAsync(HttpRequest request, long maxBytes, TimeSpan patience)
    {
        using var clock = CancellationTokenSource.CreateLinkedTokenSource(request.HttpContext.RequestAborted);
        clock.CancelAfter(patience);
        try
        {
            for (var left = maxBytes; left > 0;)
            {
                var read = await request.BodyReader.ReadAsync(clock.Token);
                left -= read.Buffer.Length;
                request.BodyReader.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted)
                {
                    return true;
                }
            }

            return false;
        }
        catch (Exception ended) when (ended is OperationCanceledException or IOException)
        {
            // Too slow, or gone: there is nobody to tell.
            return false;
        }
    }

    private static BodyError? Consume(PipeReader reader, in ReadResult read, PooledBody body)
    {
        var fault = body.Append(read.Buffer);
        reader.AdvanceTo(read.Buffer.End);
        if (fault != BodyError.None)
        {
            return fault;
        }

        return read.IsCompleted ? BodyError.None : null;
    }
}

/// <summary>How much of a body is taken, and for how long.</summary>
internal sealed record BodyLimits
{
    /// <summary>Gets the largest body as sent.</summary>
    public required int MaxWireBytes { get; init; }

    /// <summary>Gets the largest body after decompression.</summary>
    public required int MaxDecodedBytes { get; init; }

    /// <summary>Gets how many levels of messages may be nested.</summary>
    public required int MaxNesting { get; init; }

    /// <summary>Gets how long a body may take to arrive.</summary>
    public required TimeSpan ReadTimeout { get; init; }
}
