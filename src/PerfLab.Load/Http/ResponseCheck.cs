namespace PerfLab.Load.Http;

/// <summary>What the body of a response with the expected status must fulfil; otherwise it is the error <c>unexpected_body</c>.</summary>
public sealed record ResponseCheck
{
    /// <summary>Gets a text that the body holds somewhere, as UTF-8, after decoding of chunks; null when any will do.</summary>
    public string? BodyContains { get; init; }

    /// <summary>Gets the least length of the body in bytes; null when any will do.</summary>
    public long? MinBodyBytes { get; init; }

    /// <summary>Gets the greatest length of the body in bytes; null when any will do.</summary>
    public long? MaxBodyBytes { get; init; }
}

/// <summary>A check of a body, ready for use.</summary>
/// <param name="Text">What it must hold; empty for nothing.</param>
/// <param name="MinBytes">Its least length.</param>
/// <param name="MaxBytes">Its greatest length.</param>
internal sealed record BodyCheck(ReadOnlyMemory<byte> Text, long MinBytes, long MaxBytes)
{
    public bool Passes(long bodyBytes, bool textFound) => bodyBytes >= MinBytes && bodyBytes <= MaxBytes && (Text.IsEmpty || textFound);
}

/// <summary>Searches a stream for a text and buffers no more than the length of the text.</summary>
internal sealed class BodySearch
{
    private ReadOnlyMemory<byte> _text;
    private byte[] _seam = [];
    private int _kept;

    public bool Found { get; private set; }

    /// <summary>Begins anew.</summary>
    /// <param name="text">What to look for; empty looks for nothing.</param>
    public void Begin(ReadOnlyMemory<byte> text)
    {
        _text = text;
        _kept = 0;
        Found = false;
    }

    public void Feed(ReadOnlySpan<byte> piece)
    {
        var text = _text.Span;
        if (Found || text.IsEmpty)
        {
            return;
        }

        Found = FeedSeam(piece, text) || piece.IndexOf(text) >= 0;
        if (!Found && piece.Length >= text.Length)
        {
            _kept = 0;
            Keep(piece[^(text.Length - 1)..]);
        }
    }

    // The text may begin in earlier pieces and end in this one: what is kept of them, followed by the beginning of this one.
    private bool FeedSeam(ReadOnlySpan<byte> piece, ReadOnlySpan<byte> text)
    {
        if (_kept == 0 && piece.Length >= text.Length)
        {
            return false;
        }

        Keep(piece[..Math.Min(piece.Length, text.Length - 1)]);
        var seam = _seam.AsSpan(0, _kept);
        if (seam.IndexOf(text) >= 0)
        {
            return true;
        }

        var surplus = Math.Max(0, _kept - (text.Length - 1));
        seam[surplus..].CopyTo(_seam);
        _kept -= surplus;
        return false;
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        if (_seam.Length < 2 * _text.Length)
        {
            Array.Resize(ref _seam, 2 * _text.Length);
        }

        bytes.CopyTo(_seam.AsSpan(_kept));
        _kept += bytes.Length;
    }
}
