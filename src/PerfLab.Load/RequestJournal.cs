namespace PerfLab.Load;

/// <summary>
/// Writes down what became of each request of a mix, by its place in the mix: of a <see cref="RequestMix.Sequence"/> each is sent
/// once. Thread-safe.
/// </summary>
/// <param name="requests">How many requests the mix has.</param>
public sealed class RequestJournal(int requests)
{
    private readonly Lock _gate = new();
    private readonly RequestOutcome[] _outcomes = new RequestOutcome[requests];

    /// <summary>Reads all outcomes, in the order of the mix.</summary>
    public IReadOnlyList<RequestOutcome> Read()
    {
        lock (_gate)
        {
            return [.. _outcomes];
        }
    }

    internal void Answered(int request, long startNanoseconds, long responseNanoseconds) =>
        Write(request, RequestFate.Answered, startNanoseconds, responseNanoseconds);

    internal void Failed(int request, long startNanoseconds, long responseNanoseconds) =>
        Write(request, RequestFate.Failed, startNanoseconds, responseNanoseconds);

    private void Write(int request, RequestFate fate, long startNanoseconds, long responseNanoseconds)
    {
        lock (_gate)
        {
            _outcomes[request] = new RequestOutcome(fate, startNanoseconds / 1e9, responseNanoseconds / 1e9);
        }
    }
}
