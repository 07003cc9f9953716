using PerfLab.Analysis;
using PerfLab.Analysis.Findings;
using PerfLab.Analysis.Tests;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Reporting.Wording.Findings;

namespace PerfLab.Reporting.Tests;

public class FindingWordingTests
{
    private static readonly LateStarts s_late = new(12, 1_200, 0.0035, 0.001);
    private static readonly Interval s_change = new(0.08, 0.075, 0.085, 0.95);
    private static readonly Finding s_stolen = new(FindingSeverity.Warning, "noisy-neighbour", "machine") { Details = new CpuStolen(0.021) };
    private static readonly PlanSizing s_sizing = new(null, 12, [new SizingGoal(MetricId.Cpu, 0.005, 0.02, 150, 0.019)]) { PilotLaunchSets = 6 };

    private static readonly (FindingDetails Details, string Facts)[] s_sentences =
    [
        (new StartsMissed(989, 1_000, 11), "989 of 1,000 scheduled requests were started; 11 were dropped because too many were in flight."),
        (s_late, "12 of 1,200 requests were started at least 3.5 ms late; 1 ms are allowed."),
        (new GeneratorBusy(0.812, 0.8, 1), "Load generator and collector used 81.2 % of their 1 core; 80 % are allowed."),
        (new CpuStolen(0.06), "The hypervisor took 6 % of one core's time."),
        (new ResourceScarce(new ScarceResource(ScarceResourceKind.Processors, 2, 1)), "The run may use 1 of the 2 processors that it wants: targets and load generator share it and disturb each other."),
        (new ResourceScarce(new ScarceResource(ScarceResourceKind.CpuQuota, 4, 1.5)), "The quota of the control group allows the CPU time of 1.5 processors where 4 may be used: who uses it up is stopped for the rest of a period, in the midst of requests."),
        (new ResourceScarce(new ScarceResource(ScarceResourceKind.Memory, 2_400_000_000, 512_000_000)), "512 MB of memory could be had before the start, and all arms at once may want 2,400 MB: swapping would show in every response time."),
        (new CpuThrottled(0.12, IsTargets: false), "The CPU quota of the control group in which PerfLab and the targets run stopped processes for 12 % of one core's time: response times hold waiting that is neither the service's nor tracing's."),
        (new CpuThrottled(0.12, IsTargets: true), "The CPU quota of the control group of the targets stopped processes for 12 % of one core's time: response times hold waiting that is neither the service's nor tracing's."),
        (Late(new MachineStrain(0.031, 0.4, 0.2, null)), LateFacts("most likely because of neighbors: the hypervisor took 3.1 % of one core's time, and processes waited for a processor 40 % of the time")),
        (Late(new MachineStrain(0, 0.4, 0.2, null)), LateFacts("most likely because of a CPU quota: it stopped PerfLab for 20 % of one core's time")),
        (Late(new MachineStrain(0, 0.4, 0, 0.3)), LateFacts("most likely because of a CPU quota: it stopped the targets for 30 % of one core's time")),
        (Late(new MachineStrain(0, 0.4, 0, 0)), LateFacts("and neither neighbors nor a CPU quota explain it: processes waited for a processor 40 % of the time")),
        (Late(new MachineStrain(0, 0.4, 0.02, 0.3)), LateFacts("most likely because of a CPU quota: it stopped PerfLab for 2 % of one core's time")),
        (Late(new MachineStrain(null, null, null, null)), LateFacts("and this system does not say how long processes waited for a processor, so neighbors cannot be ruled out")),
        (
            new RoundsVoided(3, 47, 50, [new RoundVoidCause(1, new VoidedRound(4, "starts-late") { Cause = s_late }), new RoundVoidCause(2, new VoidedRound(7, "noisy-neighbour", "the hypervisor took 6 % of a processor's time"))]),
            "3 rounds were voided for all arms and measured again; 47 of 50 count (starts-late 1 time, for example: 12 of 1,200 requests were started at least 3.5 ms late; 1 ms are allowed; noisy-neighbour 2 times, for example: the hypervisor took 6 % of a processor's time)."),
        (new RoundsDisturbed(46, 80), "The hypervisor took 5 to 20 % of one core's time in 46 of 80 rounds. Such a round counts for CPU and allocation; response times come from the other 34."),
        (new RequestsFailed(20, 1_000, new Dictionary<string, long> { ["timeout"] = 8, ["reset"] = 12 }), "20 of 1,000 requests failed (reset 12, timeout 8)."),
        (new NotSettled(1.15, Compiling: false), "After 1.15 s of warm-up its CPU per request still changed by more than 10 %."),
        (new NotSettled(2, Compiling: true), "After 2 s of warm-up its code was still being compiled."),
        (new NotSettled(6), "After 6 s of warm-up its code was still being compiled, or its CPU per request still changed by more than 10 %."),
        (new StillCompiling(0.305), "While it was measured, the runtime's background compiler used 30.5 % of its CPU time, which is not counted in CPU per request."),
        (new CpuInTicks(0.01, 25, 0.6), "60 % of its CPU time is that of processes that ended between two readings, which the kernel adds to the service in clock ticks of 10 ms. The figure is worth 25 of them, so it is uncertain by 4 %."),
        (new CpuInTicks(0.01, 30), "Its CPU time could only be read in clock ticks of 10 ms. The figure is made of 30 of them, so it is uncertain by 3 %."),
        (new UncleanStop("target", null, 10), "Process target did not stop within 10 s and was killed."),
        (new UncleanStop("target", 139, 10), "Process target exited with code 139 when asked to stop."),
        (new ManyLogLines(3.04, 1_234), "It prints 3 lines (1,234 bytes) for each request. Printing them is part of its cost and not of tracing."),
        (new UnequalLogLines(1.26, 1), "It prints 1.3 lines for each request, the quietest arm 1: the difference in cost is not that of tracing alone."),
        (new GeneratorRateMissed(270.04, 300), "The load tool sent 270 requests/s and was told to send 300."),
        (new GeneratorFailed("hey", "ended", 3, 0.04, "no route"), "The load tool hey ended with exit code 3 after 0 s, its last words: no route."),
        (new GeneratorFailed("k6", "hung", null, 47.2, string.Empty), "The load tool k6 did not end in time after 47.2 s and printed nothing."),
        (new GeneratorFailed("wrk", "not-started", null, 0.1, "no such file"), "The load tool wrk could not be started after 0.1 s, its last words: no such file."),
        (new GeneratorFailed("oha", "no-output", 0, 2.1, string.Empty), "The load tool oha reported no request after 2.1 s and printed nothing."),
        (new GeneratorFailed("oha", "not-understood", 0, 2.1, "there is no column"), "The load tool oha wrote something that is not its usual output after 2.1 s, its last words: there is no column."),
        (new TargetFailed("arm on: port 80 is taken."), "arm on: port 80 is taken."),
        (new SpansLost(1_000, [new SpanLoss(SpanLossLocation.Queue, 90), new SpanLoss(SpanLossLocation.Unknown, 10)]), "1,000 spans were sampled, 100 never arrived: 90 were dropped because the SDK's queue was full; 10 were lost at an unknown place."),
        (new SpansSurplus(1_000, 2), "1,000 spans were sampled, 2 more arrived."),
        (new SpansDuplicated(1), "1 span arrived more than once."),
        (new SpansLate(2_000), "2,000 spans arrived after the ledger of this arm was closed; no figure counts them."),
        (new TailWithoutRoom(3, 1), "Tail sampling ran out of room: 3 traces were decided early, and 1 of them dropped."),
        (new SpansForwarded(1_000, 1, 2, 3), "The collector forwarded spans, on the load generator's cores. Since the run began the other end took 1,000 spans and rejected 2; 1 were lost because the queue was full, and 3 are still queued."),
        (
            new SpansForwarded(1_000, 0, 2_000, 0) { Refusals = [new RefusedSpans("http://other:4318/v1/traces", "503 Service Unavailable", 2_000)] },
            "The collector forwarded spans, on the load generator's cores. Since the run began the other end took 1,000 spans and rejected 2,000; 0 were lost because the queue was full, and 0 are still queued. http://other:4318/v1/traces: 2,000 refused with 503 Service Unavailable."),
        (new RunEndedEarly(6, 8, "the budget of 600 s was spent."), "The run ended after 6 of 8 launch sets: the budget of 600 s was spent."),
        (new RunEndedEarly(6, 8, null), "The run stopped before it could record a reason, after 6 of 8 launch sets."),
        (new TooFewLaunchSets(5, 6, 8, 5.0 / 64), "With 5 variants, 6 launch sets may be too few to call any of them slower or faster: after Holm's adjustment the most extreme result has p = 0.078."),
        (new PrecisionNotReached(s_sizing, 12), "Precision of 0.50 % for CPU per request CANNOT BE REACHED: its spread is 2.0 % (the first 6 launch sets), which takes 150 launch sets, and the budget allows 12. The 12 that are planned detect 1.9 % or more."),
        (new PrecisionMissed(MetricId.Cpu, 0.02, 0.01, s_sizing), "CPU per request: by its own spread this run detects 2.0 % or more, and 1.0 % was wanted. The first 6 launch sets promised better."),
        (new MetricMissing(MetricId.Cpu, new MissingMeasurement(MissingReason.NoReading, 6, 2), ["on", "off'"]), "CPU per request of on, off' has no verdict: no reading of CPU time (2 of 6 launch sets)."),
        (new MetricNotAvailable(MetricId.Allocation, new MissingMeasurement(MissingReason.NoReading, 6, 6)), "Allocated per request is not available for this runtime: no probe answers in the process that serves."),
        (new ArmFaulty(ArmState.Broken, new ArmFault(ArmFaultKind.NothingExported, 0, 24_000, 6)), "It is broken: it exported nothing in 6 launch sets."),
        (new CheaperThanNoTracing(MetricId.Cpu, new Interval(-0.59, -0.60, -0.58, 0.95), LessTracing.ExportsNothing), "It exports spans and costs less than a baseline that exports none: CPU per request is -59.0 % (-60.0 to -58.0). Tracing less cannot cost more, so something else differs."),
        (new CheaperThanNoTracing(MetricId.P50, new Interval(-0.59, -0.60, -0.58, 0.95), LessTracing.ExportsLess), "It exports more spans than a baseline that differs in nothing but the sampler, and costs less: median response time is -59.0 % (-60.0 to -58.0). Tracing less cannot cost more, so something else differs."),
        (new CheaperThanNoTracing(MetricId.Cpu, new Interval(-0.59, -0.60, -0.58, 0.95), LessTracing.HasNoSdk), "It has an SDK and costs less than a baseline that has none: CPU per request is -59.0 % (-60.0 to -58.0). Tracing less cannot cost more, so something else differs."),
        (new PlatformLimits(["No steal time.", "No placement."]), "No steal time. No placement."),
        (new LaunchSetFinding(2, 2, 6, 4, s_stolen), "2 times, in 2 of 6 launch sets; for example launch 4, machine: The hypervisor took 2.1 % of one core's time."),
        (new LaunchSetFinding(1, 1, 6, 4, s_stolen with { Subject = "launch 4" }), "Once; launch 4: The hypervisor took 2.1 % of one core's time."),
        (new LaunchVoided([new Finding(FindingSeverity.Invalid, "rate-missed", "off", "Achieved 900 of 1,000 requests/s.", "Lower the rate."), s_stolen]), "rate-missed (off): Achieved 900 of 1,000 requests/s. noisy-neighbour (machine): The hypervisor took 2.1 % of one core's time."),
        (new LaunchVoided([]), "It was voided, and no reason was recorded."),
        (new Outliers(MetricId.Cpu, [new Outlier("on", 6, 1.2)]), "CPU per request lies outside Tukey's fences: on +120 % in launch 6."),
        (new ExportsRejected([new RejectedExport(ExportTransport.Grpc, 12, ExportRejectionReason.UnknownPath, "", 1)]), "1 export reached the collector and was rejected: 1 to the gRPC port (gRPC status 12, unknown path)."),
        (new ExportsWithoutSpans(1, 60), "1 of 60 accepted exports held no spans."),
        (new OtherSignalsExported(12, IsDisabled: true), "12 exports of metrics or logs came from it although its SDK is disabled: its figures contain the cost of an SDK."),
        (new OtherSignalsExported(1, IsDisabled: false), "1 export of metrics or logs came from it, and none from the baseline: its cost is not that of tracing alone."),
        (new PersonalDataFound(2_000, [new PersonalDataLocation("shop", "GET /", "attribute", "user.mail", "email", 12)]), "In 2,000 exported spans: email 12 times; in user.mail."),
        (new OrderEffect(s_change), "The last arm of a round costs +8.0 % (7.5 to 8.5) CPU per request against the first, whichever arm it is."),
        (new DriftOverRounds(s_change), "From the first round to the last, CPU per request of all arms together changes by +8.0 % (7.5 to 8.5)."),
        (new FewCollections([new CollectionCounts("off", 2, 9), new CollectionCounts("on", 3, 3)]), "The measured window of a launch set holds few garbage collections: off 2 to 9; on 3. One more or less by chance changes GC pause per request by 50.0 %."),
        (new TargetsSaturated([new Utilization("on", 1.03), new Utilization("off", 0.95)]), "The load kept the targets' processors busy nearly all the time (on 103 %, off 95 %): response times are mostly queueing, and a cost in CPU looks smaller than it is with headroom."),
        (new TargetsSaturated([new Utilization("on", 1.09)]) { AllowedBusyShare = 0.95 }, "The load kept the targets' processors busy nearly all the time (on 109 %), more than the 95 % of load.busy_share: response times are mostly queueing, and a cost in CPU looks smaller than it is with headroom."),
    ];

