using System.CommandLine;
using PerfLab.Cli.LoadTests;

namespace PerfLab.Cli.Init;

/// <summary>The words of <c>init</c>; requests are described as for <c>load</c>.</summary>
internal sealed class InitOptions
{
    public Option<string?> Command { get; } = new("--command") { Description = "How the service is started, as typed in a shell: \"dotnet out/MyApi.dll\". No shell is involved." };

    public Option<string?> Url { get; } = new("--url") { Description = "Where it is reached then, with a path that answers 2xx when it is ready: http://127.0.0.1:5000/health." };

    public Option<string?> Name { get; } = new("--name") { Description = "What the scenario is called. Default: after the file of --output, or after the service." };

    public Option<string?> Output { get; } = new("--output") { Description = "The scenario file to write. Default: scenarios/NAME.yaml, or NAME.yaml where an installed tool finds no folder scenarios." };

    public Option<bool> Force { get; } = new("--force") { Description = "Overwrite the file." };

    public Option<string?> Directory { get; } = new("--directory") { Description = "The working folder of the service. Default: the current folder; for .NET that of its program file." };

    public Option<string[]> Environment { get; } = new("--env") { Description = "An environment variable of the service, NAME=VALUE; repeatable." };

    public Option<string?> Rate { get; } = new("--rate") { Description = "Requests per second that one instance gets in production. Default: a part of the measured capacity." };

    public Option<string?> StartLimit { get; } = new("--start-limit") { Description = "How long it may take to get ready. Default 1m." };

    public Option<string?> Curl { get; } = new("--curl") { Description = "Requests from a file of curl commands, as browsers copy them." };

    public Option<string?> HttpFile { get; } = new("--http-file") { Description = "Requests from an .http file." };

    public Option<string?> Har { get; } = new("--har") { Description = "Requests from an HTTP archive; what was sent several times gets a higher weight." };

    public Option<string?> OpenApi { get; } = new("--openapi") { Description = "Requests from an OpenAPI document in JSON: the operations with examples." };

    public Option<string?> Login { get; } = new("--login") { Description = "A curl command that logs in: it is sent once to each started service, before all requests." };

    public Option<string?> LoginToken { get; } = new("--login-token") { Description = "The member of its JSON answer that is the token, for example access_token; requests get it as Authorization: Bearer.", HelpName = "MEMBER" };

    public Option<string?> LoginCookie { get; } = new("--login-cookie") { Description = "The cookie of its answer that requests get, in place of a token.", HelpName = "NAME" };

    public LoadOptions Load { get; } = new();

    /// <summary>Makes the command without its action.</summary>
    public Command ToCommand() => new("init", "Try a service of your own and write a scenario for it.")
    {
        Command, Url, Load.Request, Load.Method, Load.Header, Load.Body, Load.BodyFile, Load.ContentType, Load.Expect,
        Curl, HttpFile, Har, OpenApi, Login, LoginToken, LoginCookie,
        Directory, Environment, Rate, StartLimit, Name, Output, Force,
    };
}
