using PerfLab.Collector;
using PerfLab.Collector.Visibility;
using PerfLab.Experiments.Findings;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results.Traces;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Runner.LaunchSets;

/// <summary>Where the arms send their spans, one account per arm.</summary>
internal interface ISpanSink
{
    /// <summary>Gets the address for an arm that exports by this OTLP protocol (<c>grpc</c>, <c>http/protobuf</c>, <c>http/json</c>).</summary>
    Uri EndpointOf(PlannedArm arm, string protocol);

    /// <summary>Gets what has arrived from an arm since the last reset.</summary>
    ArmTally Read(PlannedArm arm);

    /// <summary>Gets what an arm has cost the collector so far.</summary>
    ArmCost ReadCost(PlannedArm arm);

    /// <summary>Lets the peaks of an arm's cost begin again at what is held now.</summary>
    void ForgetPeaks(PlannedArm arm);

    /// <summary>Judges what tail sampling still holds back of an arm whose processes have ended.</summary>
    void JudgeAll(PlannedArm arm);

    /// <summary>Begins to write down which spans of an arm are kept.</summary>
    void BeginWatch(PlannedArm arm, SpanWatchOptions options);

    /// <summary>Ends it, and gets what was kept.</summary>
    WatchedSpans EndWatch(PlannedArm arm);

    /// <summary>Begins a new account.</summary>
    void Reset(PlannedArm arm);

    /// <summary>Begins to keep copies of the arm's exports, up to a bound.</summary>
    void Keep(PlannedArm arm)
    {
    }

    /// <summary>Looks at what was kept, when nothing is measured any more; null where nothing can be kept.</summary>
    TraceLook? Look(PlannedArm arm) => null;

    /// <summary>Puts the arm's back end in trouble, or ends its trouble.</summary>
    /// <param name="arm">The arm.</param>
    /// <param name="trouble">The trouble; null for none.</param>
    void Trouble(PlannedArm arm, BackEndTrouble? trouble)
    {
    }

    /// <summary>Gets what should be known about the sink itself, beside its accounts.</summary>
    IReadOnlyList<Finding> Notes() => [];

    /// <summary>Waits, for a bounded time, until everything that the arm's ended processes sent is in its account, and closes it.</summary>
    Task CloseAsync(PlannedArm arm) => Task.CompletedTask;
}
