namespace PerfLab.Collector.Costs;

/// <summary>Adds up the CPU time of stretches of work on any threads.</summary>
internal sealed class CpuMeter
{
    private long nanoseconds;

    /// <summary>Gets the CPU time so far; null where the platform does not tell.</summary>
    public double? Seconds => ThreadClock.ReadNanoseconds() is null ? null : Interlocked.Read(ref nanoseconds) / 1e9;

    /// <summary>Begins a stretch of work that ends on the same thread, when what is returned is disposed of.</summary>
    public Stretch Begin() => new(this);

    /// <summary>A stretch of work.</summary>
    internal readonly ref struct Stretch
    {
        private readonly CpuMeter meter;
        private readonly long? begin;

        /// <summary>Initialises a new instance of the <see cref="Stretch"/> struct.</summary>
        public Stretch(CpuMeter meter)
        {
            this.meter = meter;
            begin = ThreadClock.ReadNanoseconds();
        }

        /// <summary>Ends it.</summary>
        public void Dispose()
        {
            if (ThreadClock.ReadNanoseconds() - begin is { } used)
            {
                Interlocked.Add(ref meter.nanoseconds, used);
            }
        }
    }
}
