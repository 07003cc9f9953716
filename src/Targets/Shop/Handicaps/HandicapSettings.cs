using System.Globalization;

namespace Shop.Handicaps;

/// <summary>
/// Costs that are put into the shop on purpose, of known size: what <c>./run.sh calibrate</c> has to find again. Nothing is the
/// default, and then not one instruction is added to an order.
/// </summary>
internal sealed record HandicapSettings
{
    /// <summary>Gets CPU time burnt for each order; zero for none.</summary>
    public required TimeSpan Cpu { get; init; }

    /// <summary>Gets managed bytes allocated for each order and dropped at once, a multiple of 8; zero for none.</summary>
    public required int AllocatedBytes { get; init; }

    /// <summary>Gets the time that each order waits without using a processor; zero for none.</summary>
    public required TimeSpan Delay { get; init; }

    /// <summary>Gets the CPU time of each burst in the background; zero for none.</summary>
    public required TimeSpan BurstCpu { get; init; }

    /// <summary>Gets the managed bytes that each burst allocates and drops, a multiple of 8; zero for none.</summary>
    public required int BurstAllocatedBytes { get; init; }

    /// <summary>Gets the time from the beginning of a burst to that of the next; null without bursts.</summary>
    public required TimeSpan? BurstInterval { get; init; }

    /// <summary>Gets a value indicating whether an order costs more than it would.</summary>
    public bool SlowsOrders => Cpu > TimeSpan.Zero || AllocatedBytes > 0 || Delay > TimeSpan.Zero;
}

/// <summary>Reads the <c>SHOP_HANDICAP_*</c> variables strictly: a handicap of another size than asked for would calibrate nothing.</summary>
internal static class HandicapSettingsReader
{
    private const string BurstInterval = "SHOP_HANDICAP_BURST_EVERY_MS";
    private const string BurstCpu = "SHOP_HANDICAP_BURST_CPU_US";
    private const string BurstBytes = "SHOP_HANDICAP_BURST_ALLOC_BYTES";

    // An order that takes longer than this is abandoned by whoever waits for it.
    private const int MostPerOrderMicroseconds = 1_000_000;
    private const int MostBytes = 1 << 30;
    private const int MostBurstMicroseconds = 10_000_000;
    private const int MostIntervalMilliseconds = 3_600_000;

    /// <summary>Reads and validates.</summary>
    /// <param name="variable">Looks up a variable; null when it is not set.</param>
    /// <param name="faults">Receives one sentence for each value that is not understood.</param>
    public static HandicapSettings Read(Func<string, string?> variable, ICollection<string> faults)
    {
        var interval = Count(BurstInterval, 1, MostIntervalMilliseconds, "milliseconds");
        var settings = new HandicapSettings
        {
            Cpu = Microseconds("SHOP_HANDICAP_CPU_US", MostPerOrderMicroseconds),
            AllocatedBytes = Bytes("SHOP_HANDICAP_ALLOC_BYTES"),
            Delay = Microseconds("SHOP_HANDICAP_DELAY_US", MostPerOrderMicroseconds),
            BurstCpu = Microseconds(BurstCpu, MostBurstMicroseconds),
            BurstAllocatedBytes = Bytes(BurstBytes),
            BurstInterval = interval is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : null,
        };
        CheckBursts(settings, faults);
        return settings;

        TimeSpan Microseconds(string name, int most) => TimeSpan.FromMicroseconds(Count(name, 0, most, "microseconds") ?? 0);

        int Bytes(string name)
        {
            var bytes = Count(name, 0, MostBytes, "bytes") ?? 0;
            if (bytes is 0 || (bytes >= HeapAllocator.MinimumBytes && bytes % HeapAllocator.AlignmentBytes == 0))
            {
                return bytes;
            }

            faults.Add($"{name}: the runtime allocates {HeapAllocator.MinimumBytes} bytes or more, in steps of {HeapAllocator.AlignmentBytes}, so {bytes} cannot be met. Use a multiple of {HeapAllocator.AlignmentBytes}.");
            return 0;
        }

        int? Count(string name, int least, int most, string unit)
        {
            if (variable(name) is not { } text || string.IsNullOrWhiteSpace(text))
            {
                return null;
            }

            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most)
            {
                return value;
            }

            faults.Add($"{name}: \"{text}\" is not understood. Use {unit} as a whole number from {least} to {most}.");
            return null;
        }
    }

    private static void CheckBursts(HandicapSettings settings, ICollection<string> faults)
    {
        var hasBurst = settings.BurstCpu > TimeSpan.Zero || settings.BurstAllocatedBytes > 0;
        if (hasBurst && settings.BurstInterval is null)
        {
            faults.Add($"{BurstInterval}: it is missing, and there is a burst. Say how often it comes.");
        }
        else if (!hasBurst && settings.BurstInterval is not null)
        {
            faults.Add($"{BurstInterval}: there is no burst. Set {BurstCpu} or {BurstBytes} too.");
        }
        else if (settings.BurstCpu >= settings.BurstInterval)
        {
            faults.Add($"{BurstCpu}: a burst is as long as the time to the next. Make it shorter, or {BurstInterval} longer.");
        }
    }
}
