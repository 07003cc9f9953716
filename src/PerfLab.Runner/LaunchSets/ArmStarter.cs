using System.Net;
using System.Net.Sockets;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Scenarios;
using PerfLab.Load.Drivers;
using PerfLab.Load.Workloads;
using PerfLab.Runner.Targets;

namespace PerfLab.Runner.LaunchSets;

/// <summary>Starts all processes of an arm: ports, placeholders, environment and the collector's address.</summary>
internal sealed class ArmStarter(
    ITargetLauncher launcher,
    ISpanSink spans,
    Func<Uri, RequestMix, DriverOptions, IRequestDriver> createDriver,
    RunnerFolders folders)
{
    // A port lost three times in a row is no coincidence.
    private const int MostAttempts = 3;

    /// <summary>Gets <see cref="LaunchSpecification.MisfitLimit"/> of every process.</summary>
    public TimeSpan? MisfitLimit { get; init; }

    /// <summary>Starts an arm; on other ports when another program takes one of them first.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="arm">The arm.</param>
    /// <param name="launchFolder">Takes the logs.</param>
    /// <param name="scratchFolder">An empty folder for the processes' own files.</param>
    /// <param name="cancellationToken">Ends the start; nothing is left running.</param>
    /// <exception cref="TargetFailedException">A process did not start; those already started are stopped.</exception>
    public async Task<RunningArm> StartAsync(Plan plan, PlannedArm arm, string launchFolder, string scratchFolder, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await StartOnFreePortsAsync(plan, arm, launchFolder, scratchFolder, cancellationToken);
            }
            catch (TargetFailedException error) when (error.IsPortTaken && attempt < MostAttempts)
            {
                // Between choosing a port and listening on it another program took it: other ports are tried.
            }
        }
    }

    /// <summary>Makes the load tool of a plan; null where PerfLab's own engine makes the load.</summary>
    /// <param name="plan">The plan.</param>
    public GeneratorLoad? GeneratorOf(Plan plan) => plan.Generator is { } generator ? new GeneratorLoad(plan, generator, folders.Root) : null;

    private async Task<RunningArm> StartOnFreePortsAsync(Plan plan, PlannedArm arm, string launchFolder, string scratchFolder, CancellationToken cancellationToken)
    {
        var processes = new List<ITargetProcess>();
        try
        {
            var specifications = Specify(plan, arm, launchFolder, scratchFolder);

            // Those that are called come after the one that calls them in many files; none is called before the first request.
            foreach (var specification in specifications)
            {
                processes.Add(await launcher.StartAsync(specification, cancellationToken));
            }

            var token = plan.Target.Login is { } login ? await LoginClient.LogInAsync(arm.Name, specifications[0].Address, login, cancellationToken) : null;
            var mix = RequestMix.Create(specifications[0].Address, [.. plan.Target.Requests.Select(request => RunningArm.WithToken(request, token))], plan.Seed);
            var requests = plan.Target.Requests.Count > 1 ? new MeasuredRequests(mix) : null;
            var driver = createDriver(specifications[0].Address, mix, new DriverOptions { MaxInFlight = plan.MaxInFlight, LastsItsSchedule = true, Breakdown = requests?.Round });
            return new RunningArm(arm, processes, driver) { Address = specifications[0].Address, Token = token, Completion = CompletionOf(plan, arm, specifications), Requests = requests };
        }
        catch
        {
            await Task.WhenAll(processes.Select(process => process.StopAsync()));
            throw;
        }
    }

    private static CompletionClient? CompletionOf(Plan plan, PlannedArm arm, List<LaunchSpecification> specifications) =>
        plan.Target.Completion is { } source
            ? new CompletionClient(arm.Name, new Uri(specifications.Single(specification => specification.Process == source.Process).Address, source.Path))
            : null;

    private List<LaunchSpecification> Specify(Plan plan, PlannedArm arm, string launchFolder, string scratchFolder)
    {
        var definitions = plan.Target.ProcessesOf(arm.Program);
        var ports = PortReservation.Take(definitions.Count);
        var addresses = definitions.Select((definition, index) => (definition.Name, Port: ports[index])).ToDictionary(pair => pair.Name, pair => pair.Port, StringComparer.Ordinal);
        return [.. definitions.Select(definition =>
        {
            var scratch = Path.Combine(scratchFolder, arm.FileStem, definition.Name);
            Directory.CreateDirectory(scratch);
            var values = new PlaceholderValues
            {
                Process = definition.Name,
                Ports = addresses,
                Root = folders.Root,
                Targets = folders.Targets,
                Scratch = scratch,
            };
            var place = WorkingFolder.Of(definition, plan.Target.BaseFolder ?? folders.Root, values);
            return new LaunchSpecification
            {
                Arm = arm.Name,
                Process = definition.Name,
                Command = place.Command,
                Environment = EnvironmentOf(plan, arm, definition, values),
                WorkingFolder = place.Path,
                Address = new Uri($"http://127.0.0.1:{addresses[definition.Name]}"),
                ReadyPath = definition.Ready.Path,
                ReadyTimeout = definition.Ready.Timeout,
                LogFile = RunFolder.TargetLog(launchFolder, arm, definition.Name),
                Cores = plan.Placement?.TargetCores,
                MisfitLimit = MisfitLimit,
            };
        })];
    }

    private Dictionary<string, string?> EnvironmentOf(Plan plan, PlannedArm arm, TargetProcess definition, PlaceholderValues values)
    {
        var variables = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var (name, value) in RuntimeKnobs.For(plan.Runtime))
        {
            variables[name] = value;
        }

        foreach (var (name, value) in Expanded(definition.EnvironmentUnder(arm.Environment)))
        {
            variables[name] = value;
        }

        foreach (var (name, value) in OtlpEnvironment.Complete(Expanded(definition.SdkSettingsUnder(arm.Environment)), protocol => spans.EndpointOf(arm, protocol), spans.HeadersOf(arm)))
        {
            variables[name] = value;
        }

        return variables;

        Dictionary<string, string> Expanded(IReadOnlyDictionary<string, string> texts) =>
            texts.ToDictionary(pair => pair.Key, pair => Placeholders.Expand(pair.Value, values), StringComparer.Ordinal);
    }
}

