using System.Buffers.Binary;
using System.IO.Compression;

namespace PerfLab.Collector.Bodies;

/// <summary>Decompresses a body, but never beyond a limit: a few kilobytes of gzip can hold gigabytes.</summary>
internal static class GzipDecoder
{
    /// <summary>A header of 10 bytes, an empty block of 2 and a trailer of 8: no gzip stream is shorter (RFC 1952, 2.3).</summary>
    private const int ShortestStreamBytes = 20;

    /// <summary>The first array is at most this many times the compressed size, whatever the trailer claims.</summary>
    private const int TrustedRatio = 16;

    /// <summary>Tells a gzip stream from a protobuf message: 0x1f would be a tag of wire type 7, which does not exist.</summary>
    public static bool LooksCompressed(ReadOnlySpan<byte> body) => body.StartsWith("\u001f"u8);

    /// <summary>Decompresses.</summary>
    /// <param name="compressed">A whole gzip stream of one member.</param>
    /// <param name="decoded">Where the bytes go; its limit is the bound.</param>
    /// <returns><see cref="BodyFault.None"/>, or why not.</returns>
    public static BodyFault Decode(PooledBody compressed, PooledBody decoded)
    {
        if (compressed.Length < ShortestStreamBytes)
        {
            return BodyFault.Corrupt;
        }

        // The last four bytes are the decoded size modulo 2^32 (RFC 1952, 2.3.1).
        var claimed = BinaryPrimitives.ReadUInt32LittleEndian(compressed.Written[^sizeof(uint)..]);
        var expected = (int)Math.Min(claimed, Math.Min((long)compressed.Length * TrustedRatio, int.MaxValue));
        try
        {
            using var source = compressed.OpenRead();
            using var gzip = new GZipStream(source, CompressionMode.Decompress);
            var fault = decoded.Append(gzip, expected);

            // GZipStream checks the checksum when it gets there, but takes some streams that end before it. A stream of
            // several members, which no exporter sends, fails here too.
            return fault == BodyFault.None && claimed != (uint)decoded.Length ? BodyFault.Corrupt : fault;
        }
        catch (InvalidDataException)
        {
            return BodyFault.Corrupt;
        }
    }
}
