namespace PerfLab.Collector.Forwarding;

/// <summary>A payload that waits to be sent on.</summary>
/// <param name="Bytes">A rented array.</param>
/// <param name="Length">How much of it is the payload.</param>
/// <param name="Spans">How many spans it has.</param>
internal readonly record struct QueuedExport(byte[] Bytes, int Length, long Spans);
