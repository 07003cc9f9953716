using PerfLab.Collector;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Scenarios;
using PerfLab.Load.Drivers;
using PerfLab.Runner.LaunchSets;
using PerfLab.Runner.Targets;
using PerfLab.Runner.Tests.LaunchSets;
using PerfLab.Runner.TraceRetention;

namespace PerfLab.Runner.Tests.Visibility;

/// <summary>One launch set of the real shop with the real load and the real collector.</summary>
public sealed class ShopWindowTests : IDisposable
{
    private static readonly string Root = FindRoot();

    private static readonly TailSamplingPolicy ErrorsOnly = new()
    {
        WaitSeconds = 0.3,
        DecidesWhenComplete = false,
        Keep = [new TailSamplingRule.Errors(), new TailSamplingRule.Share(0.2)],
        MaxTraces = 10_000,
        MaxBytes = 50_000_000,
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("pl-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_each_arm_keeps_of_failed_requests_is_what_its_sampling_says()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Starts programs as Linux has them.");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(TimeSpan.FromMinutes(2));

        var launch = await MeasureAsync(limit.Token);

        Assert.Equal([], launch.Findings.Where(finding => finding.Code is "target-failed" or "spans-lost" or "tail-without-room").Select(finding => finding.ToString()));
        var (off, all, tail) = (launch.Arms[0], launch.Arms[2], launch.Arms[3]);
        Assert.DoesNotContain(off.Observation!.Spans, span => span.StartUnixNanoseconds >= off.Observation.BeginUnixNanoseconds);
        Assert.Contains(off.Observation.Requests, request => request.HasFailed);

        // Every trace of an order is whole, and the order that fails is the one that the rule looks for.
        Assert.Equal(Numbers(all.Observation!.Requests), KeptNumbers(all.Observation));
        Assert.Empty(Orphans(all.Observation));
        var kept = KeptNumbers(tail.Observation!);
        Assert.Empty(Numbers(tail.Observation!.Requests.Where(request => request.HasFailed)).Except(kept));
        Assert.InRange(kept.Count, tail.Observation.Requests.Count(request => request.HasFailed), tail.Observation.Requests.Count - 1);
        Assert.Empty(Orphans(tail.Observation));
        Assert.All(tail.Observation.Spans, span => Assert.True(span.KeptUnixNanoseconds >= span.ArrivedUnixNanoseconds));

        // What is on disk is what was observed, to the last bit.
        var folder = Path.Combine(_folder, "launch");
        var stored = ArmObservation.Read(RunFolder.TraceRetentionRequests(folder, ShopPlan().Arms[3]), RunFolder.TraceRetentionSpans(folder, ShopPlan().Arms[3]))!;
        Assert.Equal(tail.Observation.Requests, stored.Requests);
        Assert.Equal(tail.Observation.Spans, stored.Spans);
        Assert.Equal((tail.Observation.BeginUnixNanoseconds, 0L), (stored.BeginUnixNanoseconds, stored.UnrecordedSpanCount));

        // All that arrived was judged, and the account of spans knows nothing of the judgement.
        Assert.Equal(tail.Spans.ReceivedCount, tail.Collector!.Tail!.KeptSpanCount + tail.Collector.Tail.DroppedSpanCount);
        Assert.Equal(tail.Spans.SampledCount, tail.Spans.ReceivedCount);
        Assert.True(tail.Collector.PeakHeldBytes > 0);
        Assert.Equal((0L, 0L), (all.Collector!.PeakHeldBytes, off.Collector!.PeakHeldBytes));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static SortedSet<long> Numbers(IEnumerable<ObservedRequest> requests) => [.. requests.Select(request => request.Number)];

    private static SortedSet<long> KeptNumbers(ArmObservation arm) => [.. arm.Spans.Select(span => span.Request).OfType<long>()];

    private static IEnumerable<SampledSpan> Orphans(ArmObservation arm)
    {
        // Spans of a request that began before the window have their parents before it too.
        var spans = arm.Spans.Where(span => span.StartUnixNanoseconds >= arm.BeginUnixNanoseconds).ToList();
        var ids = spans.Select(span => (span.TraceId, span.SpanId)).ToHashSet();
        return spans.Where(span => span.ParentSpanId is { } parent && !ids.Contains((span.TraceId, parent)));
    }

    private static Plan ShopPlan()
    {
        var on = new Dictionary<string, string> { ["OTEL_TRACES_SAMPLER"] = "parentbased_always_on", ["OTEL_BSP_SCHEDULE_DELAY"] = "100" };
        var off = new Dictionary<string, string> { ["OTEL_SDK_DISABLED"] = "true" };
        return TestPlans.Small() with
        {
            Target = new TargetDefinition(
                [new TargetProcess { Name = "target", Command = ["dotnet", "{targets}/Shop/Shop.dll", "--services", "all", "--urls", "{url}"], Environment = new Dictionary<string, string>(), Ready = new ReadinessCheck("/health", TimeSpan.FromSeconds(60)) }],
                [Order("order", "card", 200)]),
            Arms =
            [
                new PlannedArm("off", "off", "Off.", ArmRole.Baseline, off),
                new PlannedArm("off'", "off.control", "Off again.", ArmRole.Control, off),
                new PlannedArm("all", "all", "All.", ArmRole.Variant, on),
                new PlannedArm("tail", "tail", "Errors.", ArmRole.Variant, on) { Tail = ErrorsOnly },
            ],
            RatePerSecond = 100,
            MaxInFlight = 256,
            Visibility = new TraceRetentionDefinition
            {
                RatePerSecond = 60,
                BeforeSeconds = 1,
                BurstSeconds = 1,
                AfterSeconds = 0.5,
                SettleSeconds = 4,
                Requests = [new RetentionRequest(Order("declined", "declined_card", 402), 0.05, 0.6)],
                SlowerThanSeconds = 5,
                Attribute = "user_agent.original",
                Services = [],
                Alerts = new AlertDefinition(1, 0.3, 0.3, 5),
            },
        };
    }

    private static RequestDefinition Order(string name, string method, int status) => new()
    {
        Name = name,
        Method = "POST",
        Path = "/orders",
        Headers = new Dictionary<string, string> { ["Content-Type"] = "application/json" },
        Body = $$"""{"userTier":"premium","paymentMethod":"{{method}}","items":[{"sku":"SKU-0101","quantity":2}]}""",
        ExpectedStatus = status,
        Weight = 1,
    };

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "PerfLab.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException($"PerfLab.sln is in no folder above {AppContext.BaseDirectory}.");
    }

    private async Task<LaunchRecord> MeasureAsync(CancellationToken cancellationToken)
    {
        var plan = ShopPlan();
        var options = new ReceiverOptions { Tail = new Dictionary<string, TailSamplingPolicy> { ["tail"] = ErrorsOnly } };
        await using var receiver = await OtlpReceiver.StartAsync([.. plan.Arms.Select(arm => arm.Name)], options, cancellationToken);
        var sink = new ReceiverSpanSink(receiver);
        using var launcher = new TargetLauncher(Path.Combine(Root, "artifacts", "probe", "PerfLab.Probe.dll"), _folder);
        using var lab = new GeneratorThread(cores: null);
        var starter = new ArmStarter(launcher, sink, RequestDriverFactory.Create, new RunnerFolders(Root, Path.Combine(Root, "artifacts", "targets"), ProbeAssembly: null));
        var launchFolder = Directory.CreateDirectory(Path.Combine(_folder, "launch")).FullName;
        return await new LaunchSetExecutor(starter, sink, lab, TimeProvider.System, new TraceRetentionStage(sink, RequestDriverFactory.Create, TimeProvider.System))
            .ExecuteAsync(plan, number: 1, launchFolder, new SilentProgress(), cancellationToken);
    }
}
