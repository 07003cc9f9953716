using PerfLab.Analysis.Decisions;
using PerfLab.Analysis.Findings;
using PerfLab.Analysis.Runs;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Analysis.Tests.Runs;

/// <summary>The traces that an arm's sampler promises, against those that arrived.</summary>
public sealed class PromisedTracesTests
{
    // 4,000 requests in each of 6 launch sets; a trace has one span without a parent.
    [Theory]
    [InlineData("always_on", 4_000, ArmState.Healthy)]
    [InlineData("parentbased_always_on", 3_601, ArmState.Healthy)]
    [InlineData("always_on", 8_000, ArmState.Healthy)]
    [InlineData("always_on", 3_599, ArmState.Impaired)]
    [InlineData("parentbased_always_on", 400, ArmState.Impaired)]
    [InlineData("xray", 400, ArmState.Healthy)]
    public void An_arm_that_samples_all_sends_as_many_traces_as_it_had_requests(string sampler, long traces, ArmState state)
    {
        var health = LabRun.OneVariant((_, arm) => arm.Arm == "on" ? arm with { Spans = Traces(traces) } : arm, LabRun.OneVariantWith("on", "OTEL_TRACES_SAMPLER", sampler)).Arm("on").Health;

        Assert.Equal(state, health.State);
        Assert.Equal(state == ArmState.Healthy ? [] : [new ArmFault(ArmFaultKind.TracesMissing, 6 * traces, 24_000, 6)], health.Faults);
    }

    // A service that ignores what switches it off, and whose exports nobody can read: without the token, in the wrong protocol, empty.
    [Theory]
    [InlineData("OTEL_SDK_DISABLED", "true", 404, "/v1/traces", 0, true)]
    [InlineData("OTEL_SDK_DISABLED", "true", null, "", 0, true)]
    [InlineData("OTEL_TRACES_SAMPLER", "always_off", 404, "/v1/traces", 0, true)]
    [InlineData("OTEL_TRACES_SAMPLER", "always_off", 404, "/v1/metrics", 0, false)]
    [InlineData("OTEL_SDK_DISABLED", "true", 404, "/v1/metrics", 3, true)]
    public void A_baseline_that_is_told_to_be_silent_is_broken_by_exports_without_a_span_too(string variable, string value, int? status, string path, long empty, bool isBroken)
    {
        var ledger = LabRun.Ledger(null, 0) with
        {
            ExportsWithoutSpansCount = empty,
            RejectedExports = [new(ExportTransport.Http, status, ExportRejectionReason.NoToken, path, 5)],
        };

        var health = LabRun.OneVariant((_, arm) => arm.Arm == "off" ? arm with { Spans = ledger } : arm, LabRun.OneVariantWith("off", variable, value)).Arm("off").Health;

        Assert.Equal((isBroken ? ArmState.Broken : ArmState.Healthy, isBroken), (health.State, health.Faults.Any(fault => fault.Kind == ArmFaultKind.SentThoughSilent)));
    }

    // Agents are switched off by variables of their own, and the one of Java by words of the command.
    [Theory]
    [InlineData("OTEL_JAVAAGENT_ENABLED", "false", "java", ArmState.Healthy)]
    [InlineData("OTEL_DOTNET_AUTO_TRACES_ENABLED", "FALSE", "dotnet", ArmState.Healthy)]
    [InlineData("OTEL_JAVAAGENT_ENABLED", "true", "java", ArmState.Broken)]
    [InlineData("OTEL_SERVICE_NAME", "shop", "java -Dotel.sdk.disabled=true", ArmState.Healthy)]
    [InlineData("OTEL_TRACES_SAMPLER", "always_on", "java -Dotel.traces.exporter=none", ArmState.Healthy)]
    [InlineData("OTEL_SERVICE_NAME", "shop", "java -Dotel.traces.sampler=always_on", ArmState.Broken)]
    public void An_agent_that_is_switched_off_may_be_silent(string variable, string value, string command, ArmState state)
    {
        var plan = LabRun.OneVariantWith("on", variable, value);
        var process = new TargetProcess
        {
            Name = "target",
            Command = command.Split(' '),
            Environment = new Dictionary<string, string>(),
            Ready = new ReadinessCheck("/", TimeSpan.FromSeconds(1)),
        };

        var analysis = LabRun.OneVariant(
            (_, arm) => arm.Arm == "on" ? arm with { Spans = LabRun.Ledger(null, 0) } : arm,
            plan with { Target = plan.Target with { Processes = [process] } });

        Assert.Equal(state, analysis.Arm("on").Health.State);
    }

