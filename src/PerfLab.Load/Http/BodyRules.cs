namespace PerfLab.Load.Http;

/// <summary>A check of a body, ready for use.</summary>
/// <param name="Text">What it must hold; empty for nothing.</param>
/// <param name="MinBytes">Its least length.</param>
/// <param name="MaxBytes">Its greatest length.</param>
internal sealed record BodyRules(ReadOnlyMemory<byte> Text, long MinBytes, long MaxBytes)
{
    public bool Hold(long bodyBytes, bool textFound) => bodyBytes >= MinBytes && bodyBytes <= MaxBytes && (Text.IsEmpty || textFound);
}
