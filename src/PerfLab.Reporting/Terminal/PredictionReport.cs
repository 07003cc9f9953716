using System.Globalization;
using PerfLab.Analysis;
using PerfLab.Analysis.Predictions;
using PerfLab.Experiments;
using PerfLab.Experiments.Results;
using PerfLab.Reporting.Wording;

namespace PerfLab.Reporting.Terminal;

/// <summary>What a person sees of a prediction: the answer, what it consists of, and what it rests on.</summary>
/// <param name="model">The model.</param>
/// <param name="service">The service.</param>
/// <param name="prediction">What tracing costs it.</param>
public sealed class PredictionReport(CostModelRecord model, ServiceQuestion service, CostPrediction prediction)
{
    private static readonly string[] s_headers = ["Part", "count", "CPU each", "CPU", "bytes each", "bytes", "from"];

    /// <summary>Gets the answer, a sentence each.</summary>
    public IReadOnlyList<TerminalText> Answer =>
    [
        new($"Tracing costs {Value(MetricUnit.Seconds, prediction.Cpu)} of CPU time per request: {Cores(prediction.Cpu)} cores at {Number(service.RatePerSecond)} requests per second.", TerminalStyle.Strong),
        new($"It allocates {Value(MetricUnit.Bytes, prediction.Allocation)} per request: {Value(MetricUnit.Bytes, Times(prediction.Allocation))} per second.", TerminalStyle.Strong),
        new($"It exports {Value(MetricUnit.Bytes, prediction.ExportedBytes)} per request: {Value(MetricUnit.Bytes, Times(prediction.ExportedBytes))} per second."),
        new("Beyond the same service without an SDK. In parentheses: 90 % intervals for a service that is none of those measured.", TerminalStyle.Muted),
    ];

    /// <summary>Gets the table of what it consists of.</summary>
    public TerminalSection Parts => new(
        "What a request pays for",
        "CPU time as on this machine. From micro: the runs cannot tell it from the rest, and micro benchmarks do.",
        s_headers,
        [.. prediction.Drivers.Select(Row)],
        WordColumns: [6]);

    /// <summary>Gets where the prediction leaves the data, and what the model rests on.</summary>
    public IReadOnlyList<TerminalText> Notes =>
    [
        .. prediction.BeyondData.Select(beyond => new TerminalText(
            $"! Extrapolated: {Number(beyond.Asked)} {CostModelReport.NameOf(beyond.Range.Driver)} in a request, and the runs have {Number(beyond.Range.Low)} to {Number(beyond.Range.High)}. The interval assumes that costs add up there too.",
            TerminalStyle.Doubtful)),
        .. Rate(),
        .. CostModelReport.Notes(model),
    ];

    /// <summary>Says how CPU time was scaled for a machine.</summary>
    /// <param name="model">The model.</param>
    /// <param name="here">What a recorded span costs on this machine; null where the factor was given.</param>
    /// <param name="scale">The factor.</param>
    public static TerminalText Scale(CostModelRecord model, CostModelScale? here, MachineScale scale) => new(
        here is null || model.Scale is null
            ? $"CPU time is that of the model's machine times {Number(scale.Factor)}."
            : $"CPU time is that of the model's machine times {Number(scale.Factor)}: a recorded span takes {Nanoseconds(here)} here and {Nanoseconds(model.Scale)} there.",
        TerminalStyle.Muted);

    /// <summary>Says how many of the spans are taken for those of HTTP where nobody stated it.</summary>
    /// <param name="service">The service.</param>
    public static TerminalText AssumedBoundaries(ServiceQuestion service) => new(
        $"{Number(service.BoundarySpans)} of the {Number(service.Spans)} spans are taken for those of requests that are served or sent over HTTP or gRPC, the share of Shop. State yours with --http-spans.",
        TerminalStyle.Muted);

    private static string[] Row(DriverCost cost) =>
    [
        CostModelReport.NameOf(cost.Driver),
        Number(cost.Count),
        cost.Cpu is { } cpu ? Amount(MetricUnit.Seconds, cpu.Value) : "contained",
        cost.Cpu is { } time ? Amount(MetricUnit.Seconds, time.Value * cost.Count) : string.Empty,
        cost.Allocation is { } bytes ? Amount(MetricUnit.Bytes, bytes.Value) : "contained",
        cost.Allocation is { } allocated ? Amount(MetricUnit.Bytes, allocated.Value * cost.Count) : string.Empty,
        cost.Cpu is { } one ? CostModelReport.NameOf(one.Source) : string.Empty,
    ];

