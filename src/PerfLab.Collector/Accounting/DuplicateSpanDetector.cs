using System.Buffers.Binary;

namespace PerfLab.Collector.Accounting;

/// <summary>
/// Recognises span ids that came before, in bounded memory: two sets of ids, of which the older is forgotten when the newer
/// is full. A span that comes again within the last <see cref="CapacityPerSet"/> spans is always recognised, which a
/// sender that tries again after some seconds is; one that never came before is never taken for a duplicate.
/// </summary>
internal sealed class DuplicateSpanDetector
{
    /// <summary>Ids in a set: some seconds of the fastest sender here, in 4 MiB for both tables together with their gaps.</summary>
    public const int CapacityPerSet = TableLength / 2;

    private const int TableLength = 1 << 18;
    private const int FirstLength = 1 << 10;

    private ulong[] newer = [];
    private ulong[] older = [];
    private int count;

    /// <summary>Adds an id.</summary>
    /// <param name="spanId">Its 8 bytes, not all zero.</param>
    /// <returns>True if it came before.</returns>
    public bool CheckAndAdd(ReadOnlySpan<byte> spanId)
    {
        var id = BinaryPrimitives.ReadUInt64LittleEndian(spanId);
        if (count * 2 >= newer.Length)
        {
            MakeRoom();
        }

        if (Contains(older, id) || !TryInsert(newer, id))
        {
            return true;
        }

        count++;
        return false;
    }

    /// <summary>Forgets everything; the arrays stay.</summary>
    public void Clear()
    {
        Array.Clear(newer);
        Array.Clear(older);
        count = 0;
    }

    // Ids should be random but an exporter may count them up (Fibonacci hashing; Knuth, The Art of Computer Programming 3, 6.4).
    private static int PlaceOf(ulong id, int length) => (int)((id * 0x9E3779B97F4A7C15UL) >> 32) & (length - 1);

    private static bool Contains(ulong[] table, ulong id)
    {
        if (table.Length == 0)
        {
            return false;
        }

        var place = PlaceOf(id, table.Length);
        while (table[place] != 0)
        {
            if (table[place] == id)
            {
                return true;
            }

            place = (place + 1) & (table.Length - 1);
        }

        return false;
    }

    private static bool TryInsert(ulong[] table, ulong id)
    {
        var place = PlaceOf(id, table.Length);
        while (table[place] != 0)
        {
            if (table[place] == id)
            {
                return false;
            }

            place = (place + 1) & (table.Length - 1);
        }

        table[place] = id;
        return true;
    }

    private void MakeRoom()
    {
        if (newer.Length < TableLength)
        {
            var larger = new ulong[Math.Max(FirstLength, newer.Length * 2)];
            foreach (var id in newer)
            {
                if (id != 0)
                {
                    TryInsert(larger, id);
                }
            }

            newer = larger;
            return;
        }

        (newer, older) = (older.Length == TableLength ? older : new ulong[TableLength], newer);
        Array.Clear(newer);
        count = 0;
    }
}
