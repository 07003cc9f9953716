using System.Globalization;
using PerfLab.Analysis.Inspections;
using PerfLab.Experiments.Inspections;
using PerfLab.Experiments.Results;
using PerfLab.Reporting.Terminal;
using PerfLab.Reporting.Wording;

namespace PerfLab.Reporting.Inspections;

/// <summary>Says what an inspection found, and what a user has to change.</summary>
public static class InspectionReport
{
    /// <summary>Composes a line for each finding, and below those that ask for it, what to change.</summary>
    /// <param name="inspection">The inspection.</param>
    /// <param name="findings">Its judgement.</param>
    public static IReadOnlyList<TerminalText> Compose(ServiceInspection inspection, IReadOnlyList<InspectionFinding> findings)
    {
        ArgumentNullException.ThrowIfNull(findings);
        return [.. findings.SelectMany(finding => Lines(inspection, finding))];
    }

    /// <summary>Gets what is shown while it goes on.</summary>
    /// <param name="step">The step.</param>
    public static string StepText(InspectionStep step) => step switch
    {
        InspectionStep.Start => "Starting the service...",
        InspectionStep.AlwaysOn => "Sending requests with every trace sampled...",
        InspectionStep.Off => "Sending requests with the SDK disabled...",
        InspectionStep.Cause => "Finding out what makes it export...",
        InspectionStep.HalfSampled => "Sending requests with half of the traces sampled...",
        InspectionStep.Capacity => "Measuring its capacity...",
        _ => throw new ArgumentOutOfRangeException(nameof(step), step, "There is no such step."),
    };

    private static IEnumerable<TerminalText> Lines(ServiceInspection inspection, InspectionFinding finding)
    {
        var (word, style) = finding.Outcome switch
        {
            InspectionOutcome.Good => ("ok", TerminalStyle.Good),
            InspectionOutcome.Limited => ("limited", TerminalStyle.Doubtful),
            _ => ("FAILED", TerminalStyle.Bad),
        };
        var sentence = Sentence(inspection, finding).ReplaceLineEndings("\n").Split('\n');
        yield return new TerminalText($"{word,-8}{TitleOf(finding.Subject),-11}{DisplayText.Clean(sentence[0])}", style);
        foreach (var line in sentence[1..])
        {
            yield return new TerminalText($"{string.Empty,-19}{DisplayText.Clean(line)}", TerminalStyle.Muted);
        }

        if (finding.Cause is { } cause)
        {
            foreach (var line in Advice(inspection, cause))
            {
                yield return new TerminalText($"{string.Empty,-19}{DisplayText.Clean(line)}");
            }
        }
    }

    private static string TitleOf(InspectionSubject subject) => subject switch
    {
        InspectionSubject.Start => "start",
        InspectionSubject.Requests => "requests",
        InspectionSubject.AlwaysOn => "always-on",
        InspectionSubject.Off => "off",
        InspectionSubject.HalfSampled => "sampler",
        _ => "load",
    };

    private static string Sentence(ServiceInspection inspection, InspectionFinding finding) => finding.Subject switch
    {
        InspectionSubject.Start => Start(inspection, finding.Cause),
        InspectionSubject.Requests => string.Join("; ", inspection.AlwaysOn!.Requests.Select(Request)),
        InspectionSubject.AlwaysOn => AlwaysOn(inspection.AlwaysOn!, finding.Cause),
        InspectionSubject.Off => Off(inspection.Off!),
        InspectionSubject.HalfSampled => HalfSampled(SampledShare.Of(inspection)!),
        _ => Load(inspection),
    };

    private static string Start(ServiceInspection inspection, InspectionCause? cause) => cause switch
    {
        InspectionCause.FixedPort => $"it listens at port {string.Join(", ", inspection.OtherPorts)}, and not at the one that it is told",
        not null => inspection.Failure ?? "it did not start",
        null => Text($"ready after {inspection.StartSeconds:0.0} s, {NameOf(inspection.Runtime)}, port by {PortWords(inspection.Port!)}; allocated bytes {(inspection.CountsAllocation ? "are measured" : "are not available for this runtime")}"),
    };

    private static string PortWords(PortHandling port) => port.Kind switch
    {
        PortHandlingKind.Variable => string.Join(", ", port.Variables),
        PortHandlingKind.Argument => "--urls",
        PortHandlingKind.WrittenOut => "{port} in place of the address's port",
        _ => "its placeholder",
    };

    private static string NameOf(ServiceRuntime runtime) => runtime switch
    {
        ServiceRuntime.DotNet => ".NET",
        ServiceRuntime.Node => "Node.js",
        ServiceRuntime.Java => "Java",
        ServiceRuntime.Python => "Python",
        _ => "no runtime that PerfLab knows",
    };

    private static string Request(RequestTrial request) => request.Error is null
        ? $"{request.Name}: {request.AnsweredCount} of {request.SentCount} answered"
        : $"{request.Name}: {request.AnsweredCount} of {request.SentCount} answered as expected ({request.Error.TrimEnd('.')})";

    private static string AlwaysOn(TracingTrial trial, InspectionCause? cause) => cause switch
    {
        InspectionCause.NothingSampled => trial.StartUpSpanCount > 0 ? $"no span of a request arrived, only {trial.StartUpSpanCount} of its start-up" : "no span arrived: the service sampled none",
        InspectionCause.ExportedElsewhere => $"no span arrived, although the service sampled {DisplayText.Counted(trial.SampledSpanCount!.Value, "span")}",
        InspectionCause.NothingArrived => "no span arrived",
        InspectionCause.ExportsRejected => $"no span arrived: {string.Join(", ", trial.RejectedExports.Select(Rejected))}",
        _ => $"{DisplayText.Counted(trial.SpanCount - trial.StartUpSpanCount, "span")} in {DisplayText.Counted(trial.TraceCount, "trace")} from {DisplayText.Counted(trial.AnsweredCount, "request")}{(trial.StartUpSpanCount > 0 ? $", beside {DisplayText.Counted(trial.StartUpSpanCount, "span")} of its start-up" : string.Empty)}",
    };

