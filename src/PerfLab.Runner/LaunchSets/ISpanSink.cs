using PerfLab.Collector.Accounting;
using PerfLab.Collector.Capture;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Runner.LaunchSets;

/// <summary>Where the arms send their spans, one account per arm.</summary>
internal interface ISpanSink
{
    /// <summary>Gets the address for an arm that exports by this OTLP protocol (<c>grpc</c>, <c>http/protobuf</c>, <c>http/json</c>).</summary>
    Uri EndpointOf(PlannedArm arm, string protocol);

    /// <summary>Gets the headers that an arm's exports need, as <c>OTEL_EXPORTER_OTLP_HEADERS</c> holds them; null for none.</summary>
    string? HeadersOf(PlannedArm arm) => null;

    /// <summary>Gets what has arrived from an arm since the last reset.</summary>
    ArmTelemetryCounts Read(PlannedArm arm);

    /// <summary>Gets what an arm has cost the collector so far.</summary>
    ArmCost ReadCost(PlannedArm arm);

    /// <summary>Lets the peaks of an arm's cost begin again at what is held now.</summary>
    void ResetPeaks(PlannedArm arm);

    /// <summary>Judges what tail sampling still holds back of an arm whose processes have ended.</summary>
    void DecideAll(PlannedArm arm);

    /// <summary>Begins to write down which spans of an arm are kept.</summary>
    void BeginRecording(PlannedArm arm, SpanRecorderOptions options);

    /// <summary>Ends it, and gets what was kept.</summary>
    SpanRecording EndRecording(PlannedArm arm);

    /// <summary>Begins a new account.</summary>
    void Reset(PlannedArm arm);

    /// <summary>Begins to keep copies of the arm's exports, up to a bound.</summary>
    void BeginCapture(PlannedArm arm)
    {
    }

    /// <summary>Looks at what was kept, when nothing is measured any more; null where nothing can be kept.</summary>
    TraceSummary? InspectTraces(PlannedArm arm) => null;

    /// <summary>Puts the arm's back end in trouble, or ends its trouble.</summary>
    /// <param name="arm">The arm.</param>
    /// <param name="trouble">The trouble; null for none.</param>
    void SetFault(PlannedArm arm, BackEndFaultDefinition? trouble)
    {
    }

    /// <summary>Gets what should be known about the sink itself, beside its accounts.</summary>
    IReadOnlyList<Finding> GetFindings() => [];

    /// <summary>Waits, for a bounded time, until everything that the arm's ended processes sent is in its account, and closes it.</summary>
    Task CloseAsync(PlannedArm arm) => Task.CompletedTask;
}
