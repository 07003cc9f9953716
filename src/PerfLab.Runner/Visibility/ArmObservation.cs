using PerfLab.Collector.Visibility;

namespace PerfLab.Runner.Visibility;

/// <summary>What was sent to an arm in the window, and which spans were kept of it.</summary>
/// <param name="Requests">The requests that were sent, in their order.</param>
/// <param name="BeginUnixNanoseconds">When the window began, by the clock of the machine.</param>
/// <param name="Spans">The spans that were kept while the window lasted, in the order in which they could be seen.</param>
internal sealed record ArmObservation(IReadOnlyList<SeenRequest> Requests, long BeginUnixNanoseconds, IReadOnlyList<KeptSpan> Spans);
