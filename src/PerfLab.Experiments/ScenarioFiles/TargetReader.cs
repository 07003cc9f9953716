using PerfLab.Experiments.Scenarios;
using PerfLab.Experiments.Yaml;

namespace PerfLab.Experiments.ScenarioFiles;

/// <summary>Reads <c>target</c>: one process written directly, or several under <c>processes</c>, and the requests.</summary>
internal static class TargetReader
{
    /// <summary>The name of the process that stands directly under <c>target</c>.</summary>
    public const string OnlyProcess = "target";

    private static readonly string[] OnlyProcessKeys = ["command", "directory", "env", "ready"];

    private static readonly TimeSpan DefaultReadyTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Reads the section.</summary>
    /// <param name="node">The section.</param>
    /// <param name="baseFolder">The folder of the scenario file.</param>
    /// <param name="faults">Where faults go.</param>
    public static TargetDefinition Read(YamlNode node, string baseFolder, YamlFaults faults)
    {
        var section = ScenarioSection.Open(node, SectionKeys.Target, faults);
        var processes = section.Has("processes") ? ReadProcesses(section, baseFolder) : ReadOnlyProcess(section, baseFolder);
        var requests = RequestReader.ReadAll(section);
        return new TargetDefinition(processes, requests) { Login = LoginReader.Read(section, requests), Completion = ReadCompletion(section, processes), BaseFolder = baseFolder };
    }

    private static CompletionSource? ReadCompletion(ScenarioSection section, IReadOnlyList<TargetProcess> processes)
    {
        if (section.Find("completion") is not { } node)
        {
            return null;
        }

        var completion = ScenarioSection.Open(node, SectionKeys.Completion, section.Faults);
        var path = ReadPath(completion);
        if (!completion.Has("process"))
        {
            return new CompletionSource(processes.Count > 0 ? processes[0].Name : OnlyProcess, path);
        }

        var name = completion.Text("process", TextRule.ProcessName);
        if (name.Length > 0 && processes.All(process => process.Name != name))
        {
            completion.Faults.Add(completion.Value("process"), $"there is no process {name}.", $"Use one of: {string.Join(", ", processes.Select(process => process.Name))}.");
        }

        return new CompletionSource(name, path);
    }

    private static IReadOnlyList<TargetProcess> ReadOnlyProcess(ScenarioSection section, string baseFolder)
    {
        if (section.Node is not YamlMap)
        {
            return [];
        }

        foreach (var key in SectionKeys.Target.Where(key => key.Name is "command" or "ready" && !section.Has(key.Name)))
        {
            section.ReportMissing(key);
        }

        return [ReadProcess(section, OnlyProcess, new HashSet<string>(StringComparer.Ordinal) { OnlyProcess }, baseFolder)];
    }

    private static List<TargetProcess> ReadProcesses(ScenarioSection section, string baseFolder)
    {
        foreach (var key in OnlyProcessKeys.Where(section.Has))
        {
            section.Faults.Add(section.Value(key), "it stands beside processes.", "Move it into the process that it belongs to.");
        }

        var items = section.Items("processes", "Write one - {name: ..., command: [...], ready: {path: ...}} for each process.");
        var sections = items.Select(item => ScenarioSection.Open(item, SectionKeys.Process, section.Faults)).ToList();
        var names = UniqueNames.Read(sections, TextRule.ProcessName, "process");
        var known = names.Where(name => name.Length > 0).ToHashSet(StringComparer.Ordinal);
        return [.. sections.Zip(names, (process, name) => ReadProcess(process, name, known, baseFolder))];
    }

    private static TargetProcess ReadProcess(ScenarioSection section, string name, IReadOnlySet<string> processNames, string baseFolder)
    {
        var process = new TargetProcess
        {
            Name = name,
            Command = CommandReader.ReadCommand(section, processNames),
            Directory = CommandReader.ReadDirectory(section, processNames, baseFolder),
            Environment = new Dictionary<string, string>(),
            Ready = ReadReady(section),
        };
        process = process with { Environment = EnvironmentReader.Read(section, processNames, process.IsDotNet) };
        CommandSettingRules.Check(section, process);
        return process;
    }

    private static string ReadPath(ScenarioSection section)
    {
        if (section.Find("path") is YamlText { Value: var text } node)
        {
            EnvironmentReader.CheckReferences(node, text, section.Faults);
        }

        return section.Text("path", TextRule.ServicePath);
    }

    private static ReadinessCheck ReadReady(ScenarioSection section)
    {
        if (section.Find("ready") is not { } node)
        {
            return new ReadinessCheck("/", DefaultReadyTimeout);
        }

        var ready = ScenarioSection.Open(node, SectionKeys.Ready, section.Faults);
        return new ReadinessCheck(
            ReadPath(ready),
            ready.Number("timeout", Quantities.ReadyTimeout, DefaultReadyTimeout));
    }
}

