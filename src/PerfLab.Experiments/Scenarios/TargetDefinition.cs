using System.Text.Json.Serialization;

namespace PerfLab.Experiments.Scenarios;

/// <summary>A service under test: the processes of one arm and the requests that the first of them answers.</summary>
/// <param name="Processes">
/// At least one, in starting order. The first receives the load. A file that gives <c>command</c>, <c>env</c> and
/// <c>ready</c> directly under <c>target</c> has one process called <c>target</c>.
/// </param>
/// <param name="Requests">At least one; chosen by weight, in an order made from the plan's seed.</param>
public sealed record TargetDefinition(
    IReadOnlyList<TargetProcess> Processes,
    IReadOnlyList<RequestDefinition> Requests)
{
    /// <summary>Gets the folder of the scenario file, to which relative paths belong; null where there is no file.</summary>
    public string? BaseFolder { get; init; }

    /// <summary>Gets where it tells how long work took that goes on after the answer; null where there is none.</summary>
    public CompletionSource? Completion { get; init; }

    /// <summary>Gets how an arm is logged in to before anything else is sent; null, and absent in the file, where it is not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public LoginDefinition? Login { get; init; }

    /// <summary>Gets the metrics that it can have: those of work that goes on after the answer only where it tells of it.</summary>
    [JsonIgnore]
    public IReadOnlyList<MetricDefinition> Metrics => [.. MetricCatalog.All.Where(metric => !metric.NeedsCompletion || Completion is not null)];

    /// <summary>Gets the processes of an arm.</summary>
    /// <param name="program">What the arm starts in place of the first process's own program; null for that one.</param>
    public IReadOnlyList<TargetProcess> ProcessesOf(ArmProgram? program) => program is null || Processes.Count == 0
        ? Processes
        : [Processes[0] with { Command = program.Command ?? Processes[0].Command, Directory = program.Directory ?? Processes[0].Directory }, .. Processes.Skip(1)];
}

/// <summary>
/// One process of a target. Command and environment values may contain the placeholders <c>{port}</c> and <c>{url}</c>
/// (of this process, assigned at launch), <c>{port:NAME}</c> and <c>{url:NAME}</c> (of another process of the same arm),
/// <c>{root}</c> (the folder that holds <c>scenarios/</c>), <c>{targets}</c> (the folder with the built targets, one
/// sub-folder each, for example <c>{targets}/Shop/Shop.dll</c>) and <c>{scratch}</c> (an empty folder of this process
/// and launch, deleted afterwards). <c>{{</c> and <c>}}</c> stand for braces.
/// </summary>
public sealed record TargetProcess
{
    /// <summary>Gets the name, unique within the target.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the program and its arguments; never passed through a shell.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>
    /// Gets the working folder, with placeholders; null for that of the .NET program or the root of the project that the command runs,
    /// or that of the scenario file where it runs none.
    /// </summary>
    public string? Directory { get; init; }

    /// <summary>Gets the environment variables of the process; a variant's lie over them.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>Gets how the runner learns that the process is ready.</summary>
    public required ReadinessCheck Ready { get; init; }

    /// <summary>Gets whether the command is .NET's own program.</summary>
    [JsonIgnore]
    public bool IsDotNet => CommandProgram.IsDotNet(Command);

    /// <summary>Gets the environment variables of the process in an arm.</summary>
    /// <param name="arm">The variables of the arm, which lie over those of the process.</param>
    public IReadOnlyDictionary<string, string> EnvironmentUnder(IReadOnlyDictionary<string, string> arm) => new Dictionary<string, string>(
        [.. Environment.Where(variable => !arm.ContainsKey(variable.Key)), .. arm], StringComparer.Ordinal);

    /// <summary>Gets what tells the SDK of the process in an arm: its environment variables, and over them the settings in its command and in the options of a JVM.</summary>
    /// <param name="arm">The variables of the arm, which lie over those of the process.</param>
    public IReadOnlyDictionary<string, string> SdkSettingsUnder(IReadOnlyDictionary<string, string> arm) => CommandSettings.Over(EnvironmentUnder(arm), Command);
}

/// <summary>A GET that is repeated until it answers 2xx.</summary>
/// <param name="Path">Absolute path, for example <c>/health</c>.</param>
/// <param name="Timeout">How long a process may take from its start; default 30 s.</param>
public sealed record ReadinessCheck(string Path, TimeSpan Timeout);

/// <summary>
/// Where a target tells how long work took that goes on after the answer, from the request to its end: GET answers in JSON
/// with <c>count</c>, <c>p50Seconds</c>, <c>p90Seconds</c>, <c>p99Seconds</c> and <c>longestSeconds</c>, DELETE forgets what was so far.
/// </summary>
/// <param name="Process">The process that is asked, one of the target's.</param>
/// <param name="Path">Absolute path, for example <c>/notifications/times</c>.</param>
public sealed record CompletionSource(string Process, string Path);

/// <summary>One kind of request.</summary>
public sealed record RequestDefinition
{
    /// <summary>Gets the headers that no request may have, in any case: the load generator computes them, or does not do what they ask for.</summary>
    public static IReadOnlySet<string> ExcludedHeaders { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "Content-Length", "Transfer-Encoding", "Expect", "Upgrade" };

    /// <summary>Gets the name, unique within the target.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the HTTP method in upper case; default <c>GET</c>.</summary>
    public required string Method { get; init; }

    /// <summary>Gets the absolute path with query.</summary>
    public required string Path { get; init; }

    /// <summary>Gets the headers in file order.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>Gets the body as text, sent as UTF-8; null sends none.</summary>
    public required string? Body { get; init; }

    /// <summary>Gets the statuses that count as an answer; any other is an error. Default 200.</summary>
    public required StatusExpectation ExpectedStatus { get; init; }

    /// <summary>Gets the relative frequency; default 1.</summary>
    public required double Weight { get; init; }
}