    private IEnumerable<TerminalText> Rate()
    {
        var (low, high) = (model.Runs.Min(run => run.RatePerSecond), model.Runs.Max(run => run.RatePerSecond));
        if (service.RatePerSecond < low || service.RatePerSecond > high)
        {
            yield return new TerminalText($"! Extrapolated: {Number(service.RatePerSecond)} requests per second, and the runs have {(low < high ? $"{Number(low)} to {Number(high)}" : Number(low))}. A request is taken to cost the same at any rate.", TerminalStyle.Doubtful);
        }
    }

    private string Cores(Interval cpu)
    {
        var cores = Times(cpu);
        return $"{Figure(cores.Estimate)} ({Figure(cores.Low)} to {Figure(cores.High)})";
    }

    private Interval Times(Interval one) => new(one.Estimate * service.RatePerSecond, one.Low * service.RatePerSecond, one.High * service.RatePerSecond, one.ConfidenceLevel);

    private static string Value(MetricUnit unit, Interval interval) => QuantityFormat.For(unit, interval).Value(interval);

    private static string Amount(MetricUnit unit, double value) => QuantityFormat.For(unit, value).WithUnit(value);

    private static string Figure(double value) => value.ToString(value >= 10 ? "#,##0.0" : value >= 1 ? "0.00" : "0.000", CultureInfo.InvariantCulture);

    private static string Number(double value) => value.ToString("#,##0.##", CultureInfo.InvariantCulture);

    private static string Nanoseconds(CostModelScale scale) =>
        string.Create(CultureInfo.InvariantCulture, $"{scale.NanosecondsPerSpan.Mean:0} ns ({scale.NanosecondsPerSpan.Low:0} to {scale.NanosecondsPerSpan.High:0})");
}

/// <summary>What a person sees of a cost model by itself.</summary>
public static class CostModelReport
{
    private static readonly string[] s_headers = ["Cost of", "CPU", "from", "bytes", "from", "runs have"];

    private static readonly string[] s_checkHeaders = ["Left out", "Arm", "CPU measured", "predicted", "bytes measured", "predicted"];

    /// <summary>Composes the tables: what everything costs, and arms as a model predicts them that has not seen them.</summary>
    /// <param name="model">The model.</param>
    public static IReadOnlyList<TerminalSection> Sections(CostModelRecord model) =>
    [
        new TerminalSection(
            "What a request pays for",
            "Each, with the standard error. From micro: the runs cannot tell it from the rest, and micro benchmarks do.",
            s_headers,
            [.. model.Ranges.Where(range => Find(model.Cpu, range.Driver) is not null || Find(model.Allocation, range.Driver) is not null).Select(range => Row(model, range))],
            WordColumns: [2, 4]),
        new TerminalSection(
            "Arms that the model has not seen",
            "Overhead per request, as measured and as predicted by a model without that arm, or without any arm of that run, with the 90 % interval.",
            s_checkHeaders,
            [.. model.Cpu.Checks.Select(check => Row(check, model.Allocation.Checks.FirstOrDefault(other => (other.RunId, other.Arm, other.WithoutRun) == (check.RunId, check.Arm, check.WithoutRun))))],
            WordColumns: [1]),
    ];

    /// <summary>Says what the model rests on, a line each.</summary>
    /// <param name="model">The model.</param>
    public static IReadOnlyList<TerminalText> Notes(CostModelRecord model) =>
    [
        new($"Model: {string.Join(", ", model.Runs.Select(run => $"{DisplayText.ForTerminal(run.RunId)} ({DisplayText.Counted(run.Arms.Count, "arm")}, commit {run.Commit?[..Math.Min(7, run.Commit.Length)] ?? "unknown"})"))}, on {DisplayText.ForTerminal(model.Machine.ProcessorModel ?? "an unknown processor")}, {model.Machine.LogicalProcessors} logical processors, {DisplayText.ForTerminal(model.Machine.Runtime)}.", TerminalStyle.Muted),
        new($"{Fit("CPU time", model.Cpu)} {Fit("Bytes", model.Allocation)}", TerminalStyle.Muted),
        .. Contained(model),
        .. model.Runs.SelectMany(run => run.LeftOut, (run, arm) => new TerminalText($"Not used: {DisplayText.ForTerminal(arm.Arm)} of {DisplayText.ForTerminal(run.RunId)}, {Why(arm.Reason)}.", TerminalStyle.Muted)),
    ];

