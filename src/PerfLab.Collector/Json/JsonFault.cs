using PerfLab.Collector.Bodies;

namespace PerfLab.Collector.Json;

/// <summary>Why a JSON payload could not be read.</summary>
/// <param name="Reason">What is wrong; null if there is no room for the result instead.</param>
/// <param name="Position">Where, in bytes from the start of the payload.</param>
/// <param name="Room">What the room says.</param>
internal sealed record JsonFault(string? Reason, long Position, BodyFault Room);
