using System.CommandLine;
using PerfLab.Cli.Options;
using PerfLab.Experiments.RequestFiles;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Cli.Init;

/// <summary>The login of a service, as <c>init</c> is told: a curl command, and which part of its answer is the token.</summary>
internal static class InitLogin
{
    /// <summary>Reads it; null where none is given. What is wrong becomes faults.</summary>
    public static LoginDefinition? Read(ParseResult parse, InitOptions options, UsageFaults faults)
    {
        var (curl, token, cookie) = (parse.GetValue(options.Login), parse.GetValue(options.LoginToken), parse.GetValue(options.LoginCookie));
        if (curl is null)
        {
            faults.Unless(token is null && cookie is null, "--login-token and --login-cookie say what the answer of --login holds, which is missing. Add --login.");
            return null;
        }

        faults.Unless(token is null != cookie is null, "--login needs either --login-token, a member of its JSON answer such as access_token, or --login-cookie, the name of one.");
        var requests = faults.Read(() => CurlFile.Read(curl, Environment.GetEnvironmentVariable), [], "--login: ");
        faults.Unless(requests.Count == 1, $"--login has {requests.Count} requests. Write one curl command.");
        return requests.Count != 1 ? null : new LoginDefinition(
            requests[0] with { ExpectedStatus = StatusExpectation.TryParse("2xx", out var any) ? any : requests[0].ExpectedStatus },
            token,
            cookie);
    }

    /// <summary>Puts the token into the header in which most services expect it, in place of one that a recording had.</summary>
    public static RequestDefinition WithToken(RequestDefinition request, LoginDefinition login)
    {
        if (LoginDefinition.IsIn(request))
        {
            return request;
        }

        var (name, value) = login.Cookie is { } cookie ? ("Cookie", $"{cookie}={LoginDefinition.Placeholder}") : ("Authorization", $"Bearer {LoginDefinition.Placeholder}");
        return request with
        {
            Headers = new OrderedDictionary<string, string>(request.Headers.Where(header => !string.Equals(header.Key, name, StringComparison.OrdinalIgnoreCase)).Append(KeyValuePair.Create(name, value)), StringComparer.OrdinalIgnoreCase),
        };
    }
}
