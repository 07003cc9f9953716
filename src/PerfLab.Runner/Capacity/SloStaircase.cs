namespace PerfLab.Runner.Capacity;

/// <summary>
/// Looks for the highest rate that holds a service level by going up after every try that held it and down after every one
/// that did not. The step halves whenever the direction changes, so that a wrong start costs few tries and noise little
/// (the up-and-down method; Dixon and Mood 1948, Journal of the American Statistical Association 43, 109-126; step sizes
/// after Levitt 1971, Journal of the Acoustical Society of America 49, 467-477). It settles where half of the tries hold.
/// </summary>
internal sealed class SloStaircase
{
    private const double FirstStep = 0.2;

    // Half of what a launch set scatters by: finer steps would follow the noise.
    private const double SmallestStep = 0.025;

    // Fewer tries at the smallest step than this say where the walk is, not where it rests.
    private const int LeastAtRest = 4;

    private readonly List<double> _atRest = [];
    private double _step = FirstStep;
    private bool? _previous;
    private bool _isAtRest;

    /// <param name="startPerSecond">The first rate; above 0.</param>
    public SloStaircase(double startPerSecond)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(startPerSecond);
        RatePerSecond = startPerSecond;
    }

    /// <summary>Gets the rate to try next.</summary>
    public double RatePerSecond { get; private set; }

    /// <summary>Gets the highest rate that holds: the geometric mean of the rates tried at the smallest step; null when there are too few.</summary>
    public double? EstimatePerSecond => _atRest.Count < LeastAtRest ? null : Math.Exp(_atRest.Average(Math.Log));

    /// <summary>Takes the outcome of the try.</summary>
    public void Record(bool holds)
    {
        if (_isAtRest)
        {
            _atRest.Add(RatePerSecond);
        }

        if (_previous is { } previous && previous != holds)
        {
            _step = Math.Max(SmallestStep, _step / 2);

            // The walk rests from the first turn at the smallest step on.
            _isAtRest |= _step.Equals(SmallestStep);
        }

        _previous = holds;

        // Up and down are inverse factors, so that an equal number of both leads back to the same rate.
        RatePerSecond = Math.Max(1, holds ? RatePerSecond * (1 + _step) : RatePerSecond / (1 + _step));
    }
}
