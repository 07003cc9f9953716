namespace PerfLab.Load.Workloads;

/// <summary>
/// Puts weighted kinds of requests in a random order that keeps the proportions exact over short sequences: decks of cards,
/// each shuffled by itself. Independent draws would let the share of a costly kind vary from slice to slice.
/// </summary>
internal static class WeightedOrder
{
    // Proportions are kept to 0.1 % when no smaller deck holds them exactly.
    private const int LargestDeck = 1000;

    // Long enough that the order does not repeat visibly; then it starts again.
    private const int ShortestOrder = 16_384;

    /// <summary>Makes the order: indices of kinds, to be repeated for ever.</summary>
    /// <param name="weights">Positive numbers.</param>
    /// <param name="seed">Equal seeds give equal orders.</param>
    public static ushort[] Create(IReadOnlyList<double> weights, ulong seed)
    {
        var deck = Deal(weights);
        if (weights.Count == 1)
        {
            return deck;
        }

        var random = new RandomSequence(seed);
        var order = new ushort[(ShortestOrder + deck.Length - 1) / deck.Length * deck.Length];
        for (var start = 0; start < order.Length; start += deck.Length)
        {
            var part = order.AsSpan(start, deck.Length);
            deck.CopyTo(part);
            random.Shuffle(part);
        }

        return order;
    }

    private static ushort[] Deal(IReadOnlyList<double> weights)
    {
        var counts = CountCards(weights);
        var deck = new List<ushort>();
        for (var kind = 0; kind < counts.Length; kind++)
        {
            deck.AddRange(Enumerable.Repeat((ushort)kind, counts[kind]));
        }

        return [.. deck];
    }

    private static int[] CountCards(IReadOnlyList<double> weights)
    {
        var sum = weights.Sum();
        var largest = Math.Max(LargestDeck, 4 * weights.Count);
        for (var size = weights.Count; size < largest; size++)
        {
            var counts = weights.Select(weight => weight / sum * size).ToArray();
            if (counts.All(count => count > 0.5 && Math.Abs(count - Math.Round(count)) < 1e-9))
            {
                return Array.ConvertAll(counts, count => (int)Math.Round(count));
            }
        }

        // At least one card each: a rare kind is still sent.
        return [.. weights.Select(weight => Math.Max(1, (int)Math.Round(weight / sum * largest)))];
    }
}

/// <summary>Goes through a mix, request by request. Two cursors over one mix give the same requests.</summary>
/// <param name="order">Kinds of requests in order.</param>
/// <param name="variants">Where the requests of each kind lie in the list of all.</param>
internal sealed class MixCursor(ushort[] order, RequestVariants[] variants)
{
    private readonly long[] _uses = new long[variants.Length];
    private int _position;

    /// <summary>Gets the next request as an index into the list of all requests.</summary>
    public int Next()
    {
        var kind = order[_position];
        _position = _position + 1 == order.Length ? 0 : _position + 1;
        var (first, count, counter) = variants[kind];
        return first + (int)(_uses[counter]++ % count);
    }
}

/// <summary>Where the requests of one kind lie in the list of all, variant after variant.</summary>
/// <param name="First">Index of the first variant.</param>
/// <param name="Count">Number of variants.</param>
/// <param name="Counter">Which count of uses decides the variant; kinds that must not use a row twice have one together.</param>
internal readonly record struct RequestVariants(int First, int Count, int Counter);
