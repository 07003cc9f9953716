namespace PerfLab.Load.Http;

/// <summary>Cuts a stream of bytes into lines. A line that arrives whole is not copied; a split one is kept up to a limit.</summary>
/// <param name="maxBytes">The longest line, with its end.</param>
internal sealed class LineBuffer(int maxBytes)
{
    private const int SmallestKept = 256;

    private byte[] _kept = [];

    /// <summary>Gets the bytes kept of the line whose end has not come.</summary>
    public int KeptCount { get; private set; }

    public void Clear() => KeptCount = 0;

    /// <summary>Takes one line, without its LF, off the front of the data.</summary>
    /// <param name="data">Shortened by what was taken.</param>
    /// <param name="line">Valid until the next call.</param>
    /// <param name="isTooLong">True when the line exceeds the limit.</param>
    /// <returns>False when the end of the line has not come or the line is too long.</returns>
    public bool TryTake(ref ReadOnlySpan<byte> data, out ReadOnlySpan<byte> line, out bool isTooLong)
    {
        var end = data.IndexOf((byte)'\n');
        var piece = end < 0 ? data : data[..end];
        isTooLong = KeptCount + piece.Length >= maxBytes;
        line = piece;
        if (isTooLong)
        {
            return false;
        }

        data = end < 0 ? default : data[(end + 1)..];
        if (end >= 0 && KeptCount == 0)
        {
            return true;
        }

        Keep(piece);
        if (end < 0)
        {
            return false;
        }

        line = _kept.AsSpan(0, KeptCount);
        KeptCount = 0;
        return true;
    }

    private void Keep(ReadOnlySpan<byte> piece)
    {
        var needed = KeptCount + piece.Length;
        if (needed > _kept.Length)
        {
            Array.Resize(ref _kept, Math.Min(maxBytes, Math.Max(SmallestKept, needed * 2)));
        }

        piece.CopyTo(_kept.AsSpan(KeptCount));
        KeptCount = needed;
    }
}
