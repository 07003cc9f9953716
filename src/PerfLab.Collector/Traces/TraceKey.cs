using System.Buffers.Binary;
using System.Numerics;

namespace PerfLab.Collector.Traces;

/// <summary>A trace's id as a value.</summary>
/// <param name="High">The first eight bytes.</param>
/// <param name="Low">The last eight bytes.</param>
internal readonly record struct TraceKey(ulong High, ulong Low)
{
    /// <summary>
    /// Gets 64 well mixed bits of the id: ids should be random, but an exporter may count them up (finaliser of MurmurHash3,
    /// fmix64).
    /// </summary>
    public ulong Hash
    {
        get
        {
            var hash = High ^ BitOperations.RotateLeft(Low, 32);
            hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccdUL;
            hash = (hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53UL;
            return hash ^ (hash >> 33);
        }
    }

    /// <summary>Takes the id of a span.</summary>
    /// <param name="traceId">Its 16 bytes.</param>
    public static TraceKey Of(ReadOnlySpan<byte> traceId) => new(
        BinaryPrimitives.ReadUInt64LittleEndian(traceId),
        BinaryPrimitives.ReadUInt64LittleEndian(traceId[sizeof(ulong)..]));

    /// <inheritdoc/>
    public override int GetHashCode() => (int)Hash;
}
