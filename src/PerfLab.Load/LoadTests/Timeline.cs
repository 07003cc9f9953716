using PerfLab.Load.Drivers;

namespace PerfLab.Load.LoadTests;

/// <summary>Joins the reports of phases, each of which counts from its own beginning, into those of one load.</summary>
/// <param name="receiver">Receives each second immediately.</param>
internal sealed class Timeline(IProgress<LoadTestProgress> receiver) : IProgress<LoadProgress>
{
    // Reports come from a timer's thread with HttpClient.
    private readonly Lock _gate = new();
    private readonly List<LoadTestProgress> _measured = [];
    private LoadProgress? _last;
    private double _earlierSeconds;
    private bool _isMeasuring;

    public IReadOnlyList<LoadTestProgress> Measured
    {
        get
        {
            lock (_gate)
            {
                return [.. _measured];
            }
        }
    }

    public void BeginMeasuring()
    {
        lock (_gate)
        {
            _isMeasuring = true;
            _earlierSeconds = 0;
        }
    }

    public void EndPhase(double elapsedSeconds)
    {
        lock (_gate)
        {
            _earlierSeconds += elapsedSeconds;
            _last = null;
        }
    }

    public void Report(LoadProgress value)
    {
        lock (_gate)
        {
            var step = new LoadTestProgress(!_isMeasuring, value with { ElapsedSeconds = _earlierSeconds + value.ElapsedSeconds }, LoadProgressDelta.Between(_last, value));
            _last = value;
            if (_isMeasuring)
            {
                _measured.Add(step);
            }

            receiver.Report(step);
        }
    }
}

/// <summary>A second of a load test.</summary>
/// <param name="IsWarmUp">Whether it is part of the warm-up, which is not measured.</param>
/// <param name="Progress">How the phase is doing, with the time since the beginning of the warm-up or of the load.</param>
/// <param name="Window">What happened since the step before.</param>
public sealed record LoadTestProgress(bool IsWarmUp, LoadProgress Progress, LoadProgressDelta Window);

/// <summary>What happened between two reports.</summary>
/// <param name="OfferedCount">Starts that were due.</param>
/// <param name="StartedCount">Requests begun.</param>
/// <param name="AnsweredCount">Requests answered as expected.</param>
/// <param name="DroppedCount">Dropped starts.</param>
/// <param name="ErrorCount">Errors of all kinds.</param>
public sealed record LoadProgressDelta(long OfferedCount, long StartedCount, long AnsweredCount, long DroppedCount, long ErrorCount)
{
    /// <summary>Takes the difference of two reports of one phase.</summary>
    /// <param name="before">The earlier one; null at the beginning.</param>
    /// <param name="now">The later one.</param>
    public static LoadProgressDelta Between(LoadProgress? before, LoadProgress now) => new(
        now.OfferedCount - (before?.OfferedCount ?? 0),
        now.StartedCount - (before?.StartedCount ?? 0),
        now.AnsweredCount - (before?.AnsweredCount ?? 0),
        now.DroppedCount - (before?.DroppedCount ?? 0),
        now.ErrorCount - (before?.ErrorCount ?? 0));
}
