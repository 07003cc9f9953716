namespace PerfLab.Collector.TailSampling;

/// <summary>Where a span that is held back lies.</summary>
/// <param name="Origin">Who made it.</param>
/// <param name="Offset">Where its message begins in its trace's bytes.</param>
/// <param name="Length">The message's length.</param>
/// <param name="ArrivedUnixNanoseconds">When it arrived.</param>
internal readonly record struct HeldSpan(Origin Origin, int Offset, int Length, long ArrivedUnixNanoseconds);
