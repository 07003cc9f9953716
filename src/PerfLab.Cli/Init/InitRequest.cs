using System.CommandLine;
using System.Text;
using PerfLab.Cli.LoadTests;
using PerfLab.Cli.Options;
using PerfLab.Experiments.Inspections;
using PerfLab.Experiments.RequestFiles;
using PerfLab.Experiments.ScenarioFiles;
using PerfLab.Experiments.Scenarios;
using PerfLab.Load.LoadTests;
using PerfLab.Load.Simulations;
using PerfLab.Load.Workloads;
using PerfLab.Runner.Inspections;
using PerfLab.Runner.Targets;

namespace PerfLab.Cli.Init;

/// <summary>What a user asked of <c>init</c>, checked as a whole before anything is started.</summary>
/// <param name="Service">The service.</param>
/// <param name="Output">The file to write.</param>
internal sealed record InitRequest(ServiceDescription Service, string Output)
{
    // The name of the one process of a scenario that has no list of them.
    private const string OnlyProcess = "target";

    private const string DefaultStartLimit = "1m";

    // They name no service; the folder around them does.
    private static readonly string[] s_commonFiles = ["app", "index", "main", "program", "server", "start", "manage", "out", "publish", "dist", "build", "src", "bin"];

    private static readonly string[] s_bodyMethods = ["POST", "PUT", "PATCH"];

    /// <exception cref="UsageException">Something is wrong; the message names everything.</exception>
    public static InitRequest Read(ParseResult parse, InitOptions options)
    {
        var faults = new UsageFaults();
        var (command, url) = InitQuestions.Complete(parse.GetValue(options.Command), parse.GetValue(options.Url), faults);
        faults.ThrowIfAny();
        var address = faults.Read(() => LoadTestAddress.Parse(url!), new LoadTestAddress(string.Empty, new Uri("http://localhost"), "/"));
        faults.Unless(address.Base.Scheme == "http", $"'{url}' is not reached over plain HTTP (--url). PerfLab starts the service with an address such as http://127.0.0.1:5000; let it offer HTTP.");
        Check(ScenarioNames.FaultOfReadyPath(address.Path), "The path", "--url", faults);
        var process = ReadProcess(parse, options, command!, address, faults);
        var name = parse.GetValue(options.Name) ?? NameOf(parse.GetValue(options.Output), process);
        Check(ScenarioNames.FaultOfScenario(name), $"'{name}'", "--name", faults);
        var output = Path.GetFullPath(parse.GetValue(options.Output) ?? Path.Combine(Checkout.NewScenarios, name + ".yaml"));
        CheckOutput(output, name, parse.GetValue(options.Force), faults);
        var requests = ReadRequests(parse, options, address, name, faults);
        var login = InitLogin.Read(parse, options, faults);
        double? rate = parse.GetValue(options.Rate) is { } text ? faults.Read(() => QuantitySyntax.Rate(text, minimum: 1), 1, "--rate ") : null;
        faults.ThrowIfAny();
        var service = new ServiceDescription(name, process, login is null ? requests : [.. requests.Select(request => InitLogin.WithToken(request, login))])
        {
            Login = login,
            BaseFolder = Environment.CurrentDirectory,
            Port = address.Base.Port,
            RatePerSecond = rate,
            IsFromDocument = (parse.GetValue(options.OpenApi) ?? parse.GetValue(options.Har)) is not null,
        };
        return new InitRequest(service, output);
    }

