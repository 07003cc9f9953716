using PerfLab.Load.Http;
using PerfLab.Load.Outcomes;

namespace PerfLab.Load.Sockets;

/// <summary>Is told what becomes of requests; called on the thread that drives the engine, which it may start new requests on.</summary>
internal interface IExchangeObserver
{
    /// <summary>The first byte of a request is about to be sent.</summary>
    void Sent(PreparedRequest request, long intendedNanoseconds, long sentNanoseconds);

    /// <summary>The expected response is complete.</summary>
    void Answered(PreparedRequest request, long intendedNanoseconds, long sentNanoseconds, long doneNanoseconds);

    /// <summary>The request ended otherwise.</summary>
    /// <param name="request">Which.</param>
    /// <param name="intendedNanoseconds">When it was due.</param>
    /// <param name="kind">How.</param>
    /// <param name="code">See <see cref="ErrorTally.Count(ErrorKind, int)"/>.</param>
    /// <param name="nowNanoseconds">When.</param>
    void Failed(PreparedRequest request, long intendedNanoseconds, ErrorKind kind, int code, long nowNanoseconds);
}
