namespace PerfLab.Experiments.Scenarios.Files;

/// <summary>Reads <c>target</c>: its processes, directly or as a list, and its requests.</summary>
internal sealed class TargetReader
{
    private static readonly string[] s_methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];
    private static readonly TimeSpan s_readyTimeout = TimeSpan.FromSeconds(30);

    private readonly FaultList _faults;

    private TargetReader(FaultList faults) => _faults = faults;

    /// <summary>Reads the mapping; an empty target, with faults, when there is none.</summary>
    public static TargetDefinition Read(YamlNode? node, FaultList faults) =>
        node is not null && MapReader.Of(node, "target", faults) is { } reader
            ? new TargetReader(faults).ReadTarget(reader)
            : new TargetDefinition([], []);

    private TargetDefinition ReadTarget(MapReader reader)
    {
        var processes = ReadProcesses(reader);
        var requests = ReadRequests(reader.Required("requests", "List at least one request."));
        reader.RefuseOthers();
        return new TargetDefinition(processes, requests);
    }

    private List<TargetProcess> ReadProcesses(MapReader reader)
    {
        if (reader.Optional("processes") is not { } node)
        {
            return [ReadProcess(reader, "target", ["target"])];
        }

        if (node is not YamlList { Items.Count: > 0 } list)
        {
            _faults.Add(node, "target.processes: expected a list. Give each process name, command and ready.");
            return [];
        }

        var readers = list.Items
            .Select((item, index) => MapReader.Of(item, $"target.processes[{index}]", _faults))
            .OfType<MapReader>()
            .Select(process => (Reader: process, Name: process.RequiredText("name", "Give it a short name.") ?? string.Empty))
            .ToList();
        var names = readers.Select(process => process.Name).ToList();
        foreach (var (process, name) in readers.Where(process => names.Count(other => string.Equals(other, process.Name, StringComparison.Ordinal)) > 1))
        {
            _faults.Add(process.Map, $"{process.PathOf("name")}: '{name}' stands twice. Every process needs a name of its own.");
        }

        var processes = readers.ConvertAll(process => ReadProcess(process.Reader, process.Name, names));
        readers.ForEach(process => process.Reader.RefuseOthers());
        return processes;
    }

    private TargetProcess ReadProcess(MapReader reader, string name, IReadOnlyCollection<string> names)
    {
        var command = new List<string>();
        var node = reader.Required("command", "Write the program and its arguments as a list: [dotnet, my.dll].");
        if (node is YamlList { Items.Count: > 0 } words && words.Items.All(word => word is YamlText { Text.Length: > 0 }))
        {
            command.AddRange(words.Items.Cast<YamlText>().Select(word => word.Text));
            words.Items.Cast<YamlText>().ToList().ForEach(word => CheckPlaceholders(word, reader.PathOf("command"), names));
        }
        else if (node is not null)
        {
            _faults.Add(node, $"{reader.PathOf("command")}: is not a list of words. Write the program and its arguments as a list: [dotnet, my.dll].");
        }

        var environment = reader.Texts("env");
        foreach (var (variable, value) in environment)
        {
            CheckPlaceholders(new YamlText(reader.Map.Line, reader.Map.Column, value), $"{reader.PathOf("env")}.{variable}", names);
        }

        return new TargetProcess { Name = name, Command = command, Environment = environment, Ready = ReadReady(reader) };
    }

    private ReadyCheck ReadReady(MapReader process)
    {
        var node = process.Required("ready", "Say which path answers when it is ready: { path: /health }.");
        if (node is null || MapReader.Of(node, process.PathOf("ready"), _faults) is not { } reader)
        {
            return new ReadyCheck("/", s_readyTimeout);
        }

        var check = new ReadyCheck(
            ReadPath(reader),
            reader.Value("timeout", s_readyTimeout, Quantities.DurationFault(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10)), Quantities.Duration));
        reader.RefuseOthers();
        return check;
    }

    private List<RequestDefinition> ReadRequests(YamlNode? node)
    {
        if (node is null)
        {
            return [];
        }

        if (node is not YamlList { Items.Count: > 0 } list)
        {
            _faults.Add(node, "target.requests: expected a list. Give each request name and path.");
            return [];
        }

        var requests = list.Items
            .Select((item, index) => MapReader.Of(item, $"target.requests[{index}]", _faults))
            .OfType<MapReader>()
            .Select(ReadRequest)
            .ToList();
        foreach (var twice in requests.GroupBy(request => request.Name, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            _faults.Add(node, $"target.requests: '{twice.Key}' stands {twice.Count()} times. Every request needs a name of its own.");
        }

        return requests;
    }

    private RequestDefinition ReadRequest(MapReader reader)
    {
        var request = new RequestDefinition
        {
            Name = reader.RequiredText("name", "Give it a short name.") ?? string.Empty,
            Method = reader.Value("method", "GET", text => s_methods.Contains(text) ? null : $"'{text}' is not a method. Use one of: {string.Join(", ", s_methods)}.", text => text),
            Path = ReadPath(reader),
            Headers = reader.Texts("headers"),
            Body = reader.Value<string?>("body", null, _ => null, text => text),
            ExpectedStatus = reader.Value("expect", 200, Quantities.WholeFault(200, 599), Quantities.Whole),
            Weight = reader.Value("weight", 1.0, Quantities.WeightFault, Quantities.Number),
        };
        reader.RefuseOthers();
        return request;
    }

    private string ReadPath(MapReader reader)
    {
        var path = reader.RequiredText("path", "Write an absolute path: /health.") ?? "/";
        if (path[0] != '/' || path.Any(char.IsWhiteSpace) || path.Any(char.IsControl))
        {
            _faults.Add(reader.Optional("path")!, $"{reader.PathOf("path")}: '{path}' is not an absolute path. Write one without blanks: /health.");
        }

        return path;
    }

    private void CheckPlaceholders(YamlText text, string path, IReadOnlyCollection<string> names)
    {
        foreach (var fault in Placeholders.FaultsOf(text.Text, names))
        {
            _faults.Add(text, $"{path}: {fault}");
        }
    }
}