    // A request for a static file makes no span. The service's own counts say that nothing was left out, and nothing got lost.
    [Theory]
    [InlineData(0, ArmState.Healthy)]
    [InlineData(500, ArmState.Healthy)]
    [InlineData(100_000, ArmState.Impaired)]
    public void Requests_that_make_no_span_are_no_fault_of_a_service_that_counts_what_it_samples(long notSampled, ArmState state)
    {
        var ledger = LabRun.Ledger(12_000, 12_000) with { RootSpanCount = 3_000, CreatedCount = 12_000 + notSampled, NotSampledCount = notSampled };

        var health = LabRun.OneVariant((_, arm) => arm.Arm == "on" ? arm with { Spans = ledger } : arm, LabRun.OneVariantWith("on", "OTEL_TRACES_SAMPLER", "always_on")).Arm("on").Health;

        Assert.Equal(state, health.State);
    }

    // The head keeps the context at a hop where the baseline begins a second trace.
    [Fact]
    public void A_ratio_is_not_held_against_an_arm_that_differs_in_more_than_the_sampler()
    {
        var plan = LabRun.Plan(6, "on", "ratio");
        plan = plan with
        {
            Arms =
            [
                .. plan.Arms.Select(arm => arm.Name switch
                {
                    "on" => arm with { Environment = new Dictionary<string, string> { ["OTEL_TRACES_SAMPLER"] = "always_on", ["SERVICE_INSTRUMENTATION"] = "manual" } },
                    "ratio" => arm with { Environment = new Dictionary<string, string> { ["OTEL_TRACES_SAMPLER"] = "traceidratio", ["OTEL_TRACES_SAMPLER_ARG"] = "0.1" } },
                    _ => arm,
                }),
            ],
        };

        var analysis = LabRun.Analyze(
            plan,
            [.. Enumerable.Range(1, 6).Select(i => LabRun.Launch(i, LabRun.Arm("off"), LabRun.Arm("off'"), LabRun.Arm("on") with { Spans = Traces(8_000) }, LabRun.Arm("ratio") with { Spans = Traces(400) }))]);

        Assert.Equal(ArmState.Healthy, analysis.Arm("ratio").Health.State);
    }

    [Theory]
    [InlineData("traceidratio", "0.1", 400, 4_000, ArmState.Healthy)]
    [InlineData("parentbased_traceidratio", "0.1", 435, 4_000, ArmState.Healthy)]
    [InlineData("traceidratio", "0.1", 800, 8_000, ArmState.Healthy)]
    [InlineData("traceidratio", "0.1", 4_000, 4_000, ArmState.Broken)]
    [InlineData("parentbased_traceidratio", "0.5", 400, 4_000, ArmState.Broken)]
    [InlineData("traceidratio", "0.5", 2_300, 4_000, ArmState.Broken)]
    [InlineData("traceidratio", "0.001", 5, 4_000, ArmState.Healthy)]
    [InlineData("traceidratio", "not a number", 4_000, 4_000, ArmState.Healthy)]
    public void A_ratio_is_held_against_an_arm_that_samples_all(string sampler, string ratio, long traces, long ofAll, ArmState state)
    {
        var plan = LabRun.Plan(6, "on", "ratio");
        plan = plan with
        {
            Arms =
            [
                .. plan.Arms.Select(arm => arm.Name switch
                {
                    "on" => arm with { Environment = new Dictionary<string, string> { ["OTEL_TRACES_SAMPLER"] = "always_on" } },
                    "ratio" => arm with { Environment = new Dictionary<string, string> { ["OTEL_TRACES_SAMPLER"] = sampler, ["OTEL_TRACES_SAMPLER_ARG"] = ratio } },
                    _ => arm,
                }),
            ],
        };
        var analysis = LabRun.Analyze(
            plan,
            [.. Enumerable.Range(1, 6).Select(i => LabRun.Launch(i, LabRun.Arm("off"), LabRun.Arm("off'"), LabRun.Arm("on") with { Spans = Traces(ofAll) }, LabRun.Arm("ratio") with { Spans = Traces(traces) }))]);

        Assert.Equal(state, analysis.Arm("ratio").Health.State);
        Assert.Equal(state == ArmState.Healthy ? [] : [new ArmFault(ArmFaultKind.SampledShareDiffers, 6 * traces, 6 * ofAll, 6)], analysis.Arm("ratio").Health.Faults);
    }