/// <summary>Reads <c>target.requests</c>.</summary>
internal static class RequestReader
{
    /// <summary>Reads all of them.</summary>
    public static IReadOnlyList<RequestDefinition> ReadAll(ScenarioSection target)
    {
        var items = target.Items("requests", "Write one - {name: ..., path: ...} for each kind of request.");
        var sections = items.Select(item => ScenarioSection.Open(item, SectionKeys.Request, target.Faults)).ToList();
        var names = UniqueNames.Read(sections, TextRule.RequestName, "request");
        return [.. sections.Zip(names, (section, name) => Read(section, name, target.Has("login")))];
    }

    /// <summary>Reads one whose name was read before.</summary>
    /// <param name="section">The request.</param>
    /// <param name="name">Its name.</param>
    /// <param name="hasLogin">Whether a login fills <c>{{token}}</c>.</param>
    public static RequestDefinition Read(ScenarioSection section, string name, bool hasLogin = false)
    {
        foreach (var node in new[] { section.Find("path"), section.Find("body") }.OfType<YamlText>())
        {
            EnvironmentReader.CheckReferences(node, node.Value, section.Faults);
        }

        foreach (var node in new[] { section.Find("path"), section.Find("body") }.Concat((section.Find("headers") as YamlMap)?.Entries.Select(entry => entry.Value) ?? []))
        {
            if (node is YamlText { Value: var text } && RequestRules.PlaceholderIn(hasLogin ? text.Replace(LoginDefinition.Placeholder, string.Empty, StringComparison.Ordinal) : text) is { } placeholder)
            {
                section.Faults.Add(node, $"{placeholder} would be sent as it is: a scenario has no feed to fill it{(placeholder == LoginDefinition.Placeholder ? ", and target.login, which would, is missing" : string.Empty)}.", $"Write the value itself, or {{{{{{{{ for two braces that are sent; `{StartCommand.Name} load` has feeds.");
            }
        }

        return RequestRules.Unescape(ReadKeys(section, name));
    }

    private static RequestDefinition ReadKeys(ScenarioSection section, string name) => new()
    {
        Name = name,
        Method = section.Choice("method", Choices.Methods, "GET"),
        Path = section.Text("path", TextRule.Path, "/"),
        Headers = EnvironmentReader.ReadHeaders(section),
        Body = section.Find("body") is { } body ? ScenarioSection.ReadText(body, TextRule.Body, section.Faults) : null,
        ExpectedStatus = StatusExpectation.TryParse(section.Text("expect", TextRule.ExpectedStatus, "200"), out var expected) ? expected : 200,
        Weight = section.Number("weight", Quantities.Weight, 1),
    };
}

/// <summary>Reads <c>target.login</c>.</summary>
internal static class LoginReader
{
    /// <summary>The name that the request has in messages.</summary>
    public const string Name = "login";

    /// <summary>Reads it; null where there is none.</summary>
    /// <param name="target">The section around it.</param>
    /// <param name="requests">The requests that hold its token.</param>
    public static LoginDefinition? Read(ScenarioSection target, IReadOnlyList<RequestDefinition> requests)
    {
        if (target.Find("login") is not { } node)
        {
            return null;
        }

        var section = ScenarioSection.Open(node, SectionKeys.Login, target.Faults);
        var request = RequestReader.Read(section, Name);
        var (member, cookie) = (Text(section, "token"), Text(section, "cookie"));
        if (section.Node is YamlMap && section.Has("token") == section.Has("cookie"))
        {
            target.Faults.Add(node, "it does not say which part of the answer is the token.", "Write either token, a member of its JSON such as access_token or data.token, or cookie, the name of one.");
        }

        if (requests.Count > 0 && !requests.Any(LoginDefinition.IsIn))
        {
            target.Faults.Add(node, $"no request holds {LoginDefinition.Placeholder}, so nothing is done with it.", $"Write it where the service expects it, for example headers: {{Authorization: \"Bearer {LoginDefinition.Placeholder}\"}}.");
        }

        return new LoginDefinition(
            request with
            {
                Method = section.Has("method") ? request.Method : "POST",
                ExpectedStatus = section.Has("expect") || !StatusExpectation.TryParse("2xx", out var any) ? request.ExpectedStatus : any,
            },
            member,
            cookie);
    }

    private static string? Text(ScenarioSection section, string key) =>
        section.Has(key) && section.Text(key, TextRule.TokenName) is { Length: > 0 } text ? text : null;
}