    private static string Rejected(RejectedExport export) => $"{DisplayText.Counted(export.Count, "export")} to {export.Path} got status {export.Status?.ToString(CultureInfo.InvariantCulture) ?? "none"} ({export.Transport})";

    private static string Off(TracingTrial off) => off.SpanCount == 0
        ? "no span arrived with OTEL_SDK_DISABLED=true"
        : $"{DisplayText.Counted(off.SpanCount, "span")} arrived with OTEL_SDK_DISABLED=true: a baseline that traces measures nothing";

    private static string HalfSampled(SampledShare share) => Text(
        $"{share.TraceCount} of {share.ExpectedCount} traces at a ratio of 50 %: {100.0 * share.TraceCount / share.ExpectedCount:0} % (99.9 % interval {100 * share.Low:0} to {100 * share.High:0} %)");

    private static string Load(ServiceInspection inspection)
    {
        if (inspection.Capacity is not { } capacity)
        {
            return inspection.Failure!;
        }

        var rate = RateChoice.Of(capacity.Result, inspection.Service.RatePerSecond);
        return Text($"{rate.RatePerSecond:#,0.##} requests/s to each variant; the slowest, {rate.SlowestArm}, can do about {rate.CapacityPerSecond:#,0}");
    }

    private static IEnumerable<string> Advice(ServiceInspection inspection, InspectionCause cause) => cause switch
    {
        InspectionCause.FixedPort => ["PerfLab starts several instances side by side, each on a port of its own. Write {port} or {url} into --command or --env, or read the port:", .. Code(SwitchableCode.Port(ProgramOf(inspection)))],
        InspectionCause.NotReady => ["Check that the command works in this folder (--directory) and that the path of --url answers 2xx."],
        InspectionCause.Died => ["Look into what it printed, and run the command by hand with the same requests."],
        InspectionCause.WrongAnswer => ["Correct method, path, header or body (--request, --header, --body-file), or name the status that is right (--expect 404)."],
        InspectionCause.RequestsLeftOut =>
        [
            "Left out of the scenario, because they were not answered as expected:",
            .. inspection.LeftOut.Select(request => "    " + Request(request)),
            "Give them what they need (--header for credentials, examples that exist in the document), or measure without them.",
        ],
        InspectionCause.NothingSampled => ["Add tracing of incoming requests:", .. Code(SwitchableCode.Tracing(inspection.Runtime))],
        InspectionCause.ExportedElsewhere => ["Its exporter has an address of its own, or is none for OTLP. Leave the address to OTEL_EXPORTER_OTLP_ENDPOINT:", .. Code(SwitchableCode.Endpoint(inspection.Runtime))],
        InspectionCause.NothingArrived =>
        [
            "Either it has no tracing of incoming requests:", .. Code(SwitchableCode.Tracing(inspection.Runtime)),
            "or its exporter has an address of its own. Leave the address to OTEL_EXPORTER_OTLP_ENDPOINT:", .. Code(SwitchableCode.Endpoint(inspection.Runtime)),
        ],
        InspectionCause.ExportsRejected => ["Leave address and path to OTEL_EXPORTER_OTLP_ENDPOINT, to which an exporter appends /v1/traces:", .. Code(SwitchableCode.Endpoint(inspection.Runtime))],
        InspectionCause.FewTraces => ["Some requests are not traced; a difference between the variants counts for all of them. Check instrumentation filters."],
        InspectionCause.DisabledIgnored => [$"The SDK does not know OTEL_SDK_DISABLED; it does follow {Followed(inspection)}. Update the SDK, or create none when it is disabled:", .. Code(SwitchableCode.Disabled(inspection.Runtime))],
        InspectionCause.ExporterInCode => ["Neither OTEL_TRACES_SAMPLER=always_off nor OTEL_TRACES_EXPORTER=none stops it: sampler and exporter are wired in code. Create no SDK when it is disabled:", .. Code(SwitchableCode.Disabled(inspection.Runtime))],
        InspectionCause.SamplerInCode => ["It does not follow OTEL_TRACES_SAMPLER=parentbased_traceidratio, so no variant with a ratio is written. Leave the sampler to the variable:", .. Code(SwitchableCode.Sampler(inspection.Runtime))],
        InspectionCause.RateTooHigh => [Text($"{inspection.Service.RatePerSecond:#,0.##} requests/s (--rate) are more than half of what this machine can do: give the rate of one instance, or use a larger machine.")],
        _ => [],
    };

    private static string Followed(ServiceInspection inspection) => string.Join(" and ", ((string?[])
    [
        inspection.NeverSampled?.SpanCount == 0 ? "OTEL_TRACES_SAMPLER=always_off" : null,
        inspection.WithoutExporter?.SpanCount == 0 ? "OTEL_TRACES_EXPORTER=none" : null,
    ]).OfType<string>());

    private static string ProgramOf(ServiceInspection inspection) => Path.GetFileNameWithoutExtension(inspection.Service.Process.Command[0]);

    private static IEnumerable<string> Code(IReadOnlyList<string> lines) => lines.Select(line => "    " + line);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
