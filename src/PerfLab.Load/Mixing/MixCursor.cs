namespace PerfLab.Load.Mixing;

/// <summary>Goes through a mix, iteration by iteration. Two cursors over one mix give the same requests.</summary>
/// <param name="order">Scenarios in order.</param>
/// <param name="variants">Where the requests of each scenario lie in the list of all.</param>
internal sealed class MixCursor(ushort[] order, ScenarioVariants[] variants)
{
    private readonly int[] _used = new int[variants.Length];
    private int _position;

    /// <summary>Gets the first request of the next iteration as an index into the list of all requests.</summary>
    public int Next()
    {
        var scenario = order[_position];
        _position = _position + 1 == order.Length ? 0 : _position + 1;
        var (first, count, steps) = variants[scenario];
        var used = _used[scenario];
        _used[scenario] = used + 1 == count ? 0 : used + 1;
        return first + (used * steps);
    }
}
