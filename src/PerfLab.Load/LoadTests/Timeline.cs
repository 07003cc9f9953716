namespace PerfLab.Load.LoadTests;

/// <summary>Joins the reports of phases, each of which counts from its own beginning, into those of one load.</summary>
/// <param name="receiver">Is told at once.</param>
internal sealed class Timeline(IProgress<LoadTestStep> receiver) : IProgress<LoadProgress>
{
    // Reports come from a timer's thread with HttpClient.
    private readonly Lock _gate = new();
    private readonly List<LoadTestStep> _measured = [];
    private LoadProgress? _last;
    private double _earlierSeconds;
    private bool _isMeasuring;

    public IReadOnlyList<LoadTestStep> Measured
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
            var step = new LoadTestStep(!_isMeasuring, value with { ElapsedSeconds = _earlierSeconds + value.ElapsedSeconds }, LoadWindow.Between(_last, value));
            _last = value;
            if (_isMeasuring)
            {
                _measured.Add(step);
            }

            receiver.Report(step);
        }
    }
}
