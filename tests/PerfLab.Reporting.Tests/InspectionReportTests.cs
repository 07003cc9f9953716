using PerfLab.Analysis.Inspections;
using PerfLab.Experiments.Inspections;
using PerfLab.Experiments.Scenarios;
using PerfLab.Reporting.Inspections;

namespace PerfLab.Reporting.Tests;

/// <summary>What a user of <c>init</c> is told to change.</summary>
public sealed class InspectionReportTests
{
    private static readonly TracingTrial s_trial = new()
    {
        Requests = [new RequestTrial("home", 20, 20, null)], SpanCount = 40, TraceCount = 20, SampledSpanCount = 40, RejectedExports = [], LastSpanSeconds = 0.2,
    };

    [Theory]
    [InlineData(ServiceRuntime.DotNet, "AddOpenTelemetry().WithTracing", "OTEL_SDK_DISABLED")]
    [InlineData(ServiceRuntime.Node, "sdk.start();", "process.env.OTEL_SDK_DISABLED")]
    [InlineData(ServiceRuntime.Python, "trace.set_tracer_provider(provider)", "os.environ.get(\"OTEL_SDK_DISABLED\"")]
    [InlineData(ServiceRuntime.Java, "AutoConfiguredOpenTelemetrySdk", "OTEL_SDK_DISABLED")]
    public void An_exporter_in_code_comes_with_the_lines_that_make_it_switchable(ServiceRuntime runtime, string call, string condition)
    {
        var text = Text(Inspection(runtime) with { Off = s_trial, NeverSampled = s_trial, WithoutExporter = s_trial });

        Assert.Contains("FAILED  off        40 spans arrived with OTEL_SDK_DISABLED=true", text, StringComparison.Ordinal);
        Assert.Contains("wired in code", text, StringComparison.Ordinal);
        Assert.Contains(call, text, StringComparison.Ordinal);
        Assert.Contains(condition, text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_variable_that_the_SDK_does_not_know_is_named_with_those_that_it_follows()
    {
        var text = Text(Inspection(ServiceRuntime.Python) with { Off = s_trial, NeverSampled = s_trial with { SpanCount = 0 }, WithoutExporter = s_trial });

        Assert.Contains("does not know OTEL_SDK_DISABLED; it does follow OTEL_TRACES_SAMPLER=always_off.", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_cause_for_every_runtime_says_what_to_change()
    {
        var service = Inspection(ServiceRuntime.Other);
        foreach (var cause in Enum.GetValues<InspectionCause>().Where(cause => cause != InspectionCause.Unknown))
        {
            foreach (var runtime in Enum.GetValues<ServiceRuntime>())
            {
                var lines = InspectionReport.Compose(
                    service with { Runtime = runtime, OtherPorts = [5000], LeftOut = [new RequestTrial("remove", 1, 0, "404")], Failure = "it ended", Off = s_trial, NeverSampled = s_trial, HalfSampled = s_trial },
                    [new InspectionFinding(SubjectOf(cause), InspectionOutcome.Failed, cause)]);

                Assert.True(lines.Count > 1 && lines[1].Text.Trim().Length > 20, $"{cause} {runtime}: {string.Join('|', lines)}");
            }
        }
    }

    [Fact]
    public void What_a_service_printed_at_its_end_keeps_its_lines_and_reaches_no_terminal_as_a_command()
    {
        var lines = InspectionReport.Compose(
            new ServiceInspection { Service = Inspection(ServiceRuntime.Other).Service, Failure = "it ended with:\nfirst\n\u001b[2Jsecond" },
            [new InspectionFinding(InspectionSubject.Start, InspectionOutcome.Failed, InspectionCause.NotReady)]);

        Assert.Equal(["first", "\ufffd[2Jsecond"], lines.Skip(1).Take(2).Select(line => line.Text.Trim()));
    }

    private static InspectionSubject SubjectOf(InspectionCause cause) => cause switch
    {
        InspectionCause.NotReady or InspectionCause.FixedPort or InspectionCause.Died => InspectionSubject.Start,
        InspectionCause.WrongAnswer or InspectionCause.RequestsLeftOut => InspectionSubject.Requests,
        InspectionCause.DisabledIgnored or InspectionCause.ExporterInCode => InspectionSubject.Off,
        InspectionCause.SamplerInCode => InspectionSubject.HalfSampled,
        InspectionCause.RateTooHigh => InspectionSubject.Load,
        _ => InspectionSubject.AlwaysOn,
    };

    private static string Text(ServiceInspection inspection) =>
        string.Join('\n', InspectionReport.Compose(inspection, InspectionJudge.Judge(inspection)).Select(line => line.Text));

    private static ServiceInspection Inspection(ServiceRuntime runtime)
    {
        var process = new TargetProcess { Name = "target", Command = ["service"], Environment = new Dictionary<string, string>(), Ready = new ReadinessCheck("/", TimeSpan.FromSeconds(1)) };
        return new ServiceInspection
        {
            Service = new ServiceDescription("service", process, []) { BaseFolder = "/", Port = 5000, RatePerSecond = 100 },
            Port = new PortHandling(PortHandlingKind.Placeholder, process),
            Runtime = runtime,
            StartSeconds = 0.5,
            AlwaysOn = s_trial,
        };
    }
}
