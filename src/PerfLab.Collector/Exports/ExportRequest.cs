using PerfLab.Collector.Arms;
using PerfLab.Collector.Bodies;

namespace PerfLab.Collector.Exports;

/// <summary>A request whose body arrived.</summary>
/// <param name="Arm">Whose it is.</param>
/// <param name="Signal">What it carries.</param>
/// <param name="Body">The body as sent.</param>
/// <param name="Compressed">True if the body is gzip.</param>
/// <param name="Format">How the payload is written.</param>
internal readonly record struct ExportRequest(ArmChannel Arm, Signal Signal, PooledBody Body, bool Compressed, PayloadFormat Format)
{
    /// <summary>Gets a value indicating whether the body is the message itself.</summary>
    public bool SentAsPayload => !Compressed && Format == PayloadFormat.Protobuf;
}
