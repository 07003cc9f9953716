using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Scenarios;
using PerfLab.Load;
using PerfLab.Runner.Targets;

namespace PerfLab.Runner.LaunchSets;

/// <summary>Starts all processes of an arm: ports, placeholders, environment and the collector's address.</summary>
internal sealed class ArmStarter(
    ITargetLauncher launcher,
    ISpanSink spans,
    Func<Uri, RequestMix, DriverOptions, IRequestDriver> createDriver,
    RunnerFolders folders)
{
    private const string ProtocolVariable = "OTEL_EXPORTER_OTLP_PROTOCOL";
    private const string EndpointVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    // The protocol that the OpenTelemetry specification recommends as an SDK's default.
    private const string DefaultProtocol = "http/protobuf";

    /// <summary>Starts an arm.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="arm">The arm.</param>
    /// <param name="launchFolder">Takes the logs.</param>
    /// <param name="scratchFolder">An empty folder for the processes' own files.</param>
    /// <param name="cancellationToken">Ends the start; nothing is left running.</param>
    /// <exception cref="TargetFailedException">A process did not start; those already started are stopped.</exception>
    public async Task<ArmInstance> StartAsync(Plan plan, PlannedArm arm, string launchFolder, string scratchFolder, CancellationToken cancellationToken)
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

            var mix = RequestMix.Create(specifications[0].Address, plan.Target.Requests, plan.Seed);
            var driver = createDriver(specifications[0].Address, mix, new DriverOptions { MaxInFlight = plan.MaxInFlight });
            return new ArmInstance(arm, processes, driver) { Address = specifications[0].Address, Completion = CompletionOf(plan, arm, specifications) };
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
        var definitions = plan.Target.Processes;
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
            return new LaunchSpecification
            {
                Arm = arm.Name,
                Process = definition.Name,
                Command = [.. definition.Command.Select(word => Placeholders.Expand(word, values))],
                Environment = EnvironmentOf(plan, arm, definition, values),
                WorkingFolder = scratch,
                Address = new Uri($"http://127.0.0.1:{addresses[definition.Name]}"),
                ReadyPath = definition.Ready.Path,
                ReadyTimeout = definition.Ready.Timeout,
                LogFile = RunFolder.TargetLog(launchFolder, arm, definition.Name),
                Cores = plan.Placement?.TargetCores,
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

        foreach (var (name, value) in definition.Environment.Concat(arm.Environment))
        {
            variables[name] = Placeholders.Expand(value, values);
        }

        variables.TryAdd(ProtocolVariable, DefaultProtocol);
        variables.TryAdd(EndpointVariable, spans.EndpointOf(arm, variables[ProtocolVariable]!).ToString());
        return variables;
    }
}
