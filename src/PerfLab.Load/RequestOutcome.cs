namespace PerfLab.Load;

/// <summary>What became of one request, and when.</summary>
/// <param name="Fate">What.</param>
/// <param name="StartSeconds">When it was due, from the beginning of the run.</param>
/// <param name="ResponseSeconds">From when it was due to its end.</param>
public readonly record struct RequestOutcome(RequestFate Fate, double StartSeconds, double ResponseSeconds);