    private static TargetProcess ReadProcess(ParseResult parse, InitOptions options, string command, LoadTestAddress address, UsageFaults faults)
    {
        var process = new TargetProcess
        {
            Name = OnlyProcess,
            Command = [.. ReadWords(command, faults).Select(Placeholders.Escape)],
            Directory = parse.GetValue(options.Directory) is { } directory ? Placeholders.Escape(directory) : null,
            Environment = ReadEnvironment(parse.GetValue(options.Environment) ?? [], faults),
            Ready = new ReadinessCheck(address.Path, faults.Read(() => QuantitySyntax.Duration(parse.GetValue(options.StartLimit) ?? DefaultStartLimit), TimeSpan.FromMinutes(1), "--start-limit ")),
        };
        try
        {
            return ServiceFolder.Place(process, Environment.CurrentDirectory);
        }
        catch (TargetFailedException)
        {
            faults.Unless(false, $"'{process.Directory}' is not a folder (--directory). Name an existing one.");
            return process;
        }
    }

    private static IReadOnlyList<string> ReadWords(string command, UsageFaults faults)
    {
        var words = faults.Read(() => ShellWords.Split(command), ["?"], "--command: ");
        faults.Unless(words.Count > 0 && words[0].Length > 0, "--command: it is empty. Write how the service is started, for example \"dotnet out/MyApi.dll\".");
        return words.Count > 0 ? words : ["?"];
    }

    private static OrderedDictionary<string, string> ReadEnvironment(IReadOnlyList<string> texts, UsageFaults faults)
    {
        var variables = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var text in texts)
        {
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            var isNew = equals > 0 && variables.TryAdd(text[..equals], Placeholders.Escape(text[(equals + 1)..]));
            faults.Unless(isNew, $"'{text}' is not a variable with a name of its own (--env). Write NAME=VALUE, each name once.");
            if (isNew)
            {
                Check(ScenarioNames.FaultOfVariable(text[..equals]), $"'{text[..equals]}'", "--env", faults);
            }
        }

