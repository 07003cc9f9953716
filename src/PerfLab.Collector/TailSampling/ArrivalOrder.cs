namespace PerfLab.Collector.TailSampling;

/// <summary>Undecided traces in the order in which they began to arrive, linked through themselves so that any can leave at once.</summary>
internal sealed class ArrivalOrder
{
    private UndecidedTrace? last;

    /// <summary>Gets the trace that waits longest.</summary>
    public UndecidedTrace? First { get; private set; }

    /// <summary>Adds a trace as the youngest.</summary>
    public void Add(UndecidedTrace trace)
    {
        trace.Previous = last;
        trace.Next = null;
        if (last is null)
        {
            First = trace;
        }
        else
        {
            last.Next = trace;
        }

        last = trace;
    }

    /// <summary>Takes a trace out.</summary>
    public void Remove(UndecidedTrace trace)
    {
        if (trace.Previous is null)
        {
            First = trace.Next;
        }
        else
        {
            trace.Previous.Next = trace.Next;
        }

        if (trace.Next is null)
        {
            last = trace.Previous;
        }
        else
        {
            trace.Next.Previous = trace.Previous;
        }

        trace.Previous = null;
        trace.Next = null;
    }
}
