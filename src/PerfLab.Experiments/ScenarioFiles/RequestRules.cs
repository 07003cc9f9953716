using System.Globalization;
using PerfLab.Experiments.Scenarios;
using PerfLab.Experiments.Secrets;
using PerfLab.Experiments.Yaml;

namespace PerfLab.Experiments.ScenarioFiles;

/// <summary>The rules for the requests of a scenario file, for whoever is about to write one.</summary>
public static class RequestRules
{
    private const string Key = "requests";
    private static readonly KeyRule[] s_keys = [KeyRule.Required(Key, "requests:")];

    /// <summary>Says what the reader of scenario files would say about requests, each with its place and what to do.</summary>
    /// <param name="requests">Requests whose texts all stand for themselves.</param>
    public static IReadOnlyList<string> FaultsOf(IReadOnlyList<RequestDefinition> requests)
    {
        ArgumentNullException.ThrowIfNull(requests);
        var faults = new YamlFaults();
        var list = new YamlList(YamlPath.Root.Then(Key), 1, 1, [.. requests.Select((request, index) => NodeOf(request, index + 1))]);
        var target = Map(YamlPath.Root, 1, [(Key, list)]);
        _ = RequestReader.ReadAll(ScenarioSection.Open(target, s_keys, faults));
        return [.. faults.InFileOrder.Select(fault => $"{fault.Subject}: {fault.Problem} {fault.Advice}")];
    }

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