    // 4,000 requests a launch set. Two traces and more for a request may be the service's way; five and more are another sampler.
    [Theory]
    [InlineData("0.1", 1_000, ArmState.Healthy)]
    [InlineData("0.5", 4_000, ArmState.Healthy)]
    [InlineData("0.1", 4_000, ArmState.Broken)]
    [InlineData("0.01", 4_000, ArmState.Broken)]
    [InlineData("0.0001", 2, ArmState.Healthy)]
    public void Without_an_arm_that_samples_all_a_ratio_is_held_against_more_traces_than_a_service_makes(string ratio, long traces, ArmState state)
    {
        var health = Ratio(ratio, Traces(traces));

        Assert.Equal(state, health.State);
        Assert.Equal(state == ArmState.Healthy ? [] : [new ArmFault(ArmFaultKind.SampledShareDiffers, 6 * traces, 24_000, 6)], health.Faults);
    }

    // By the service's own count it samples every span.
    [Theory]
    [InlineData(0, ArmState.Broken)]
    [InlineData(16_000, ArmState.Healthy)]
    public void A_service_that_counts_what_it_samples_shows_another_sampler_by_itself(long notSampled, ArmState state) =>
        Assert.Equal(state, Ratio("0.5", LabRun.Ledger(16_000, 16_000) with { RootSpanCount = 4_000, CreatedCount = 16_000 + notSampled, NotSampledCount = notSampled }).State);

    [Fact]
    public void In_runs_that_did_not_count_traces_no_sampler_is_judged() =>
        Assert.Equal(ArmState.Healthy, LabRun.OneVariant((_, arm) => arm, LabRun.OneVariantWith("on", "OTEL_TRACES_SAMPLER", "always_on")).Arm("on").Health.State);

    private static ArmHealth Ratio(string ratio, SpanLedger ledger)
    {
        var plan = LabRun.OneVariantWith("on", "OTEL_TRACES_SAMPLER", "traceidratio");
        plan = plan with { Arms = [.. plan.Arms.Select(arm => arm.Name == "on" ? arm with { Environment = new Dictionary<string, string>(arm.Environment) { ["OTEL_TRACES_SAMPLER_ARG"] = ratio } } : arm)] };
        return LabRun.OneVariant((_, arm) => arm.Arm == "on" ? arm with { Spans = ledger } : arm, plan).Arm("on").Health;
    }

    // Every span that the service makes has the caller's for a parent; 4 traces are health checks.
    [Theory]
    [InlineData("always_on", "traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")]
    [InlineData("parentbased_always_on", "TraceParent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00")]
    [InlineData("always_on", "b3", "0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-1")]
    public void Requests_that_bring_a_trace_along_are_not_counted_as_traces_begun_by_the_service(string sampler, string header, string value)
    {
        var plan = Bringing(LabRun.OneVariantWith("on", "OTEL_TRACES_SAMPLER", sampler), (header, value, 1));

        Assert.Equal((ArmState.Healthy, 0), StateAfter(plan, received: 12_000, traces: 4));
    }

    [Theory]
    [InlineData("parentbased_always_off", "01", 12_000, ArmState.Healthy)]
    [InlineData("parentbased_always_off", "03", 12_000, ArmState.Healthy)]
    [InlineData("parentbased_always_off", "00", 12_000, ArmState.Broken)]
    [InlineData("parentbased_always_off", "02", 12_000, ArmState.Broken)]
    [InlineData("always_off", "01", 12_000, ArmState.Broken)]
    [InlineData("parentbased_always_on", "00", 0, ArmState.Healthy)]
    [InlineData("", "00", 0, ArmState.Healthy)]
    [InlineData("parentbased_always_on", "01", 0, ArmState.Broken)]
    [InlineData("always_on", "00", 0, ArmState.Broken)]
    public void A_parent_based_sampler_follows_the_flag_of_the_caller_and_another_does_not(string sampler, string flags, long received, ArmState state)
    {
        var plan = Bringing(LabRun.OneVariantWith("on", "OTEL_TRACES_SAMPLER", sampler), ("traceparent", $"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-{flags}", 1));

        Assert.Equal(state, StateAfter(plan, received, traces: 0).State);
    }

