using System.Numerics;
using PerfLab.Collector.Payloads;

namespace PerfLab.Collector.Accounting;

/// <summary>
/// Estimates how many different traces were seen in 4,096 bytes however many there are: HyperLogLog (Flajolet, Fusy,
/// Gandouet and Meunier, 2007, figure 3) with 64-bit hashes, which need no correction for large counts.
/// Its standard error is 1.04 / sqrt(4096) = 1.6 %.
/// </summary>
internal sealed class TraceCardinalityEstimator
{
    private const int IndexBits = 12;
    private const int RegisterCount = 1 << IndexBits;

    /// <summary>The constant alpha for 128 registers and more (ibid.).</summary>
    private const double Alpha = 0.7213 / (1 + (1.079 / RegisterCount));

    /// <summary>2 to the power of minus the index; a register holds at most 64 - 12 + 1.</summary>
    private static readonly double[] InversePowers = [.. Enumerable.Range(0, 64 - IndexBits + 2).Select(power => Math.ScaleB(1, -power))];

    private readonly byte[] registers = new byte[RegisterCount];

    /// <summary>Gets the estimate of how many different ids were added.</summary>
    public long Estimate
    {
        get
        {
            var sum = 0.0;
            var empty = 0;
            foreach (var register in registers)
            {
                sum += InversePowers[register];
                empty += register == 0 ? 1 : 0;
            }

            var raw = Alpha * RegisterCount * RegisterCount / sum;
            var small = raw <= 2.5 * RegisterCount && empty > 0;
            return (long)Math.Round(small ? RegisterCount * Math.Log((double)RegisterCount / empty) : raw);
        }
    }

    /// <summary>Adds a trace.</summary>
    /// <param name="traceId">Its 16 bytes.</param>
    public void Add(ReadOnlySpan<byte> traceId)
    {
        var hash = TraceKey.Of(traceId).Hash;
        var index = (int)(hash >> (64 - IndexBits));
        var rank = (byte)(BitOperations.LeadingZeroCount((hash << IndexBits) | (1UL << (IndexBits - 1))) + 1);
        registers[index] = Math.Max(registers[index], rank);
    }

    /// <summary>Forgets everything.</summary>
    public void Clear() => Array.Clear(registers);
}
