using PerfLab.Experiments.Results;

namespace PerfLab.Load;

/// <summary>
/// Records the three durations of requests, each with 3 digits up to 10 minutes. Requests that ended in an error are counted
/// in <see cref="LoadResult.Errors"/> and not recorded as response or service time. Not thread-safe.
/// </summary>
public sealed class LatencyRecorder
{
    /// <summary>A start this much after its time is late, in seconds: the bound of a valid launch set.</summary>
    public const double LateSeconds = 0.001;

    private const int SignificantDigits = 3;
    private const long LateNanoseconds = (long)(LateSeconds * 1e9);

    private readonly LatencyHistogram _responseTime = new(SignificantDigits);
    private readonly LatencyHistogram _serviceTime = new(SignificantDigits);
    private readonly LatencyHistogram _startLateness = new(SignificantDigits);

    /// <summary>Gets the time from the intended start to the complete response, or null when nothing was recorded.</summary>
    public LatencySummary? ResponseTime => _responseTime.Summarize();

    /// <summary>Gets the time from the actual send to the complete response, or null when nothing was recorded.</summary>
    public LatencySummary? ServiceTime => _serviceTime.Summarize();

    /// <summary>Gets how much later than intended requests were sent, or null when nothing was recorded (a closed loop has no schedule).</summary>
    public LatencySummary? StartLateness => _startLateness.Summarize();

    /// <summary>Gets the starts that were late by more than <see cref="LateSeconds"/>.</summary>
    public long LateCount { get; private set; }

    internal LatencyHistogram Response => _responseTime;

    internal LatencyHistogram Service => _serviceTime;

    internal LatencyHistogram Lateness => _startLateness;

    /// <summary>Forgets everything.</summary>
    public void Reset()
    {
        _responseTime.Reset();
        _serviceTime.Reset();
        _startLateness.Reset();
        LateCount = 0;
    }

    /// <summary>Adds what another recorder recorded; the other stays as it is.</summary>
    public void Add(LatencyRecorder other)
    {
        _responseTime.Add(other._responseTime);
        _serviceTime.Add(other._serviceTime);
        _startLateness.Add(other._startLateness);
        LateCount += other.LateCount;
    }

    /// <summary>
    /// Writes three HdrHistogram logs (text, V2 payload, nanoseconds). Equal data give equal bytes: no wall clock is written.
    /// </summary>
    /// <param name="responsePath">File of the response time.</param>
    /// <param name="servicePath">File of the service time.</param>
    /// <param name="latenessPath">File of the start lateness.</param>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public void WriteLogs(string responsePath, string servicePath, string latenessPath)
    {
        _responseTime.WriteLog(responsePath);
        _serviceTime.WriteLog(servicePath);
        _startLateness.WriteLog(latenessPath);
    }

    /// <summary>Records a request that was answered as expected; three moments of one clock.</summary>
    /// <param name="intendedNanoseconds">When it was due.</param>
    /// <param name="sentNanoseconds">When it was sent.</param>
    /// <param name="doneNanoseconds">When its response was complete.</param>
    public void RecordAnswer(long intendedNanoseconds, long sentNanoseconds, long doneNanoseconds)
    {
        _responseTime.Record(doneNanoseconds - intendedNanoseconds);
        _serviceTime.Record(doneNanoseconds - sentNanoseconds);
    }

    /// <summary>Records how much later than intended a request was sent.</summary>
    /// <param name="nanoseconds">At least 0.</param>
    public void RecordLateness(long nanoseconds)
    {
        _startLateness.Record(nanoseconds);
        if (nanoseconds > LateNanoseconds)
        {
            LateCount++;
        }
    }
}