    // One request in ten brings a trace along that its caller did not sample: nine tenths are begun here.
    [Fact]
    public void Requests_without_a_caller_are_still_expected_to_be_traced()
    {
        var plan = Bringing(
            LabRun.OneVariantWith("on", "OTEL_TRACES_SAMPLER", "parentbased_always_on"), ("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00", 1), ("accept", "*/*", 9));

        Assert.Equal(ArmState.Broken, StateAfter(plan, received: 0, traces: 0).State);
    }

    [Theory]
    [InlineData("Always_Off", null)]
    [InlineData(" always_off ", null)]
    [InlineData("TraceIdRatio", "0")]
    public void A_sampler_in_other_letters_is_the_same_sampler(string sampler, string? ratio)
    {
        var plan = LabRun.OneVariantWith("on", "OTEL_TRACES_SAMPLER", sampler);
        plan = ratio is null ? plan : plan with { Arms = [.. plan.Arms.Select(arm => arm.Name == "on" ? arm with { Environment = new Dictionary<string, string>(arm.Environment) { ["OTEL_TRACES_SAMPLER_ARG"] = ratio } } : arm)] };

        Assert.Equal(ArmState.Healthy, StateAfter(plan, received: 0, traces: 0).State);
        Assert.Equal(ArmState.Broken, StateAfter(plan, received: 12_000, traces: 4_000).State);
    }

    [Fact]
    public void A_ratio_sampler_without_an_argument_promises_every_trace()
    {
        var health = StateAfter(LabRun.OneVariantWith("on", "OTEL_TRACES_SAMPLER", "traceidratio"), received: 1_600, traces: 400);

        Assert.Equal((ArmState.Impaired, 1), health);
    }

    // 24,000 requests; metrics in the wrong protocol end as connections of which nothing tells the signal.
    [Theory]
    [InlineData("", 4_000, ArmState.Healthy)]
    [InlineData("", 3_000, ArmState.Impaired)]
    [InlineData("/v1/other", 4_000, ArmState.Impaired)]
    public void A_rejected_connection_of_unknown_signal_is_cleared_by_traces_that_all_arrive(string path, long traces, ArmState state)
    {
        var ledger = Traces(traces) with { RejectedExports = [new RejectedExport(ExportTransport.Http, null, ExportRejectionReason.WrongProtocol, path, 3)], ExportRequestCount = 20 };

        var health = LabRun.OneVariant((_, arm) => arm.Arm == "on" ? arm with { Spans = ledger } : arm, LabRun.OneVariantWith("on", "OTEL_SERVICE_NAME", "shop")).Arm("on").Health;

        Assert.Equal(state, health.State);
    }

    [Fact]
    public void Without_a_count_of_the_service_the_traces_of_the_collector_tell_how_many_are_kept()
    {
        var analysis = LabRun.OneVariant((_, arm) => arm.Arm == "on" ? arm with { Spans = Traces(1_000) } : arm);
        var caller = LabRun.OneVariant(
            (_, arm) => arm.Arm == "on" ? arm with { Spans = Traces(4) } : arm, Bringing(LabRun.Plan(6, "on"), ("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", 1)));

        Assert.Equal(0.25, Recommender.TracesKept(analysis.Arm("on"), visibility: null)?.Estimate);
        Assert.Null(Recommender.TracesKept(caller.Arm("on"), visibility: null));
    }

    private static (ArmState State, int Faults) StateAfter(Plan plan, long received, long traces)
    {
        var health = LabRun.OneVariant((_, arm) => arm.Arm == "on" ? arm with { Spans = LabRun.Ledger(null, received) with { RootSpanCount = traces } } : arm, plan).Arm("on").Health;
        return (health.State, health.Faults.Count);
    }

    private static Plan Bringing(Plan plan, params (string Header, string Value, double Weight)[] requests) => plan with
    {
        Target = plan.Target with
        {
            Requests =
            [
                .. requests.Select((request, i) => new RequestDefinition
                {
                    Name = $"r{i}",
                    Method = "GET",
                    Path = "/",
                    Headers = new Dictionary<string, string> { [request.Header] = request.Value },
                    Body = null,
                    ExpectedStatus = 200,
                    Weight = request.Weight,
                }),
            ],
        },
    };

    private static SpanLedger Traces(long traces) => LabRun.Ledger(null, 4 * traces) with { RootSpanCount = traces };
}
