using System.Globalization;
using PerfLab.Experiments.Secrets;
using PerfLab.Load.Http;

namespace PerfLab.Runner.Targets;

/// <summary>Asks a process whether it is ready, and finds out why it is not.</summary>
internal sealed class ReadinessClient : IDisposable
{
    // A redirect is an answer of its own: what it leads to may be another service, and requests do not follow it either.
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(5) };

    /// <summary>Asks once.</summary>
    /// <param name="address">The path that answers 2xx when the process is ready.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Null when it is ready.</returns>
    public async Task<ReadinessAnswer?> AskAsync(Uri address, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await _http.GetAsync(address, cancellationToken);
            return answer.IsSuccessStatusCode ? null : new ReadinessAnswer((int)answer.StatusCode, (int)answer.StatusCode is >= 300 and < 400 ? answer.Headers.Location : null, null);
        }
        catch (HttpRequestException error)
        {
            return new ReadinessAnswer(null, null, error.GetBaseException().Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return ReadinessAnswer.None;
        }
    }

    /// <summary>Says what to do about a process that did not get ready.</summary>
    /// <param name="address">What was asked.</param>
    /// <param name="last">What came last.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<string> AdviseAsync(Uri address, ReadinessAnswer last, CancellationToken cancellationToken) => last switch
    {
        { Redirect: { } to } when Uri.TryCreate(address, to, out var full) && full.Scheme == Uri.UriSchemeHttps =>
            "The target redirects to HTTPS, and PerfLab measures without TLS: switch the redirection off for it (target.env), or name a path in target.ready that answers itself.",
        { Redirect: not null } => "Redirects are not followed: name the path that answers itself in target.ready.",
        _ => await PortProtocolCheck.AskAsync(address, cancellationToken) switch
        {
            PortProtocol.Tls => "The target speaks TLS (https) on this port, and PerfLab measures without: let it listen on {url}, which is http.",
            PortProtocol.Http2 => "The target speaks HTTP/2 alone on this port, and PerfLab measures with HTTP/1.1: let it speak both (Kestrel: Http1AndHttp2).",
            _ => "Check target.ready in the scenario file.",
        },
    };

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();
}

/// <summary>What a process answered that is not ready.</summary>
/// <param name="Status">The status; null where there was no answer.</param>
/// <param name="Redirect">Where it redirects to; null where it does not.</param>
/// <param name="Failure">Why there was no answer; null where there was none in time.</param>
internal sealed record ReadinessAnswer(int? Status, Uri? Redirect, string? Failure)
{
    /// <summary>Gets that of a process that has said nothing.</summary>
    public static ReadinessAnswer None { get; } = new(null, null, null);

    /// <inheritdoc/>
    public override string ToString() => (Status, Redirect) switch
    {
        ({ } status, { } redirect) => string.Create(CultureInfo.InvariantCulture, $"status {status}, a redirect to {SecretText.Hide(null, redirect.OriginalString)}"),
        ({ } status, null) => string.Create(CultureInfo.InvariantCulture, $"status {status}"),
        _ => Failure ?? "no answer in time",
    };
}
