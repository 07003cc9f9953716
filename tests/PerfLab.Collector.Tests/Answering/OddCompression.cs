using System.IO.Compression;
using Grpc.Net.Compression;

namespace PerfLab.Collector.Tests.Answering;

/// <summary>Claims an encoding and sends the bytes as they are.</summary>
internal sealed class OddCompression(string name = "odd") : ICompressionProvider
{
    public string EncodingName => name;

    public Stream CreateCompressionStream(Stream stream, CompressionLevel? compressionLevel) => stream;

    public Stream CreateDecompressionStream(Stream stream) => stream;
}
