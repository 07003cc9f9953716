using System.Text.Json.Serialization;
using PerfLab.Experiments.Results.Traces;

namespace PerfLab.Experiments.Results;

/// <summary>One arm of one launch set.</summary>
public sealed record ArmRecord
{
    /// <summary>Gets the arm's name.</summary>
    public required string Arm { get; init; }

    /// <summary>Gets the processes in starting order.</summary>
    public required IReadOnlyList<ProcessRecord> Processes { get; init; }

    /// <summary>Gets how the warm-up went.</summary>
    public required WarmUpRecord WarmUp { get; init; }

    /// <summary>Gets the slices by round, those of voided rounds among them.</summary>
    public required IReadOnlyList<SliceRecord> Slices { get; init; }

    /// <summary>Gets the slices that count.</summary>
    [JsonIgnore]
    public IEnumerable<SliceRecord> CountedSlices => Slices.Where(slice => !slice.IsVoided);

    /// <summary>Gets the reading one idle round after the last slice; it ends what the arm is charged.</summary>
    public required Reading ClosingReading { get; init; }

    /// <summary>Gets the response time, from the intended start, of all measured requests.</summary>
    public required LatencySummary? ResponseTime { get; init; }

    /// <summary>Gets the service time, from the actual send, of all measured requests.</summary>
    public required LatencySummary? ServiceTime { get; init; }

    /// <summary>Gets how late requests were started.</summary>
    public required LatencySummary? StartLateness { get; init; }

    /// <summary>Gets what became of the spans, over the whole life of the arm's processes.</summary>
    public required SpanLedger Spans { get; init; }

    /// <summary>Gets the measured window by the state of the arm's back end; empty where no arm's back end was in trouble.</summary>
    public IReadOnlyList<BackEndPhase> BackEnd { get; init; } = [];

    /// <summary>Gets a value indicating whether the back end was in trouble on purpose, so that failed requests and lost spans are an answer.</summary>
    [JsonIgnore]
    public bool WasInTrouble => BackEnd.Any(phase => phase.InTrouble);

    /// <summary>Gets what the spans of the measured window say; null where nothing was kept to be looked at.</summary>
    public TraceLook? Traces { get; init; }

    /// <summary>Gets what the collector spent on the arm; null in runs made before it was measured.</summary>
    public CollectorRecord? Collector { get; init; }

    /// <summary>Gets what the arm let one see; null where the scenario does not ask.</summary>
    public VisibilityRecord? Visibility { get; init; }

    /// <summary>Gets how long work took that goes on after the answer; null where the target does not tell.</summary>
    public CompletionTimes? Completion { get; init; }
}
