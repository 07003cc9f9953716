using PerfLab.Experiments.Inspections;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Analysis.Tests.Inspections;

/// <summary>Inspections as the runner makes them, without a process.</summary>
internal static class InspectedService
{
    public static ServiceDescription Description { get; } = new(
        "service",
        new TargetProcess
        {
            Name = "target",
            Command = ["service"],
            Environment = new Dictionary<string, string>(),
            Ready = new ReadinessCheck("/", TimeSpan.FromSeconds(60)),
        },
        [new RequestDefinition { Name = "home", Method = "GET", Path = "/", Headers = new Dictionary<string, string>(), Body = null, ExpectedStatus = 200, Weight = 1 }])
    {
        BaseFolder = "/",
        Port = 5000,
    };

    /// <summary>Gets one with which nothing is wrong.</summary>
    public static ServiceInspection Good { get; } = new()
    {
        Service = Description,
        Port = new PortHandling(PortHandlingKind.Placeholder, Description.Process),
        Runtime = ServiceRuntime.DotNet,
        StartSeconds = 0.5,
        AlwaysOn = Trial(20, traces: 20),
        Off = Trial(20, traces: 0),
        HalfSampled = Trial(200, traces: 97),
        Capacity = Capacity(2000),
    };

    public static TracingTrial Trial(int answered, int traces, long? sampled = null) => new()
    {
        Requests = [new RequestTrial("home", answered, answered, null)],
        SpanCount = traces,
        TraceCount = traces,
        SampledSpanCount = sampled,
        RejectedExports = [],
        LastSpanSeconds = 0.1,
    };

    /// <summary>Makes a pilot in which the slower of two arms does so many requests per second.</summary>
    public static ServiceCapacity Capacity(double perSecond) => new(
        PilotResult.From(new Dictionary<string, double> { ["off"] = 2 * perSecond, ["always-on"] = perSecond }, InspectionDesign.CapacityShare, 10),
        StartSecondsPerArm: 0.5,
        WarmUpSecondsPerArm: 2);
}
