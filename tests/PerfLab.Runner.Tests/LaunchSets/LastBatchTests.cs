using PerfLab.Collector;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Scenarios;
using PerfLab.Load.Drivers;
using PerfLab.Runner.LaunchSets;
using PerfLab.Runner.Machines;
using PerfLab.Runner.Readings;
using PerfLab.Runner.Targets;

namespace PerfLab.Runner.Tests.LaunchSets;

/// <summary>Services that lose the spans they hold when they are told to end are given the time to export them.</summary>
public sealed class LastBatchTests : IDisposable
{
    // Exports in batches, as an SDK does, and has no handler of SIGTERM.
    private const string Service = """
        import http.server, json, os, secrets, sys, threading, time, urllib.request
        url = os.environ["OTEL_EXPORTER_OTLP_ENDPOINT"] + "/v1/traces"
        spans, lock = [], threading.Lock()
        def export():
            while True:
                time.sleep(int(os.environ["OTEL_BSP_SCHEDULE_DELAY"]) / 1000)
                with lock:
                    batch = spans[:]
                    spans.clear()
                if batch:
                    body = json.dumps({"resourceSpans": [{"scopeSpans": [{"spans": batch}]}]}).encode()
                    urllib.request.urlopen(urllib.request.Request(url, body, {"Content-Type": "application/json"}), timeout=5).read()
        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            def do_GET(self):
                if self.path != "/health" and os.environ.get("OTEL_SDK_DISABLED") != "true":
                    now = str(time.time_ns())
                    span = {"traceId": secrets.token_hex(16), "spanId": secrets.token_hex(8), "name": "GET", "kind": 2, "startTimeUnixNano": now, "endTimeUnixNano": now}
                    with lock:
                        spans.append(span)
                self.send_response(200)
                self.send_header("Content-Length", "2")
                self.end_headers()
                self.wfile.write(b"ok")
            def log_message(self, *_): pass
        threading.Thread(target=export, daemon=True).start()
        http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("pl-").FullName;

    [Fact]
    public async Task A_service_that_does_not_flush_loses_no_trace_by_being_stopped()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Starts programs as Linux has them.");
        Assert.SkipUnless(SystemTool.Find("python3") is not null, "python3 is not installed.");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(2));

        var launch = await MeasureAsync(limit.Token);

        Assert.DoesNotContain(launch.Findings, finding => finding.Code == "target-failed");
        var on = launch.Arms.Single(arm => arm.Arm == "on");
        Assert.Null(on.Spans.CreatedCount);
        Assert.True(on.Spans.RequestCount > 0);

        // Each request makes one trace, those that were not answered in time too.
        Assert.True(on.Spans.RootSpanCount >= on.Spans.RequestCount, $"{on.Spans.RootSpanCount} traces of {on.Spans.RequestCount} requests arrived");
    }

    // The specification's delay is 5 s; half a second is for the export itself.
    [Theory]
    [InlineData("", "", false, 5.5)]
    [InlineData("OTEL_BSP_SCHEDULE_DELAY", "1000", false, 1.5)]
    [InlineData("OTEL_BSP_SCHEDULE_DELAY", "15000", false, 15.5)]
    [InlineData("OTEL_BSP_SCHEDULE_DELAY", "15000", true, 0)]
    [InlineData("OTEL_SDK_DISABLED", "true", false, 0)]
    [InlineData("OTEL_TRACES_SAMPLER", "always_off", false, 0)]
    [InlineData("OTEL_TRACES_EXPORTER", "console", false, 0)]
    [InlineData("OTEL_TRACES_EXPORTER", "zipkin", false, 0)]
    public void Only_arms_that_export_batches_to_the_collector_and_do_not_count_their_spans_are_waited_for(string variable, string value, bool counts, double expectedSeconds)
    {
        var environment = variable.Length == 0 ? [] : new Dictionary<string, string> { [variable] = value };
        var plan = TestPlans.Small();
        var service = new ScriptedService(_ => 0);
        using var off = new RunningArm(plan.Arms[0] with { Environment = new Dictionary<string, string> { ["OTEL_SDK_DISABLED"] = "true" } }, [service], service) { Address = new Uri("http://127.0.0.1:1") };
        using var on = new RunningArm(plan.Arms[2] with { Environment = environment }, [service], service) { Address = new Uri("http://127.0.0.1:1") };
        off.Measured.Closing = off.ReadFull();
        on.Measured.Closing = new FullReading(ReadingSum.Nothing, counts ? new Dictionary<string, long> { ["RECORD_AND_SAMPLE"] = 7 } : null);

        Assert.Equal(expectedSeconds, LastBatch.WaitOf(plan, [off, on]).TotalSeconds, 9);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<LaunchRecord> MeasureAsync(CancellationToken cancellationToken)
    {
        var file = Path.Combine(_folder, "service.py");
        await File.WriteAllTextAsync(file, Service, cancellationToken);
        var off = new Dictionary<string, string> { ["OTEL_SDK_DISABLED"] = "true" };
        var small = TestPlans.Small(rounds: 20);
        var plan = small with
        {
            Target = small.Target with { Processes = [small.Target.Processes[0] with { Command = ["python3", file, "{port}"], Environment = new Dictionary<string, string>(), Ready = new ReadinessCheck("/health", TimeSpan.FromSeconds(60)) }] },
            Arms =
            [
                new PlannedArm("off", "off", "Off.", ArmRole.Baseline, off),
                new PlannedArm("off'", "off.control", "Off again.", ArmRole.Control, off),
                new PlannedArm("on", "on", "On.", ArmRole.Variant, new Dictionary<string, string> { ["OTEL_BSP_SCHEDULE_DELAY"] = "1500" }),
            ],
            RatePerSecond = 100,
        };
        await using var receiver = await OtlpReceiver.StartAsync([.. plan.Arms.Select(arm => arm.Name)], new ReceiverOptions(), cancellationToken);
        var sink = new ReceiverSpanSink(receiver);
        using var launcher = new TargetLauncher(probeAssembly: null, _folder);
        using var lab = new GeneratorThread(cores: null);
        var starter = new ArmStarter(launcher, sink, RequestDriverFactory.Create, new RunnerFolders("/root", "/targets", ProbeAssembly: null));
        var launchFolder = Directory.CreateDirectory(Path.Combine(_folder, "launch")).FullName;
        return await new LaunchSetExecutor(starter, sink, lab, TimeProvider.System).ExecuteAsync(plan, number: 1, launchFolder, new SilentProgress(), cancellationToken);
    }
}
