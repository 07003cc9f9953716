using PerfLab.Experiments.Results;
using PerfLab.Load;

namespace PerfLab.Runner.Tests.LaunchSets;

/// <summary>What a driver says of requests that were all started and answered in time.</summary>
internal static class AnsweredLoad
{
    public static LoadResult Of(long count, double seconds) => new()
    {
        Counts = new RequestCounts { Offered = count, Started = count, Answered = count, AnsweredInWindow = count, Dropped = 0, Late = null, Errors = 0 },
        WindowSeconds = seconds,
        Errors = new Dictionary<string, long>(StringComparer.Ordinal),
        ScheduledSeconds = seconds,
        ElapsedSeconds = seconds,
        GeneratorCpuSeconds = null,
        ErrorExamples = new Dictionary<string, string>(StringComparer.Ordinal),
        BytesReceived = 0,
        BytesSent = null,
        ConnectionsOpened = null,
        WasCancelled = false,
    };
}
