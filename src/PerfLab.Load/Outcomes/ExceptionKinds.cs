using System.Net.Http;
using System.Net.Sockets;

namespace PerfLab.Load.Outcomes;

/// <summary>Puts the exceptions of HttpClient into the kinds of errors that the socket driver has.</summary>
internal static class ExceptionKinds
{
    /// <summary>Gets the kind.</summary>
    /// <param name="exception">What a request ended with; not a cancellation of the run.</param>
    /// <param name="headReceived">Whether the head of the response had come.</param>
    public static ErrorKind Of(Exception exception, bool headReceived)
    {
        var socketError = Find<SocketException>(exception)?.SocketErrorCode;
        if (exception is OperationCanceledException)
        {
            // SocketsHttpHandler tells a connect timeout by a TimeoutException inside; our own request timer has none.
            return Find<TimeoutException>(exception) is null ? ErrorKind.RequestTimeout : ErrorKind.ConnectTimeout;
        }

        return (Find<HttpRequestException>(exception)?.HttpRequestError ?? Find<HttpIOException>(exception)?.HttpRequestError) switch
        {
            HttpRequestError.ConnectionError when socketError is SocketError.ConnectionRefused => ErrorKind.ConnectRefused,
            HttpRequestError.ConnectionError when socketError is SocketError.TimedOut => ErrorKind.ConnectTimeout,
            HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError => ErrorKind.ConnectFailed,
            HttpRequestError.InvalidResponse or HttpRequestError.HttpProtocolError => ErrorKind.Malformed,
            HttpRequestError.ConfigurationLimitExceeded => ErrorKind.TooLarge,
            HttpRequestError.ResponseEnded => headReceived ? ErrorKind.Truncated : ErrorKind.ConnectionClosed,
            _ when socketError is SocketError.ConnectionReset or SocketError.Shutdown => ErrorKind.ConnectionReset,
            _ => ErrorKind.TransportFailed,
        };
    }

    private static T? Find<T>(Exception? exception)
        where T : Exception
    {
        while (exception is not null and not T)
        {
            exception = exception.InnerException;
        }

        return (T?)exception;
    }
}
