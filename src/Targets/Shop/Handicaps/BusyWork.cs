namespace Shop.Handicaps;

/// <summary>Burns CPU time of the calling thread.</summary>
internal static class BusyWork
{
    // About a tenth of a microsecond between two looks at the clock, so that it is overshot by less than half of one.
    private const int StepsBetweenLooks = 64;

    private static ulong _sink;

    /// <summary>
    /// Computes until the thread's own CPU clock has advanced by as much: what another thread takes away in between is not
    /// counted, and a processor that runs slower burns as long.
    /// </summary>
    /// <param name="time">CPU time to burn.</param>
    /// <returns>CPU time burnt; a little more.</returns>
    public static TimeSpan Burn(TimeSpan time)
    {
        var start = ThreadCpuClock.Read();
        var state = (ulong)start.Ticks | 1;
        TimeSpan burnt;
        do
        {
            for (var step = 0; step < StepsBetweenLooks; step++)
            {
                // Marsaglia's xorshift64 (Journal of Statistical Software 8 (2003) 14): each step needs the one before.
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
            }

            burnt = ThreadCpuClock.Read() - start;
        }
        while (burnt < time);
        Volatile.Write(ref _sink, state);
        return burnt;
    }
}
