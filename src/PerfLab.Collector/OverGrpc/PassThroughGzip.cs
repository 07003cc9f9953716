using System.IO.Compression;
using Grpc.Net.Compression;

namespace PerfLab.Collector.OverGrpc;

/// <summary>
/// Tells Grpc.AspNetCore that gzip is understood but hands the compressed bytes on as they are, so that our own decoder
/// bounds what they unfold to, uses pooled memory, and the bytes on the wire can be counted.
/// </summary>
internal sealed class PassThroughGzip : ICompressionProvider
{
    /// <inheritdoc/>
    public string EncodingName => "gzip";

    /// <inheritdoc/>
    public Stream CreateDecompressionStream(Stream stream) => stream;

    /// <inheritdoc/>
    public Stream CreateCompressionStream(Stream stream, CompressionLevel? compressionLevel) =>
        throw new NotSupportedException("Answers are not compressed: they have a few bytes. Leave the response algorithm unset.");
}
