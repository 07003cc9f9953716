using PerfLab.Collector.Traces;

namespace PerfLab.Collector.TailSampling;

/// <summary>Is handed every span that is kept: with tail sampling when its trace has been judged, else when it arrives.</summary>
internal interface IKeptSpans
{
    /// <summary>Looks at a span that is kept. What it wants to hold on to it copies.</summary>
    /// <param name="resource">Who made it.</param>
    /// <param name="span">The span.</param>
    /// <param name="arrivedUnixNanoseconds">When it arrived, by the clock of this machine.</param>
    void Keep(ResourceView resource, SpanView span, long arrivedUnixNanoseconds);
}
