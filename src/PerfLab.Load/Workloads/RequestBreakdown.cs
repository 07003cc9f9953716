using PerfLab.Experiments.Results;

namespace PerfLab.Load.Workloads;

/// <summary>
/// Counts and response times by the name of the request, of requests of one mix. All memory is taken beforehand: recording
/// allocates nothing. Not thread-safe.
/// </summary>
public sealed class RequestBreakdown
{
    private const int SignificantDigits = 3;

    private readonly NamedRequests[] _names;

    // By the place of a request in the mix, of which a name has one for each row of its feed.
    private readonly NamedRequests[] _ofEntry;

    /// <param name="mix">The requests that will be sent.</param>
    public RequestBreakdown(RequestMix mix)
    {
        var names = new Dictionary<string, NamedRequests>(StringComparer.Ordinal);
        _ofEntry = [.. mix.Entries.Select(entry => names.TryGetValue(entry.Template.Request.Name, out var known) ? known : names[entry.Template.Request.Name] = new NamedRequests(entry.Template.Request.Name))];
        _names = [.. names.Values];
    }

    /// <summary>Forgets everything.</summary>
    public void Reset()
    {
        foreach (var name in _names)
        {
            name.Reset();
        }
    }

    /// <summary>Adds what another breakdown of the same mix recorded; the other stays as it is.</summary>
    public void Add(RequestBreakdown other)
    {
        foreach (var (name, more) in _names.Zip(other._names))
        {
            name.Add(more);
        }
    }

    internal NamedRequests? Find(string name) => _names.FirstOrDefault(requests => requests.Name == name);

    /// <summary>Makes the record of every name.</summary>
    /// <param name="windowSeconds">The measured window; 0 where nobody asks for a rate.</param>
    public IReadOnlyList<RequestRecord> ToRecords(double windowSeconds) => [.. _names.Select(name => name.ToRecord(windowSeconds))];

    internal void Offered(int request) => _ofEntry[request].Offered++;

    internal void Failed(int request, ErrorKind kind)
    {
        var name = _ofEntry[request];
        name.Errors++;
        name.ErrorsByKind.Count(kind, code: 0);
    }

    internal void Answered(int request, long responseNanoseconds, bool isInWindow)
    {
        var name = _ofEntry[request];
        name.Answered++;
        name.AnsweredInWindow += isInWindow ? 1 : 0;
        name.ResponseTime.Record(responseNanoseconds);
    }

    /// <summary>The requests of one name.</summary>
    internal sealed class NamedRequests(string name)
    {
        public string Name { get; } = name;

        public long Offered { get; set; }

        public long Errors { get; set; }

        public long Answered { get; set; }

        public long AnsweredInWindow { get; set; }

        public ErrorTally ErrorsByKind { get; } = new();

        public LatencyHistogram ResponseTime { get; } = new(SignificantDigits);

        public void Reset()
        {
            (Offered, Errors, Answered, AnsweredInWindow) = (0, 0, 0, 0);
            ErrorsByKind.Reset();
            ResponseTime.Reset();
        }

        public void Add(NamedRequests other)
        {
            Offered += other.Offered;
            Errors += other.Errors;
            Answered += other.Answered;
            AnsweredInWindow += other.AnsweredInWindow;
            ErrorsByKind.Add(other.ErrorsByKind);
            ResponseTime.Add(other.ResponseTime);
        }

        public RequestRecord ToRecord(double windowSeconds) => new()
        {
            Name = Name,
            Offered = Offered,
            Answered = Answered,
            Errors = Errors,
            ErrorsByKind = ErrorsByKind.ToCounts(),
            Dropped = Offered - Answered - Errors,
            AnsweredPerSecond = windowSeconds > 0 ? AnsweredInWindow / windowSeconds : null,
            ResponseTime = ResponseTime.Summarize(),
        };
    }
}