        return variables;
    }

    private static string NameOf(string? output, TargetProcess process)
    {
        if (output is not null)
        {
            return Path.GetFileNameWithoutExtension(output);
        }

        string[] files = [.. process.Command.Select(word => Path.GetFullPath(Path.Combine(process.Directory ?? ".", word))).Where(file => File.Exists(file) && !CommandProgram.IsTool(Path.GetFileName(file)))];
        var names = files.Select(file => Path.GetFileNameWithoutExtension(file))
            .Concat(files.Append(Path.GetFullPath(Path.Combine(process.Directory ?? ".", "any"))).SelectMany(file => Ancestors(Path.GetDirectoryName(file))).Select(folder => Path.GetFileName(folder)));
        return ScenarioNames.Make(names.FirstOrDefault(each => each.Length > 0 && !s_commonFiles.Contains(each, StringComparer.OrdinalIgnoreCase), "service"));
    }

    private static IEnumerable<string> Ancestors(string? folder)
    {
        for (; !string.IsNullOrEmpty(folder); folder = Path.GetDirectoryName(folder))
        {
            yield return folder;
        }
    }

    private static void CheckOutput(string output, string name, bool force, UsageFaults faults)
    {
        faults.Unless(string.Equals(Path.GetFileName(output), name + ".yaml", StringComparison.Ordinal), $"'{output}' is not the file of a scenario called {name} (--output, --name). The file is called as the scenario, with the ending .yaml.");
        var folder = Path.GetDirectoryName(output)!;
        faults.Unless(Directory.Exists(folder), $"'{output}' cannot be written: there is no folder {folder} (--output). Create it, or name another file.");
        faults.Unless(force || !Path.Exists(output), $"'{output}' exists. Overwrite it with --force, or choose another --name or --output.");
        if (Directory.Exists(folder))
        {
            var fault = OutputFile.FaultOfWriting(output);
            faults.Unless(fault is null, $"'{output}' cannot be written: {fault} (--output). Name a file that you may write, for example --output ./{name}.yaml.");
        }
    }

    private static IReadOnlyList<RequestDefinition> ReadRequests(ParseResult parse, InitOptions options, LoadTestAddress address, string name, UsageFaults faults)
    {
        var body = LoadBody.Read(parse, options.Load, faults);
        var text = body.Body is { } bytes ? BodyText(bytes.Bytes.Span, faults) : null;
        var common = LoadRequest.ReadRequest(parse, options.Load, body, faults) with { Name = name, Path = address.Path };
        if (parse.GetValue(options.Load.Expect) is null)
        {
            common = common with { ExpectedStatus = StatusExpectation.TryParse("2xx", out var any) ? any : common.ExpectedStatus };
        }

        var isImported = InitRequestFiles.OptionOf(parse, options) is not null;
        IReadOnlyList<RequestDefinition> requests = isImported ? ReadImported(parse, options, address, common, faults) : ReadOwn(parse, options, common, text, faults);
        if (requests.Count > 0)
        {
            CheckRequests(address, requests, isImported, faults);
        }

        return isImported ? requests : [.. requests.Select(RequestRules.Unescape)];
    }

    // The rules of scenario files first: the load engine would say the same of many of them.
    private static void CheckRequests(LoadTestAddress address, IReadOnlyList<RequestDefinition> requests, bool areImported, UsageFaults faults)
    {
        var broken = RequestRules.FaultsOf(requests, areImported);
        foreach (var fault in broken)
        {
            faults.Unless(false, fault);
        }

        if (broken.Count == 0)
        {
            _ = faults.Read(() => RequestMix.Create(address.Base, requests, seed: 1), null);
        }
    }

    // What is given for all requests lies over what the file says of each.
    private static RequestDefinition[] ReadImported(ParseResult parse, InitOptions options, LoadTestAddress address, RequestDefinition common, UsageFaults faults)
    {
        var file = InitRequestFiles.OptionOf(parse, options);
        foreach (var option in new Option[] { options.Load.Request, options.Load.Method, options.Load.Body, options.Load.BodyFile, options.Load.ContentType })
        {
            faults.Unless(parse.GetResult(option) is null, $"The requests are those of a file ({option.Name}, {file}). Leave {option.Name} out, or {file}.");
        }

        var isExpectationGiven = parse.GetValue(options.Load.Expect) is not null;
        return [.. InitRequestFiles.Read(parse, options, address.Base, faults).Select(request => request with
        {
            Headers = new OrderedDictionary<string, string>(request.Headers.Where(header => !common.Headers.ContainsKey(header.Key)).Concat(common.Headers), StringComparer.OrdinalIgnoreCase),
            ExpectedStatus = isExpectationGiven ? common.ExpectedStatus : request.ExpectedStatus,
        })];
    }

    private static IReadOnlyList<RequestDefinition> ReadOwn(ParseResult parse, InitOptions options, RequestDefinition common, string? text, UsageFaults faults)
    {
        var texts = parse.GetValue(options.Load.Request) ?? [];
        faults.Unless(texts.Length == 0 || parse.GetValue(options.Load.Method) is null, "Each request names its method (--method, --request). Leave --method out.");
        return texts.Length == 0 ? [common with { Body = text }] : [.. LoadMix.ReadAll(texts, common, faults).Select(request => WithBody(request, text))];
    }

    // One body for all requests that have one: a GET among them has none, and no media type either.
    private static RequestDefinition WithBody(RequestDefinition request, string? text) => s_bodyMethods.Contains(request.Method, StringComparer.Ordinal)
        ? request with { Body = text }
        : request with { Headers = new OrderedDictionary<string, string>(request.Headers.Where(header => !string.Equals(header.Key, "Content-Type", StringComparison.OrdinalIgnoreCase)), StringComparer.OrdinalIgnoreCase) };

    private static string? BodyText(ReadOnlySpan<byte> bytes, UsageFaults faults)
    {
        var isText = System.Text.Unicode.Utf8.IsValid(bytes);
        faults.Unless(isText, "The body is no text in UTF-8, and a scenario file holds text only (--body-file). Measure a request with a body of text.");
        return isText ? Encoding.UTF8.GetString(bytes) : null;
    }

    private static void Check(string? fault, string subject, string option, UsageFaults faults) => faults.Unless(fault is null, $"{subject} {fault} ({option})");
}
