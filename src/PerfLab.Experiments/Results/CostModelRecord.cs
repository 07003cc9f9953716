namespace PerfLab.Experiments.Results;

/// <summary>What tracing costs a request, by what it is made of: the content of <c>scenarios/cost-model.json</c>, fitted from runs of Shop.</summary>
public sealed record CostModelRecord
{
    /// <summary>The version of the format that this program writes and reads.</summary>
    public const int CurrentFormatVersion = 1;

    /// <summary>The name of the file in <c>scenarios/</c>.</summary>
    public const string FileName = "cost-model.json";

    /// <summary>Gets the version of the format.</summary>
    public required int FormatVersion { get; init; }

    /// <summary>Gets the runs, in the order of their start.</summary>
    public required IReadOnlyList<CostModelRun> Runs { get; init; }

    /// <summary>Gets the machine on which all of them were made.</summary>
    public required MachineFingerprint Machine { get; init; }

    /// <summary>Gets what a recorded span costs there in the micro benchmarks, to scale CPU time for another machine; null where it was not measured.</summary>
    public required CostModelScale? Scale { get; init; }

    /// <summary>Gets how often each driver is in a request, over all arms.</summary>
    public required IReadOnlyList<CostDriverRange> Ranges { get; init; }

    /// <summary>Gets CPU seconds per request.</summary>
    public required CostModelPart Cpu { get; init; }

    /// <summary>Gets managed bytes per request.</summary>
    public required CostModelPart Allocation { get; init; }

    /// <summary>Gets bytes of the exports per request, as sent.</summary>
    public required CostModelPart ExportedBytes { get; init; }
}

/// <summary>A run behind a cost model.</summary>
/// <param name="RunId">Its name.</param>
/// <param name="StartedUtc">When it began.</param>
/// <param name="Commit">The commit of the checkout; null outside one.</param>
/// <param name="RatePerSecond">Requests per second in its slices.</param>
/// <param name="Arms">The arms that were used.</param>
/// <param name="LeftOut">The arms that were not.</param>
public sealed record CostModelRun(string RunId, DateTimeOffset StartedUtc, string? Commit, double RatePerSecond, IReadOnlyList<string> Arms, IReadOnlyList<LeftOutArm> LeftOut);

/// <summary>An arm that a cost model does not use.</summary>
/// <param name="Arm">Its name.</param>
/// <param name="Reason">Why.</param>
public sealed record LeftOutArm(string Arm, LeftOutReason Reason);

/// <summary>Why a cost model does not use an arm.</summary>
public enum LeftOutReason
{
    /// <summary>Not stated.</summary>
    Unknown = 0,

    /// <summary>Its program or its environment has something that the model has no driver for.</summary>
    NotDescribed = 1,

    /// <summary>It is broken or impaired.</summary>
    NotHealthy = 2,

    /// <summary>It creates another number of spans than its environment says.</summary>
    OtherSpans = 3,

    /// <summary>CPU time, bytes or spans were not measured in every launch set.</summary>
    NotMeasured = 4,
}

/// <summary>What a cost counts.</summary>
public enum CostDriver
{
    /// <summary>Not stated.</summary>
    Unknown = 0,

    /// <summary>A request of a service with an SDK.</summary>
    Request = 1,

    /// <summary>A span that is recorded.</summary>
    RecordedSpan = 2,

    /// <summary>A span that the sampler leaves out.</summary>
    NotSampledSpan = 3,

    /// <summary>A span that is exported, beyond what recording it costs.</summary>
    ExportedSpan = 4,

    /// <summary>A recorded span of a request that is served or sent over HTTP or gRPC, beyond any recorded span: instrumentation and propagation.</summary>
    BoundarySpan = 5,

    /// <summary>An attribute of a recorded span.</summary>
    Attribute = 6,

    /// <summary>An event with one attribute of a recorded span.</summary>
    Event = 7,

    /// <summary>1,000 bytes that are exported.</summary>
    ExportedKilobyte = 8,
}

/// <summary>Between which numbers a driver was measured.</summary>
/// <param name="Driver">The driver.</param>
/// <param name="Low">The lowest number in a request.</param>
/// <param name="High">The highest.</param>
public sealed record CostDriverRange(CostDriver Driver, double Low, double High);

/// <summary>What one unit of a driver costs.</summary>
/// <param name="Driver">The driver.</param>
/// <param name="Value">Seconds or bytes; at least 0, but for spans of requests, which may cost less than any recorded span.</param>
/// <param name="Source">Where it comes from.</param>
public sealed record CostCoefficient(CostDriver Driver, double Value, CostSource Source);

/// <summary>Where a coefficient comes from.</summary>
public enum CostSource
{
    /// <summary>Not stated.</summary>
    Unknown = 0,

    /// <summary>The runs tell it.</summary>
    Runs = 1,

    /// <summary>The runs cannot tell it from the others; the layers of the micro benchmarks do.</summary>
    MicroBenchmarks = 2,
}

/// <summary>One cost: a sum over drivers, and how far it is from what was measured.</summary>
/// <param name="Coefficients">Those that the runs or the micro benchmarks tell; what is missing is contained in the others.</param>
/// <param name="Covariance">Of the coefficients, in their order.</param>
/// <param name="ResidualRatio">How far arms lie from the sum, as a standard deviation relative to the sum.</param>
/// <param name="DegreesOfFreedom">Of the intervals.</param>
/// <param name="Checks">Arms as the model predicts them that is fitted without them.</param>
public sealed record CostModelPart(
    IReadOnlyList<CostCoefficient> Coefficients,
    IReadOnlyList<IReadOnlyList<double>> Covariance,
    double ResidualRatio,
    int DegreesOfFreedom,
    IReadOnlyList<CostModelCheck> Checks);

/// <summary>The overhead of an arm over the baseline of its run, predicted without it.</summary>
/// <param name="RunId">Its run.</param>
/// <param name="Arm">Its name.</param>
/// <param name="WithoutRun">Whether the whole run was left out; else the arm alone.</param>
/// <param name="Measured">What was measured, in seconds or bytes per request.</param>
/// <param name="Predicted">What the other arms predict.</param>
/// <param name="Low">Lower bound of the 90 % interval for the measured value.</param>
/// <param name="High">Upper bound.</param>
public sealed record CostModelCheck(string RunId, string Arm, bool WithoutRun, double Measured, double Predicted, double Low, double High);

/// <summary>What a machine takes for a recorded span.</summary>
/// <param name="Measured">When, in coordinated universal time.</param>
/// <param name="NanosecondsPerSpan">CPU time with its 95 % interval.</param>
public sealed record CostModelScale(DateTimeOffset Measured, LayerInterval NanosecondsPerSpan)
{
    /// <summary>The layer of the micro benchmarks that is measured.</summary>
    public const string Layer = "recorded";

    /// <summary>Takes it from micro benchmarks; null where they do not have it.</summary>
    public static CostModelScale? Of(MicroBenchmarkRecord layers) =>
        layers.Layers.FirstOrDefault(layer => layer.Layer == Layer)?.NanosecondsPerUnit is { } nanoseconds ? new CostModelScale(layers.Started, nanoseconds) : null;
}
