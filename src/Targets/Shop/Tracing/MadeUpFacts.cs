using System.Collections.Immutable;
using System.Globalization;

namespace Shop.Tracing;

/// <summary>
/// Facts that mean nothing, to fill a span up to a number of facts. Texts are made beforehand and taken in turn: what is
/// measured is the telling, not the making, and a compressor does not find the same text at the same place in each span.
/// </summary>
internal sealed class MadeUpFacts
{
    private const int TextCount = 256;
    private const int Seed = 20260101;

    private readonly ImmutableArray<string> _keys;
    private readonly ImmutableArray<string> _texts;
    private int _next;

    /// <summary>Initializes a new instance of the <see cref="MadeUpFacts"/> class.</summary>
    /// <param name="count">The most facts that one span needs.</param>
    /// <param name="length">The length of a text in characters.</param>
    public MadeUpFacts(int count, int length)
    {
        _keys = [.. Enumerable.Range(1, count).Select(number => string.Create(CultureInfo.InvariantCulture, $"shop.fact.{number:00}"))];
        var random = new Random(Seed);
        _texts = [.. Enumerable.Range(0, TextCount).Select(_ => random.GetString("abcdefghijklmnopqrstuvwxyz0123456789", length))];
    }

    /// <summary>Takes the next place in the texts, so that two spans tell different ones.</summary>
    /// <returns>The place.</returns>
    public int NextPlace() => Interlocked.Increment(ref _next);

    /// <summary>Gets a fact.</summary>
    /// <param name="index">Which of the span's made-up facts, from 0.</param>
    /// <param name="place">The span's place.</param>
    /// <returns>Key and text.</returns>
    public KeyValuePair<string, object?> At(int index, int place) => new(_keys[index], _texts[(int)((uint)(place + (index * 31)) % TextCount)]);
}
