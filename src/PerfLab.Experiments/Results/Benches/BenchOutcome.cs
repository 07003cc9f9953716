namespace PerfLab.Experiments.Results.Benches;

/// <summary>Whether a goal was reached.</summary>
public enum BenchOutcome
{
    /// <summary>There is no value to judge.</summary>
    NotMeasured = 0,

    /// <summary>The value keeps its bound.</summary>
    Met = 1,

    /// <summary>It does not.</summary>
    Missed = 2,

    /// <summary>There is no bound; the value is told for comparison.</summary>
    Told = 3,
}
