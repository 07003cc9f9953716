namespace Shop.Handicaps;

/// <summary>Allocates an exact number of managed bytes and drops them at once.</summary>
internal static class HeapAllocator
{
    /// <summary>Objects are aligned to this many bytes in a 64-bit process.</summary>
    public const int AlignmentBytes = 8;

    /// <summary>An empty array of bytes in a 64-bit process: header, method table and length, 8 bytes each.</summary>
    public const int MinimumBytes = 24;

    // Far below the large object heap (85,000 bytes), whose collections are of another kind.
    private const int ChunkBytes = 4096;

    private static byte[] _last = [];

    /// <summary>Allocates.</summary>
    /// <param name="bytes">A multiple of <see cref="AlignmentBytes"/>, 0 or at least <see cref="MinimumBytes"/>.</param>
    public static void Allocate(int bytes)
    {
        while (bytes > 0)
        {
            // What is left after this chunk must be nothing, or room for another array.
            var chunk = bytes <= ChunkBytes ? bytes : Math.Min(ChunkBytes, bytes - MinimumBytes);

            // Written where another thread could see it: what cannot escape is put on the stack by the compiler.
            Volatile.Write(ref _last, new byte[chunk - MinimumBytes]);
            bytes -= chunk;
        }
    }
}
