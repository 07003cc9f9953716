using System.Buffers.Binary;
using System.IO.Compression;

namespace PerfLab.Collector.Payloads;

/// <summary>Decompresses a body, but never beyond a limit: a few kilobytes of gzip can hold gigabytes.</summary>
internal static class GzipDecoder
{
    /// <summary>A header of 10 bytes, an empty block of 2 and a trailer of 8: no gzip stream is shorter (RFC 1952, 2.3).</summary>
    private const int ShortestStreamBytes = 20;

    /// <summary>A header of 2 bytes, an empty block of 2 and a checksum of 4: no zlib stream is shorter (RFC 1950, 2.2).</summary>
    private const int ShortestZlibBytes = 8;

    /// <summary>A member ends in the checksum and the size of what it holds (RFC 1952, 2.3.1).</summary>
    private const int TrailerBytes = 8;

    /// <summary>The first array is at most this many times the compressed size, whatever the trailer claims.</summary>
    private const int TrustedRatio = 16;

    /// <summary>Tells a gzip stream from a protobuf message: 0x1f would be a tag of wire type 7, which does not exist.</summary>
    public static bool LooksCompressed(ReadOnlySpan<byte> body) => body.StartsWith("\u001f"u8);

    /// <summary>Decompresses.</summary>
    /// <param name="compressed">A whole gzip stream of one member or several (RFC 1952, 2.2), or a zlib stream (RFC 1950), which is what <c>deflate</c> means.</param>
    /// <param name="decoded">Where the bytes go; its limit is the bound.</param>
    /// <returns><see cref="BodyError.None"/>, or why not.</returns>
    public static BodyError Decode(PooledBody compressed, PooledBody decoded)
    {
        if (!LooksCompressed(compressed.Written))
        {
            return DecodeZlib(compressed, decoded);
        }

        if (compressed.Length < ShortestStreamBytes)
        {
            return BodyError.Corrupt;
        }

        // The last four bytes are the decoded size modulo 2^32 (RFC 1952, 2.3.1).
        var claimed = BinaryPrimitives.ReadUInt32LittleEndian(compressed.Written[^sizeof(uint)..]);
        var expected = (int)Math.Min(claimed, Math.Min((long)compressed.Length * TrustedRatio, int.MaxValue));
        try
        {
            using var source = compressed.OpenRead();
            using var gzip = new GZipStream(source, CompressionMode.Decompress);
            var fault = decoded.Append(gzip, expected);

            // GZipStream checks the checksum of a member when it gets there, but takes some streams that end before it. The
            // trailer at the end is that of the whole, or of the last of several members.
            return fault == BodyError.None && claimed != (uint)decoded.Length && !IsLastMember(compressed.Written, decoded.Written) ? BodyError.Corrupt : fault;
        }
        catch (InvalidDataException)
        {
            return BodyError.Corrupt;
        }
    }

    private static BodyError DecodeZlib(PooledBody compressed, PooledBody decoded)
    {
        if (compressed.Length < ShortestZlibBytes)
        {
            return BodyError.Corrupt;
        }

        try
        {
            using var source = compressed.OpenRead();
            using var zlib = new ZLibStream(source, CompressionMode.Decompress);
            var fault = decoded.Append(zlib, compressed.Length);
            return fault == BodyError.None && BinaryPrimitives.ReadUInt32BigEndian(compressed.Written[^sizeof(uint)..]) != Adler(decoded.Written) ? BodyError.Corrupt : fault;
        }
        catch (InvalidDataException)
        {
            return BodyError.Corrupt;
        }
    }

    // Adler-32 (RFC 1950, section 9): a stream that ends early is taken without it.
    private static uint Adler(ReadOnlySpan<byte> bytes)
    {
        const uint modulus = 65521;
        var (a, b) = (1u, 0u);
        foreach (var value in bytes)
        {
            a = (a + value) % modulus;
            b = (b + a) % modulus;
        }

        return (b << 16) | a;
    }

    private static bool IsLastMember(ReadOnlySpan<byte> compressed, ReadOnlySpan<byte> decoded)
    {
        var trailer = compressed[^TrailerBytes..];
        var length = BinaryPrimitives.ReadUInt32LittleEndian(trailer[sizeof(uint)..]);
        return length < (uint)decoded.Length && BinaryPrimitives.ReadUInt32LittleEndian(trailer) == Checksum(decoded[^(int)length..]);
    }

    // CRC-32 bit by bit (RFC 1952, section 8): only for streams of several members, which are rare.
    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ (0xEDB88320 & (0 - (crc & 1)));
            }
        }

        return ~crc;
    }
}
