namespace PerfLab.Load.Mixing;

/// <summary>Goes through a mix, request by request. Two cursors over one mix give the same requests.</summary>
/// <param name="order">Kinds of requests in order.</param>
/// <param name="variants">First variant and number of variants of each kind, in the list of all variants.</param>
internal sealed class MixCursor(ushort[] order, (int First, int Count)[] variants)
{
    private readonly int[] _used = new int[variants.Length];
    private int _position;

    /// <summary>Gets the next request as an index into the list of all variants.</summary>
    public int Next()
    {
        var kind = order[_position];
        _position = _position + 1 == order.Length ? 0 : _position + 1;
        var (first, count) = variants[kind];
        var used = _used[kind];
        _used[kind] = used + 1 == count ? 0 : used + 1;
        return first + used;
    }
}