    [Fact]
    public void Every_finding_has_its_sentence_and_something_to_do()
    {
        Assert.Equal(s_sentences.Select(entry => entry.Facts), s_sentences.Select(entry => Of(entry.Details).Facts));
        Assert.All(s_sentences, entry => Assert.NotEmpty(Of(entry.Details).Advice));
    }

    [Fact]
    public void No_kind_of_finding_is_without_a_sentence()
    {
        var kinds = new[] { typeof(FindingDetails), typeof(OrderEffect) }
            .SelectMany(type => type.Assembly.GetTypes())
            .Where(type => type.IsSubclassOf(typeof(FindingDetails)) && !type.IsAbstract)
            .Select(type => type.Name);

        Assert.Equal(kinds.Order(StringComparer.Ordinal), s_sentences.Select(entry => entry.Details.GetType().Name).Append(nameof(MultimodalRounds)).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Modes_are_named_in_one_unit() =>
        Assert.Matches("^CPU per request of its rounds has several modes in 8 of 8 launch sets, for example about 402 .s and 601 .s\\.$", Of(new MultimodalRounds(8, 8, [0.000402, 0.000601])).Facts);

    [Fact]
    public void A_drift_down_is_warming_up_and_one_up_is_growth()
    {
        Assert.Contains("still warming up", Of(new DriftOverRounds(new Interval(-0.1, -0.12, -0.08, 0.95))).Advice, StringComparison.Ordinal);
        Assert.Contains("Something grows", Of(new DriftOverRounds(s_change)).Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void A_baseline_that_exports_though_told_to_be_silent_is_told_what_it_ignores() =>
        Assert.Contains("OTEL_SDK_DISABLED", Of(new ArmFaulty(ArmState.Broken, new ArmFault(ArmFaultKind.ExportedThoughSilent, 60, 100, 6))).Advice, StringComparison.Ordinal);

    [Fact]
    public void What_an_earlier_version_wrote_in_words_stays_as_it_is()
    {
        var launches = Enumerable.Range(1, 6)
            .Select(i => LabRun.Launch(i, LabRun.Arm("off"), LabRun.Arm("off'"), LabRun.Arm("on")))
            .Append(LabRun.Launch(9, LabRun.Arm("off"), LabRun.Arm("off'"), LabRun.Arm("on")) with { Findings = [LabRun.Invalidity("Achieved 900 of 1,000 requests/s.")] });

        var finding = Assert.Single(LabRun.Analyze(LabRun.Plan(7, "on"), [.. launches]).Findings, finding => finding.Code == "launch-voided");

        Assert.Equal(new FindingText("rate-missed (off): Achieved 900 of 1,000 requests/s.", "Lower the rate."), FindingWording.Of(finding));
    }

    [Fact]
    public void What_a_launch_set_stores_is_read_again_as_it_was_written()
    {
        FindingDetails[] stored = [.. s_sentences.Select(entry => entry.Details).Where(details => details.GetType().Assembly == typeof(FindingDetails).Assembly)];
        Finding[] findings = [.. stored.Select(details => new Finding(FindingSeverity.Note, "code", "on") { Details = details })];
        var launch = LabRun.Launch(1, LabRun.Arm("off")) with { Findings = findings, VoidedRounds = [new VoidedRound(4, "starts-late") { Cause = s_late }] };

        var text = ResultsJson.Serialize(launch);

        Assert.Equal(text, ResultsJson.Serialize(ResultsJson.Deserialize<LaunchRecord>(text)));
        Assert.Equal(findings.Select(FindingWording.Of), ResultsJson.Deserialize<LaunchRecord>(text).Findings.Select(FindingWording.Of));
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    public void The_culture_of_the_machine_changes_no_sentence(string culture) =>
        LabRun.InCulture(culture, Every_finding_has_its_sentence_and_something_to_do);

    private static FindingText Of(FindingDetails details) => FindingWording.Of(new Finding(FindingSeverity.Note, "code", "on") { Details = details });

    private static RoundsVoided Late(MachineStrain strain) =>
        new(1, 49, 50, [new RoundVoidCause(1, new VoidedRound(4, "starts-late") { Cause = s_late, Strain = strain })]);

    private static string LateFacts(string because) =>
        $"1 round was voided for all arms and measured again; 49 of 50 count (starts-late 1 time, for example: 12 of 1,200 requests were started at least 3.5 ms late; 1 ms are allowed, {because}).";
}