/// <summary>Where the runner finds things.</summary>
/// <param name="Root">The folder that holds <c>scenarios/</c>: <c>{root}</c> in scenario files.</param>
/// <param name="Targets">The folder with the built targets: <c>{targets}</c> in scenario files.</param>
/// <param name="ProbeAssembly">The probe's assembly; null runs without it.</param>
public sealed record RunnerFolders(string Root, string Targets, string? ProbeAssembly)
{
    private const string RootPlaceholder = "{root}";
    private const string TargetsPlaceholder = "{targets}";
    private const string ScratchPlaceholder = "{scratch}";

    /// <summary>Gets where the processes of a scenario will run: those of the target, then those of the arms that start another program.</summary>
    /// <exception cref="TargetFailedException">A folder does not exist.</exception>
    public IReadOnlyList<ProcessFolder> WorkingFoldersOf(TargetDefinition target, IReadOnlyList<Variant> variants)
    {
        ArgumentNullException.ThrowIfNull(target);
        return [.. ProcessesOf(target, variants).Select(one => new ProcessFolder(one.Process.Name, WorkingFolderOf(target, one.Process)) { Arm = one.Arm })];
    }

    // Where every arm starts a program of its own, nothing runs where the target's own would.
    private static IEnumerable<(string? Arm, TargetProcess Process)> ProcessesOf(TargetDefinition target, IReadOnlyList<Variant> variants) =>
    [
        .. (variants.Any(variant => variant.Program is null) ? target.Processes : target.Processes.Skip(1)).Select(process => ((string?)null, process)),
        .. variants.Where(variant => variant.Program is not null).Select(variant => ((string?)variant.Name, target.ProcessesOf(variant.Program)[0])),
    ];

    /// <summary>Gets the processes whose .NET is too old for the probe, with the major version that they ask for.</summary>
    /// <exception cref="TargetFailedException">A folder does not exist.</exception>
    internal IEnumerable<(string Where, int Major)> TooOldForProbe(TargetDefinition target, IReadOnlyList<Variant> variants) =>
        from one in ProcessesOf(target, variants)
        let place = PlaceOf(target, one.Process)
        let major = RequestedRuntime.TooOld(place.Command, place.Path)
        where major is not null
        select (one.Arm is null ? one.Process.Name : $"{one.Process.Name} in {one.Arm}", major.Value);

    /// <summary>Gets where a process will run, with placeholders for PerfLab's own folders, so that it reads alike on every machine.</summary>
    /// <exception cref="TargetFailedException">The folder does not exist.</exception>
    public string WorkingFolderOf(TargetDefinition target, TargetProcess process)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(process);
        if (process.Directory?.Contains(ScratchPlaceholder, StringComparison.Ordinal) == true)
        {
            return process.Directory;
        }

        var folder = PlaceOf(target, process).Path;
        return Under(Targets, TargetsPlaceholder) ?? Under(Root, RootPlaceholder) ?? folder;

        string? Under(string known, string placeholder) => Path.GetRelativePath(known, folder) switch
        {
            "." => placeholder,
            var relative when relative.StartsWith("..", StringComparison.Ordinal) || Path.IsPathRooted(relative) => null,
            var relative => $"{placeholder}/{relative.Replace(Path.DirectorySeparatorChar, '/')}",
        };
    }

    private WorkingFolder PlaceOf(TargetDefinition target, TargetProcess process) => WorkingFolder.Of(process, target.BaseFolder ?? Root, new PlaceholderValues
    {
        Process = process.Name,
        Ports = target.Processes.ToDictionary(each => each.Name, _ => 0, StringComparer.Ordinal),
        Root = Root,
        Targets = Targets,
        Scratch = ScratchPlaceholder,
    });
}

/// <summary>
/// Asks the operating system for free loopback ports. All are held at once, so that none is given twice, and freed together
/// just before the targets start; another program may still take one in between, and then others are tried.
/// </summary>
internal static class PortReservation
{
    /// <summary>Gets this many different free ports.</summary>
    public static IReadOnlyList<int> Take(int count)
    {
        var sockets = new List<Socket>(count);
        try
        {
            for (var index = 0; index < count; index++)
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                sockets.Add(socket);
                socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            }

            return [.. sockets.Select(socket => ((IPEndPoint)socket.LocalEndPoint!).Port)];
        }
        finally
        {
            sockets.ForEach(socket => socket.Dispose());
        }
    }
}
