using PerfLab.Experiments.Results;
using PerfLab.Statistics;

namespace PerfLab.Analysis.Predictions;

/// <summary>A service as a person describes it.</summary>
/// <param name="RatePerSecond">Requests per second.</param>
/// <param name="Spans">Spans that a request creates.</param>
/// <param name="SampledRatio">The share of the traces that the sampler records and exports, 0 to 1.</param>
/// <param name="AttributesPerSpan">Attributes of a span, on average.</param>
/// <param name="Events">Events of a request.</param>
/// <param name="BoundarySpans">Spans among them that belong to requests served or sent over HTTP or gRPC.</param>
/// <param name="AttributeLength">Characters of an attribute's value.</param>
public sealed record ServiceQuestion(double RatePerSecond, double Spans, double SampledRatio, double AttributesPerSpan, double Events, double BoundarySpans, double AttributeLength);

/// <summary>CPU time of another machine, as a multiple of that of the model.</summary>
/// <param name="Factor">The multiple.</param>
/// <param name="StandardError">Its standard error; 0 where it is given.</param>
public sealed record MachineScale(double Factor, double StandardError)
{
    // The intervals of layers are ones of 95 %.
    private const double DeviationsOfInterval = 1.96;

    /// <summary>Takes it from what a recorded span costs on both; null where one of them may be nothing.</summary>
    public static MachineScale? Between(CostModelScale here, CostModelScale model) => IndependentSum.Quotient(here.NanosecondsPerSpan, model.NanosecondsPerSpan) is { } ratio
        ? new MachineScale(ratio.Mean, (ratio.High - ratio.Low) / 2 / DeviationsOfInterval)
        : null;
}

/// <summary>What a driver adds to a prediction.</summary>
/// <param name="Driver">The driver.</param>
/// <param name="Count">How often it is in a request.</param>
/// <param name="Cpu">Its CPU time on this machine; null where it is contained in the others.</param>
/// <param name="Allocation">Its bytes likewise.</param>
public sealed record DriverCost(CostDriver Driver, double Count, CostCoefficient? Cpu, CostCoefficient? Allocation);

/// <summary>What tracing costs a service, beyond the service without it; all intervals are 90 % intervals for a new service.</summary>
public sealed record CostPrediction
{
    /// <summary>Gets CPU seconds per request.</summary>
    public required Interval Cpu { get; init; }

    /// <summary>Gets allocated bytes per request.</summary>
    public required Interval Allocation { get; init; }

    /// <summary>Gets exported bytes per request.</summary>
    public required Interval ExportedBytes { get; init; }

    /// <summary>Gets the drivers that a request has.</summary>
    public required IReadOnlyList<DriverCost> Drivers { get; init; }

    /// <summary>Gets the drivers of which a request has fewer or more than any arm of the model, with their number.</summary>
    public required IReadOnlyList<(CostDriverRange Range, double Asked)> BeyondData { get; init; }

    /// <summary>Predicts.</summary>
    /// <param name="model">The model.</param>
    /// <param name="service">The service.</param>
    /// <param name="scale">The machine.</param>
    public static CostPrediction Of(CostModelRecord model, ServiceQuestion service, MachineScale scale)
    {
        var recorded = service.Spans * service.SampledRatio;
        var each = service.Spans > 0 ? 1 / service.Spans : 0;
        var spans = new RequestSpans(service.Spans - recorded, recorded, 1, service.BoundarySpans * each, service.AttributesPerSpan, service.Events * each);
        var exported = Beyond(Predict(model.ExportedBytes, DriverCounts.Of(spans, 0), new MachineScale(1, 0)), recorded * service.AttributesPerSpan * (service.AttributeLength - CostArm.TextLength));
        var counts = DriverCounts.Of(spans, exported.Estimate / 1000);
        return new CostPrediction
        {
            Cpu = Predict(model.Cpu, counts, scale),
            Allocation = Predict(model.Allocation, counts, new MachineScale(1, 0)),
            ExportedBytes = exported,
            Drivers = [.. DriverCounts.All.Where(driver => counts[driver] > 0).Select(driver => new DriverCost(driver, counts[driver], Scaled(Find(model.Cpu, driver), scale.Factor), Find(model.Allocation, driver)))],
            BeyondData = [.. model.Ranges.Where(range => counts[range.Driver] > range.High * 1.001 || counts[range.Driver] < range.Low).Select(range => (range, counts[range.Driver]))],
        };
    }

    private static Interval Predict(CostModelPart part, DriverCounts counts, MachineScale scale)
    {
        var model = new EffectModel([.. part.Coefficients.Select(one => one.Value)], part.Covariance, part.ResidualRatio, part.DegreesOfFreedom);
        var effects = counts.Select(part.Coefficients.Select(one => one.Driver));
        var sum = model.Sum(effects);
        var reach = model.Reach((Math.Pow(scale.Factor, 2) * model.VarianceOfNew(effects)) + Math.Pow(sum * scale.StandardError, 2), CostModelFitter.Level);
        var value = scale.Factor * sum;
        return new Interval(value, Math.Max(0, value - reach), value + reach, CostModelFitter.Level);
    }

    // Text is exported as it is: a character more is a byte more.
    private static Interval Beyond(Interval bytes, double longer) =>
        new(Math.Max(0, bytes.Estimate + longer), Math.Max(0, bytes.Low + longer), Math.Max(0, bytes.High + longer), bytes.ConfidenceLevel);

    private static CostCoefficient? Find(CostModelPart part, CostDriver driver) => part.Coefficients.FirstOrDefault(one => one.Driver == driver);

    private static CostCoefficient? Scaled(CostCoefficient? one, double factor) => one is null ? null : one with { Value = one.Value * factor };
}
