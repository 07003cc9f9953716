using PerfLab.Analysis.Inspections;
using PerfLab.Experiments.Inspections;
using PerfLab.Experiments.Results;

namespace PerfLab.Analysis.Tests.Inspections;

/// <summary>What is said to be wrong with a service.</summary>
public sealed class InspectionJudgeTests
{
    [Fact]
    public void A_service_that_follows_the_variables_is_good_in_everything() =>
        Assert.All(InspectionJudge.Judge(InspectedService.Good), finding => Assert.Equal((InspectionOutcome.Good, null), (finding.Outcome, finding.Cause)));

    [Fact]
    public void Everything_is_looked_at_in_order() =>
        Assert.Equal(
            [InspectionSubject.Start, InspectionSubject.Requests, InspectionSubject.AlwaysOn, InspectionSubject.Off, InspectionSubject.HalfSampled, InspectionSubject.Load],
            InspectionJudge.Judge(InspectedService.Good).Select(finding => finding.Subject));

    [Fact]
    public void A_port_of_its_own_is_told_apart_from_a_service_that_does_not_start()
    {
        var none = new ServiceInspection { Service = InspectedService.Description, Failure = "not ready" };

        Assert.Equal(InspectionCause.NotReady, LastCause(none));
        Assert.Equal(InspectionCause.FixedPort, LastCause(none with { OtherPorts = [5000] }));
        Assert.Equal(InspectionCause.Died, LastCause(none with { StartSeconds = 0.1 }));
    }

    [Theory]
    [InlineData(null, InspectionCause.NothingArrived)]
    [InlineData(0L, InspectionCause.NothingSampled)]
    [InlineData(20L, InspectionCause.ExportedElsewhere)]
    public void Without_a_span_the_counts_of_the_probe_say_why(long? sampled, InspectionCause cause) =>
        Assert.Equal(cause, LastCause(Until(InspectedService.Good with { AlwaysOn = InspectedService.Trial(20, traces: 0, sampled) })));

    [Fact]
    public void Spans_of_the_start_up_alone_are_none_of_a_request() =>
        Assert.Equal(InspectionCause.NothingSampled, LastCause(Until(InspectedService.Good with { AlwaysOn = InspectedService.Trial(20, traces: 0, sampled: 300) with { SpanCount = 300, StartUpSpanCount = 300 } })));

    [Fact]
    public void An_export_that_was_rejected_is_the_cause_whatever_the_probe_says()
    {
        var trial = InspectedService.Trial(20, traces: 0, sampled: 20) with
        {
            RejectedExports = [new RejectedExport(ExportTransport.Http, 404, ExportRejectionReason.UnknownPath, "/v1/v1/traces", 3)],
        };

        Assert.Equal(InspectionCause.ExportsRejected, LastCause(Until(InspectedService.Good with { AlwaysOn = trial })));
        Assert.Equal(
            InspectionCause.ExportedElsewhere,
            LastCause(Until(InspectedService.Good with { AlwaysOn = trial with { RejectedExports = [trial.RejectedExports[0] with { Path = "/v1/metrics" }] } })));
    }

    [Theory]
    [InlineData(0, 20, InspectionCause.DisabledIgnored)]
    [InlineData(20, 0, InspectionCause.DisabledIgnored)]
    [InlineData(20, 20, InspectionCause.ExporterInCode)]
    public void A_disabled_SDK_that_exports_is_asked_what_else_it_follows(int neverSampled, int withoutExporter, InspectionCause cause)
    {
        var inspection = InspectedService.Good with
        {
            Off = InspectedService.Trial(20, traces: 20),
            NeverSampled = InspectedService.Trial(20, neverSampled),
            WithoutExporter = InspectedService.Trial(20, withoutExporter),
            HalfSampled = null,
            Capacity = null,
        };

        Assert.Equal((InspectionSubject.Off, InspectionOutcome.Failed, cause), Last(inspection));
    }

    // Clopper-Pearson at 99.9 % for 200 trials, by bisection of the binomial tails in another language: of 78 it is 0.280 to 0.508,
    // of 76 is 0.271 to 0.498.
    [Theory]
    [InlineData(100, true)]
    [InlineData(78, true)]
    [InlineData(76, false)]
    [InlineData(0, false)]
    [InlineData(200, false)]
    public void A_sampler_is_good_where_a_half_is_possible(int traces, bool isHalf)
    {
        var inspection = InspectedService.Good with { HalfSampled = InspectedService.Trial(200, traces) };

        var finding = InspectionJudge.Judge(inspection).Single(one => one.Subject == InspectionSubject.HalfSampled);

        Assert.Equal(isHalf ? InspectionOutcome.Good : InspectionOutcome.Limited, finding.Outcome);
        Assert.Equal(isHalf, SampledShare.Of(inspection)!.IsHalf);
    }

    [Fact]
    public void A_service_that_makes_no_trace_for_some_requests_is_compared_with_itself()
    {
        var inspection = InspectedService.Good with { AlwaysOn = InspectedService.Trial(20, traces: 10), HalfSampled = InspectedService.Trial(200, traces: 50) };

        Assert.Equal(100, SampledShare.Of(inspection)!.ExpectedCount);
        Assert.Equal(InspectionCause.FewTraces, InspectionJudge.Judge(inspection).Single(one => one.Subject == InspectionSubject.AlwaysOn).Cause);
        Assert.True(SampledShare.Of(inspection)!.IsHalf);
    }

    [Fact]
    public void A_request_with_another_answer_fails_and_nothing_after_it_is_judged()
    {
        var wrong = InspectedService.Trial(0, traces: 1) with { Requests = [new RequestTrial("home", 1, 0, "The first status was 404.")] };

        Assert.Equal((InspectionSubject.Requests, InspectionOutcome.Failed, InspectionCause.WrongAnswer), Last(InspectedService.Good with { AlwaysOn = wrong }));
    }

    [Fact]
    public void Requests_of_a_document_that_were_left_out_limit_and_do_not_fail() =>
        Assert.Equal(
            [(InspectionSubject.Requests, InspectionCause.RequestsLeftOut)],
            InspectionJudge.Judge(InspectedService.Good with { LeftOut = [new RequestTrial("remove", 1, 0, "The first status was 404.")] })
                .Where(finding => finding.Outcome == InspectionOutcome.Limited).Select(finding => (finding.Subject, finding.Cause!.Value)));

    [Fact]
    public void A_service_that_dies_under_load_and_a_rate_that_is_too_high_are_told()
    {
        Assert.Equal((InspectionSubject.Load, InspectionOutcome.Failed, InspectionCause.Died), Last(InspectedService.Good with { Capacity = null, Failure = "ended with exit code 1" }));
        Assert.Equal(
            (InspectionSubject.Load, InspectionOutcome.Limited, InspectionCause.RateTooHigh),
            Last(InspectedService.Good with { Service = InspectedService.Description with { RatePerSecond = 1001 } }));
    }

    private static ServiceInspection Until(ServiceInspection inspection) => inspection with { Off = null, HalfSampled = null, Capacity = null };

    private static InspectionCause? LastCause(ServiceInspection inspection) => InspectionJudge.Judge(inspection)[^1].Cause;

    private static (InspectionSubject Subject, InspectionOutcome Outcome, InspectionCause? Cause) Last(ServiceInspection inspection)
    {
        var finding = InspectionJudge.Judge(inspection)[^1];
        return (finding.Subject, finding.Outcome, finding.Cause);
    }
}
