using PerfLab.Load.Workloads;

namespace PerfLab.Load.Drivers;

/// <summary>
/// Records the outcome of each request of a mix, by its place in the mix: of a <see cref="RequestMix.Sequence"/> each is sent
/// once. Thread-safe.
/// </summary>
/// <param name="requests">How many requests the mix has.</param>
public sealed class RequestJournal(int requests)
{
    private readonly Lock _gate = new();
    private readonly RequestResult[] _outcomes = new RequestResult[requests];

    /// <summary>Reads all outcomes, in the order of the mix.</summary>
    public IReadOnlyList<RequestResult> Read()
    {
        lock (_gate)
        {
            return [.. _outcomes];
        }
    }

    internal void Answered(int request, long startNanoseconds, long responseNanoseconds) =>
        Write(request, RequestStatus.Answered, startNanoseconds, responseNanoseconds);

    internal void Failed(int request, long startNanoseconds, long responseNanoseconds) =>
        Write(request, RequestStatus.Failed, startNanoseconds, responseNanoseconds);

    private void Write(int request, RequestStatus fate, long startNanoseconds, long responseNanoseconds)
    {
        lock (_gate)
        {
            _outcomes[request] = new RequestResult(fate, startNanoseconds / 1e9, responseNanoseconds / 1e9);
        }
    }
}

/// <summary>What became of one request, and when.</summary>
/// <param name="Status">What.</param>
/// <param name="StartSeconds">When it was due, from the beginning of the run.</param>
/// <param name="ResponseSeconds">From when it was due to its end.</param>
public readonly record struct RequestResult(RequestStatus Status, double StartSeconds, double ResponseSeconds);

/// <summary>What became of one request.</summary>
public enum RequestStatus
{
    /// <summary>It was not sent, or nobody knows.</summary>
    Unknown = 0,

    /// <summary>It was answered with the expected status.</summary>
    Answered = 1,

    /// <summary>It ended in an error.</summary>
    Failed = 2,
}
