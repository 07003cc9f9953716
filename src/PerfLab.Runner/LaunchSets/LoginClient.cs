using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using PerfLab.Experiments;
using PerfLab.Experiments.Scenarios;
using PerfLab.Experiments.Secrets;
using PerfLab.Runner.Targets;

namespace PerfLab.Runner.LaunchSets;

/// <summary>Logs in to an arm.</summary>
internal static class LoginClient
{
    private const int MostTokenCharacters = 16_384;
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    /// <summary>Sends the login and takes the token from its answer; the token is a secret from then on.</summary>
    /// <param name="arm">The arm, for messages.</param>
    /// <param name="address">Where it takes requests.</param>
    /// <param name="login">The login.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="TargetFailedException">It is not answered as expected, or the answer has no such token.</exception>
    public static async Task<string> LogInAsync(string arm, Uri address, LoginDefinition login, CancellationToken cancellationToken)
    {
        // As requests and readiness checks: nothing is followed, and no proxy stands between.
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false, ActivityHeadersPropagator = null }) { Timeout = s_limit, MaxResponseContentBufferSize = 1024 * 1024 };
        using var message = Message(address, login.Request);
        try
        {
            using var answer = await client.SendAsync(message, cancellationToken);
            if (!login.Request.ExpectedStatus.Allows((int)answer.StatusCode))
            {
                throw Failed($"was answered with {(int)answer.StatusCode}, and {login.Request.ExpectedStatus.Text} is expected. Check its body and headers by hand.");
            }

            var token = login.Cookie is { } cookie ? CookieOf(answer.Headers, cookie) : MemberOf(await answer.Content.ReadAsStringAsync(cancellationToken), login.Member!);
            if (token is not { Length: > 0 and <= MostTokenCharacters } || token.Any(char.IsControl))
            {
                throw Failed($"was answered without {(login.Cookie is { } name ? $"a cookie {name}" : $"a text {login.Member} in a JSON object")}. Look at the answer by hand, and name what it holds.");
            }

            KnownSecrets.Add(token, []);
            return token;
        }
        catch (Exception error) when (error is HttpRequestException or InvalidOperationException || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw Failed($"failed: {error.Message} Check that the service takes it.", error);
        }

        TargetFailedException Failed(string what, Exception? cause = null)
        {
            var text = $"arm {arm}: the login {login.Request.Method} {SecretText.Hide(null, login.Request.Path)} (target.login) {what}";
            return cause is null ? new TargetFailedException(text) : new TargetFailedException(text, cause);
        }
    }

    private static HttpRequestMessage Message(Uri address, RequestDefinition request)
    {
        var message = new HttpRequestMessage(new HttpMethod(request.Method), new Uri(address, request.Path));
        if (request.Body is { } body)
        {
            message.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        }

        foreach (var (name, value) in request.Headers)
        {
            // Those of the content belong to it.
            _ = message.Headers.TryAddWithoutValidation(name, value) || message.Content?.Headers.TryAddWithoutValidation(name, value) == true;
        }

        return message;
    }

    private static string? CookieOf(HttpResponseHeaders headers, string name) => headers.TryGetValues("Set-Cookie", out var cookies)
        ? cookies.Select(cookie => cookie.Split(';')[0].Trim()).Where(cookie => cookie.StartsWith(name + "=", StringComparison.Ordinal)).Select(cookie => cookie[(name.Length + 1)..]).LastOrDefault()
        : null;

    private static string? MemberOf(string answer, string path)
    {
        try
        {
            using var document = JsonDocument.Parse(answer);
            var element = document.RootElement;
            foreach (var name in path.Split('.'))
            {
                if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
                {
                    return null;
                }
            }

            return element.ValueKind == JsonValueKind.String ? element.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
