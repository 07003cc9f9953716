namespace PerfLab.Collector.TailSampling;

/// <summary>What undecided traces hold, now and at most.</summary>
internal sealed class HeldRoom
{
    /// <summary>Gets the bytes held now.</summary>
    public long Bytes { get; private set; }

    /// <summary>Gets the traces held now.</summary>
    public int Traces { get; private set; }

    /// <summary>Gets the most bytes held since the peaks were last forgotten.</summary>
    public long PeakBytes { get; private set; }

    /// <summary>Gets the most traces held since then.</summary>
    public int PeakTraces { get; private set; }

    /// <summary>Adds bytes and traces, or takes them away.</summary>
    public void Change(long bytes, int traces)
    {
        Bytes += bytes;
        Traces += traces;
        PeakBytes = Math.Max(PeakBytes, Bytes);
        PeakTraces = Math.Max(PeakTraces, Traces);
    }

    /// <summary>Lets the peaks begin again at what is held now.</summary>
    public void ForgetPeaks() => (PeakBytes, PeakTraces) = (Bytes, Traces);
}
