using PerfLab.Runner.LaunchSets;

namespace PerfLab.Runner.Tests.LaunchSets;

/// <summary>The collector's address that an arm gets where its command names the protocol.</summary>
public sealed class ExporterAddressTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pl-").FullName;

    [Theory]
    [InlineData("java -Dotel.exporter.otlp.protocol=grpc -jar app.jar", "", "http://127.0.0.1:4317", null)]
    [InlineData("java -Dotel.exporter.otlp.traces.protocol=grpc -jar app.jar", "", "http://127.0.0.1:4318", "http://127.0.0.1:4317")]
    [InlineData("java -jar app.jar", "-Dotel.exporter.otlp.protocol=grpc", "http://127.0.0.1:4317", null)]
    [InlineData("env OTEL_EXPORTER_OTLP_PROTOCOL=grpc python3 app.py", "", "http://127.0.0.1:4317", null)]
    [InlineData("java -Dotel.exporter.otlp.endpoint=http://127.0.0.1:{port} -jar app.jar", "", null, null)]
    [InlineData("java -jar app.jar", "", "http://127.0.0.1:4318", null)]
    public async Task An_exporter_gets_the_port_on_which_its_protocol_is_spoken(string command, string options, string? endpoint, string? traces)
    {
        var events = new EventLog();
        var launcher = new RecordingLauncher(events);
        var starter = new ArmStarter(launcher, new EmptySink(events), (address, _, _) => new RecordingDriver(address, events), new RunnerFolders(_folder, _folder, ProbeAssembly: null));
        var plan = TestPlans.Small();
        plan = plan with { Target = plan.Target with { Processes = [plan.Target.Processes[0] with { Command = command.Split(' '), Environment = new Dictionary<string, string> { ["JAVA_TOOL_OPTIONS"] = options } }] } };

        await starter.StartAsync(plan, plan.Arms[0], _folder, _folder, TestContext.Current.CancellationToken);

        var environment = Assert.Single(launcher.Specifications).Environment;
        Assert.Equal((endpoint, traces), (environment.GetValueOrDefault("OTEL_EXPORTER_OTLP_ENDPOINT"), environment.GetValueOrDefault("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
