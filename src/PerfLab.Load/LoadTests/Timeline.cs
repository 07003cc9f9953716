using PerfLab.Experiments.Results;

namespace PerfLab.Load.LoadTests;

/// <summary>Joins the reports of phases, each of which counts from its own beginning, into those of one load.</summary>
/// <param name="receiver">Receives each second immediately.</param>
internal sealed class Timeline(IProgress<LoadTestProgress> receiver) : IProgress<LoadTestSecond>
{
    // Reports come from a timer's thread with HttpClient.
    private readonly Lock _gate = new();
    private readonly List<LoadTestSecond> _measured = [];
    private double _earlierSeconds;
    private bool _isMeasuring;

    public IReadOnlyList<LoadTestSecond> Measured
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
        }
    }

    public void Report(LoadTestSecond value)
    {
        lock (_gate)
        {
            var step = new LoadTestProgress(!_isMeasuring, value with { ElapsedSeconds = _earlierSeconds + value.ElapsedSeconds });
            if (_isMeasuring)
            {
                _measured.Add(step.Second);
            }

            receiver.Report(step);
        }
    }
}

/// <summary>A second of a load test.</summary>
/// <param name="IsWarmUp">Whether it is part of the warm-up, which is not measured.</param>
/// <param name="Second">What happened in it; its time counts from the beginning of the warm-up or of the load.</param>
public sealed record LoadTestProgress(bool IsWarmUp, LoadTestSecond Second);
