using System.Net.Http;
using System.Net.Sockets;
using System.Security.Authentication;
using PerfLab.Load.Http;

namespace PerfLab.Load.Drivers;

/// <summary>Puts the exceptions of HttpClient into the kinds of errors that the socket driver has.</summary>
internal static class ExceptionClassifier
{
    // OpenSSL's; a service without TLS gives "wrong version number", which is another case.
    private static readonly string[] s_versionTexts = ["alert protocol version", "unsupported protocol", "no protocols available"];

    /// <summary>Gets the kind.</summary>
    /// <param name="exception">What a request ended with; not a cancellation of the run.</param>
    /// <param name="headReceived">Whether the head of the response had come.</param>
    public static ErrorKind Classify(Exception exception, bool headReceived)
    {
        if (Find<ResponseFaultException>(exception) is { Fault: var fault })
        {
            return fault >= ResponseFault.LineTooLong ? ErrorKind.TooLarge : ErrorKind.Malformed;
        }

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

    /// <summary>Says what a request ended with, and the way out where the exception tells it.</summary>
    public static string Describe(Exception exception, ErrorKind kind, DriverOptions options)
    {
        var text = Find<ResponseFaultException>(exception)?.Message
            ?? Find<HttpRequestException>(exception)?.GetBaseException().Message
            ?? exception.GetBaseException().Message;
        return Find<SocketException>(exception)?.SocketErrorCode switch
        {
            SocketError.AddressNotAvailable => ErrorMessages.Describe(ErrorKind.ConnectFailed, Linux.Errno.AddressNotAvailable),
            SocketError.TooManyOpenSockets => ErrorMessages.Describe(ErrorKind.ConnectFailed, Linux.Errno.TooManyOpenFiles),
            _ when Find<AuthenticationException>(exception) is not null || text.Contains("SSL routines", StringComparison.Ordinal) => text.TrimEnd('.') + "." + HintOfTls(text),
            _ when (exception as HttpRequestException)?.HttpRequestError is HttpRequestError.VersionNegotiationError or HttpRequestError.HttpProtocolError && options.HttpVersion.Major == 2 =>
                text + " Does the service speak HTTP/2 here? Leave --http 2 out for HTTP/1.1.",
            _ when options.HttpVersion.Major == 2 && kind is ErrorKind.ConnectionClosed or ErrorKind.ConnectionReset or ErrorKind.Malformed or ErrorKind.Truncated or ErrorKind.TransportFailed && options.HttpVersion.Major == 2 =>
                text + " A service that speaks HTTP/1.1 only does so: leave --http 2 out.",
            _ when kind == ErrorKind.ConnectionClosed => ErrorMessages.Describe(kind, 0),
            _ => text,
        };
    }

    // OpenSSL's and .NET's texts are for programmers; these are the cases that users meet. An alert is what the service says.
    internal static string HintOfTls(string text) =>
        text.Contains("alert", StringComparison.OrdinalIgnoreCase) && text.Contains("certificate", StringComparison.OrdinalIgnoreCase) ? " The service wants a certificate of its client, and load has none to show: switch that off for the measurement."
        : text.Contains("alert handshake failure", StringComparison.OrdinalIgnoreCase) ? " The service has no version of TLS or cipher in common with this system, or wants a certificate of its client, which load has not."
        : s_versionTexts.Any(version => text.Contains(version, StringComparison.OrdinalIgnoreCase)) ? " The service speaks versions of TLS that this system does not allow, such as TLS 1.0: let it offer TLS 1.2 or 1.3."
        : text.Contains("certificate", StringComparison.OrdinalIgnoreCase) ? " Use --insecure to accept every certificate of the service."
        : text.Contains("ALPN", StringComparison.OrdinalIgnoreCase) || text.Contains("application protocol", StringComparison.OrdinalIgnoreCase) ? " The service speaks another version of HTTP: use --http 2, or leave it out."
        : " Does the service speak TLS at this port? Write http:// where it does not.";

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