    internal static string NameOf(CostDriver driver) => driver switch
    {
        CostDriver.Request => "request",
        CostDriver.NotSampledSpan => "spans not sampled",
        CostDriver.RecordedSpan => "spans recorded",
        CostDriver.ExportedSpan => "spans exported",
        CostDriver.BoundarySpan => "HTTP/gRPC spans",
        CostDriver.Attribute => "attributes",
        CostDriver.Event => "events",
        CostDriver.ExportedKilobyte => "kB exported",
        _ => throw new ArgumentOutOfRangeException(nameof(driver), driver, "A driver without a name cannot be shown."),
    };

    internal static string NameOf(CostSource source) => source == CostSource.MicroBenchmarks ? "micro" : "runs";

    private static CostCoefficient? Find(CostModelPart part, CostDriver driver) => part.Coefficients.FirstOrDefault(one => one.Driver == driver);

    private static string[] Row(CostModelRecord model, CostDriverRange range) =>
    [
        NameOf(range.Driver),
        Cost(model.Cpu, range.Driver, MetricUnit.Seconds),
        Find(model.Cpu, range.Driver) is { } cpu ? NameOf(cpu.Source) : string.Empty,
        Cost(model.Allocation, range.Driver, MetricUnit.Bytes),
        Find(model.Allocation, range.Driver) is { } bytes ? NameOf(bytes.Source) : string.Empty,
        string.Create(CultureInfo.InvariantCulture, $"{range.Low:0.##} to {range.High:0.##}"),
    ];

    private static string Cost(CostModelPart part, CostDriver driver, MetricUnit unit)
    {
        var index = part.Coefficients.ToList().FindIndex(one => one.Driver == driver);
        if (index < 0)
        {
            return "contained";
        }

        var (value, error) = (part.Coefficients[index].Value, Math.Sqrt(part.Covariance[index][index]));
        var format = QuantityFormat.For(unit, value, error);
        return $"{format.WithUnit(value)} ±{format.Number(error)}";
    }

    private static string[] Row(CostModelCheck cpu, CostModelCheck? bytes) =>
    [
        cpu.WithoutRun ? "run" : "arm",
        DisplayText.ForTerminal($"{cpu.Arm} ({cpu.RunId[(cpu.RunId.LastIndexOf('-') + 1)..]})"),
        .. Check(cpu, MetricUnit.Seconds),
        .. bytes is null ? ["", ""] : Check(bytes, MetricUnit.Bytes),
    ];

    private static string[] Check(CostModelCheck check, MetricUnit unit)
    {
        var interval = new Interval(check.Predicted, check.Low, check.High, CostModelFitter.Level);
        var format = QuantityFormat.For(unit, check.Measured, check.Predicted);
        return [format.WithUnit(check.Measured) + (IsWithin(check) ? string.Empty : " !"), format.Value(interval)];
    }

    private static bool IsWithin(CostModelCheck check) => check.Low <= check.Measured && check.Measured <= check.High;

    private static string Fit(string what, CostModelPart part) =>
        $"{what}: arms lie {QuantityFormat.Percent(part.ResidualRatio)} about the model (standard deviation); of {DisplayText.Counted(part.Checks.Count, "arm")} predicted without being seen, {part.Checks.Count(IsWithin)} lie within the 90 % interval.";

    private static IEnumerable<TerminalText> Contained(CostModelRecord model)
    {
        string[] contained = [.. DriverCounts.All.Where(driver => Find(model.Cpu, driver) is null).Select(NameOf)];
        if (contained.Length > 0)
        {
            yield return new TerminalText($"The runs do not tell apart, so the others contain at their share in Shop: {string.Join(", ", contained)}.", TerminalStyle.Doubtful);
        }
    }

    private static string Why(LeftOutReason reason) => reason switch
    {
        LeftOutReason.NotDescribed => "which has settings that the model does not describe",
        LeftOutReason.NotHealthy => "which is broken or impaired",
        LeftOutReason.OtherSpans => "which creates another number of spans than its settings say",
        _ => "which was not measured in every launch set",
    };
}
