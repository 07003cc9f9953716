using System.Globalization;
using System.Text.RegularExpressions;
using PerfLab.Experiments.Scenarios;
using PerfLab.Experiments.Secrets;
using PerfLab.Experiments.Yaml;

namespace PerfLab.Experiments.ScenarioFiles;

/// <summary>The rules for the requests of a scenario file, for whoever is about to write one.</summary>
public static partial class RequestRules
{
    private const string Key = "requests";
    private const string Braces = "{{";

    // As in the texts of `load`, which has feeds.
    private const string EscapedBraces = Braces + Braces;
    private static readonly KeyRule[] s_keys = [KeyRule.Required(Key, "requests:")];

    /// <summary>Says what the reader of scenario files would say about requests, each with its place and what to do.</summary>
    /// <param name="requests">Requests whose texts all stand for themselves, but for escaped braces where a person wrote them.</param>
    /// <param name="areImported">Whether another tool has sent them: what looks like a placeholder in a body was sent so.</param>
    public static IReadOnlyList<string> FaultsOf(IReadOnlyList<RequestDefinition> requests, bool areImported)
    {
        ArgumentNullException.ThrowIfNull(requests);
        var faults = new YamlFaults();
        var list = new YamlList(YamlPath.Root.Then(Key), 1, 1, [.. requests.Select((request, index) => NodeOf(areImported && request.Body is { } body ? request with { Body = Escape(body) } : request, index + 1))]);
        var target = Map(YamlPath.Root, 1, [(Key, list)]);
        _ = RequestReader.ReadAll(ScenarioSection.Open(target, s_keys, faults));
        return [.. faults.InFileOrder.Select(fault => $"{fault.Subject}: {fault.Problem} {fault.Advice}")];
    }

    /// <summary>Writes a text of a request as a scenario file must have it so that this text is sent: with <c>{{{{</c> for two braces where it is needed.</summary>
    /// <param name="text">A path, the value of a header, or a body.</param>
    public static string Escape(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return PlaceholderIn(text) is null && !text.Contains(EscapedBraces, StringComparison.Ordinal) ? text : text.Replace(Braces, EscapedBraces, StringComparison.Ordinal);
    }

    /// <summary>Reads the texts of a request as they are sent.</summary>
    /// <param name="request">A request as a person wrote it.</param>
    public static RequestDefinition Unescape(RequestDefinition request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request with
        {
            Path = Unescape(request.Path),
            Headers = new OrderedDictionary<string, string>(request.Headers.Select(header => KeyValuePair.Create(header.Key, Unescape(header.Value))), StringComparer.OrdinalIgnoreCase),
            Body = request.Body is { } body ? Unescape(body) : null,
        };
    }

    /// <summary>Finds what looks as if a feed should fill it; null where there is nothing. Other double braces, such as those of nested JSON objects, are sent.</summary>
    internal static string? PlaceholderIn(string text) =>
        FeedPlaceholder().Match(text.Replace(EscapedBraces, "\0", StringComparison.Ordinal)) is { Success: true } match ? match.Value : null;

    private static string Unescape(string text) => text.Replace(EscapedBraces, Braces, StringComparison.Ordinal);

    [GeneratedRegex(@"\{\{\s*[A-Za-z_][A-Za-z0-9_.-]*(:[a-z0-9]+)?\s*\}\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FeedPlaceholder();

    // The number of the request stands for its line.
    private static YamlMap NodeOf(RequestDefinition request, int number)
    {
        var path = YamlPath.Root.Then($"request {request.Name}");
        var headers = path.Then("headers");
        var keys = new List<(string Key, YamlNode Value)>
        {
            Text("name", request.Name),
            Text("method", request.Method),
            Text("path", CallerReference.Escape(request.Path)),
            ("headers", Map(headers, number, request.Headers.Select(header => (header.Key, (YamlNode)new YamlText(headers.Then(header.Key), number, 1, CallerReference.Escape(header.Value), IsPlain: false))))),
            Text("expect", request.ExpectedStatus.Text),
            Text("weight", request.Weight.ToString(CultureInfo.InvariantCulture), isPlain: true),
        };
        if (request.Body is not null)
        {
            keys.Add(Text("body", CallerReference.Escape(request.Body)));
        }

        return Map(path, number, keys);

        (string Key, YamlNode Value) Text(string key, string value, bool isPlain = false) => (key, new YamlText(path.Then(key), number, 1, value, isPlain));
    }

    private static YamlMap Map(YamlPath path, int line, IEnumerable<(string Key, YamlNode Value)> entries) =>
        new(path, line, 1, [.. entries.Select(entry => new YamlEntry(new YamlText(path, line, 1, entry.Key, IsPlain: true), entry.Value))]);
}
