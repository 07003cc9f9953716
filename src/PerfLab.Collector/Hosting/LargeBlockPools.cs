using System.Buffers;
using Microsoft.AspNetCore.Connections;

namespace PerfLab.Collector.Hosting;

/// <summary>Kestrel's way to ask for pools.</summary>
internal sealed class LargeBlockPools : IMemoryPoolFactory<byte>
{
    /// <inheritdoc/>
    public MemoryPool<byte> Create(MemoryPoolOptions? options = null) => new LargeBlockPool();
}
