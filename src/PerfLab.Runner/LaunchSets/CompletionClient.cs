using System.Net.Http.Json;
using System.Text.Json;
using PerfLab.Experiments.Results;
using PerfLab.Runner.Targets;

namespace PerfLab.Runner.LaunchSets;

/// <summary>Asks an arm how long work took that goes on after the answer.</summary>
/// <param name="arm">The arm, for messages.</param>
/// <param name="address">Where it tells.</param>
internal sealed class CompletionClient(string arm, Uri address) : IDisposable
{
    // As requests and readiness checks: nothing is followed, and no proxy stands between.
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(5), MaxResponseContentBufferSize = 64 * 1024 };

    /// <summary>Has it forget what was so far.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="TargetFailedException">It does not.</exception>
    public Task ResetAsync(CancellationToken cancellationToken) => AskAsync(
        async () =>
        {
            using var answer = await _client.DeleteAsync(address, cancellationToken);
            answer.EnsureSuccessStatusCode();
            return true;
        },
        "DELETE",
        cancellationToken);

    /// <summary>Reads what there was since.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="TargetFailedException">It does not tell, or what it tells is not understood.</exception>
    public Task<CompletionTimes> ReadAsync(CancellationToken cancellationToken) => AskAsync(
        async () => await _client.GetFromJsonAsync<CompletionTimes>(address, cancellationToken) ?? throw new JsonException("The answer is null."),
        "GET",
        cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private async Task<T> AskAsync<T>(Func<Task<T>> ask, string method, CancellationToken cancellationToken)
    {
        try
        {
            return await ask();
        }
        catch (Exception error) when (error is HttpRequestException or JsonException or InvalidOperationException || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new TargetFailedException(
                $"arm {arm}: {method} {address.PathAndQuery} (target.completion of the scenario) failed: {error.Message} See docs/scenarios.md for what it should answer.",
                error);
        }
    }
}
