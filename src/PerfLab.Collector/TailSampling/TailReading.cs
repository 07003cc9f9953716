using PerfLab.Experiments.Results;

namespace PerfLab.Collector.TailSampling;

/// <summary>What a tail sampler did, read at one moment.</summary>
/// <param name="PeakBytes">The most bytes held back at once.</param>
/// <param name="PeakTraces">The most traces held back at once.</param>
/// <param name="Counts">What became of the traces.</param>
internal sealed record TailReading(long PeakBytes, int PeakTraces, TailRecord Counts);
