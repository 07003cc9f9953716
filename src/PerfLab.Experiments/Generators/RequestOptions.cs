using System.Globalization;
using System.Text;

namespace PerfLab.Experiments.Generators;

/// <summary>Method, headers and body of a request in the flags and files of each tool that takes them on its command line.</summary>
internal static class RequestOptions
{
    private const string ContentType = "Content-Type";

    /// <summary>hey and oha: the type of a body has a flag of its own in hey, whose default is text/html.</summary>
    public static IReadOnlyList<string> OfHey(GeneratorRun run) =>
    [
        "-m", run.Request.Method,
        .. run.Request.Headers.SelectMany(header => IsContentType(header.Key) ? new[] { "-T", header.Value } : ["-H", $"{header.Key}: {header.Value}"]),
        .. run.Request.Body is { } body ? ["-d", body] : Array.Empty<string>(),
    ];

    /// <summary>oha.</summary>
    public static IReadOnlyList<string> OfOha(GeneratorRun run) =>
        ["-m", run.Request.Method, .. Headers(run), .. run.Request.Body is { } body ? ["-d", body] : Array.Empty<string>()];

    /// <summary>autocannon.</summary>
    public static IReadOnlyList<string> OfAutocannon(GeneratorRun run) =>
        ["-m", run.Request.Method, .. Headers(run), .. run.Request.Body is { } body ? ["-b", body] : Array.Empty<string>()];

    /// <summary>h2load: a body makes it POST.</summary>
    public static IReadOnlyList<string> OfH2load(GeneratorRun run) =>
        [.. Headers(run), .. run.Request.Method == "POST" ? ["-d", GeneratorCommand.FileOf(run, "body")] : Array.Empty<string>()];

    /// <summary>wrk: headers by flags, method and body by a script.</summary>
    public static IReadOnlyList<string> OfWrk(GeneratorRun run) =>
        [.. Headers(run), .. run.Request is { Method: "GET", Body: null } ? [] : new[] { "-s", GeneratorCommand.FileOf(run, "script") }];

    /// <summary>The script of wrk.</summary>
    public static string WrkScript(GeneratorRun run) =>
        $"wrk.method = {LuaText(run.Request.Method)}\n{(run.Request.Body is { } body ? $"wrk.body = {LuaText(body)}\n" : string.Empty)}";

    /// <summary>The targets of vegeta.</summary>
    public static string VegetaTargets(GeneratorRun run) => string.Join('\n',
    [
        $"{run.Request.Method} {run.Url}{run.Request.Path}",
        .. run.Request.Headers.Select(header => $"{header.Key}: {header.Value}"),
        .. run.Request.Body is null ? Array.Empty<string>() : ["@" + GeneratorCommand.FileOf(run, "body")],
        string.Empty,
    ]);

    /// <summary>The body as a file.</summary>
    public static string Body(GeneratorRun run) => run.Request.Body ?? string.Empty;

    private static IEnumerable<string> Headers(GeneratorRun run) => run.Request.Headers.SelectMany(header => new[] { "-H", $"{header.Key}: {header.Value}" });

    private static bool IsContentType(string name) => string.Equals(name, ContentType, StringComparison.OrdinalIgnoreCase);

    // Every byte by its number: no text can end the string.
    private static string LuaText(string text) =>
        $"\"{string.Concat(Encoding.UTF8.GetBytes(text).Select(value => "\\" + value.ToString("000", CultureInfo.InvariantCulture)))}\"";
}
