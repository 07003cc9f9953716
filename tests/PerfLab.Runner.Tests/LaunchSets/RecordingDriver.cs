using PerfLab.Load;
using PerfLab.Load.Drivers;
using PerfLab.Load.Simulations;

namespace PerfLab.Runner.Tests.LaunchSets;

/// <summary>Sends nothing; answers every scheduled request at once.</summary>
internal sealed class RecordingDriver(Uri address, EventLog events) : IRequestDriver
{
    private int _openRuns;

    /// <summary>Gets or sets the open-loop run, from 1, in which all requests start 5 ms late.</summary>
    public int? LateRun { get; set; }

    /// <summary>Gets or sets the open-loop run, from 1, after which nothing is answered any more.</summary>
    public int? LastAnsweredRun { get; set; }

    public LoadResult RunOpen(ArrivalSchedule schedule, LatencyRecorder recorder, CancellationToken cancellationToken)
    {
        events.Add($"load {address.Port}");
        _openRuns++;
        for (var request = 0; request < schedule.Count; request++)
        {
            recorder.RecordLateness(_openRuns == LateRun ? 5_000_000 : 10_000);
            recorder.RecordAnswer(0, 0, 1_000_000);
        }

        return _openRuns > LastAnsweredRun ? Silence(schedule.Count) : Answer(schedule.Count);
    }

    public LoadResult RunClosed(ClosedLoad load, LatencyRecorder recorder, CancellationToken cancellationToken)
    {
        events.Add($"saturate {address.Port}");
        return Answer(1000);
    }

    public void Dispose() => events.Add($"disconnect {address.Port}");

    private static LoadResult Silence(long count) => Answer(count) with
    {
        Counts = AnsweredLoad.Of(count, seconds: 0.1).Counts with { Answered = 0, AnsweredInWindow = 0, Errors = count },
        Errors = new Dictionary<string, long>(StringComparer.Ordinal) { ["status"] = count },
        ErrorExamples = new Dictionary<string, string>(StringComparer.Ordinal) { ["status"] = "502 came where 200 was expected." },
    };

    private static LoadResult Answer(long count) => AnsweredLoad.Of(count, seconds: 0.1);
}
