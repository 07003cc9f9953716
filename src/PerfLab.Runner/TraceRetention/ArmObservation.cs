using System.Globalization;
using System.Text;
using PerfLab.Collector.Capture;

namespace PerfLab.Runner.TraceRetention;

/// <summary>What was sent to an arm in the window, and which spans were kept of it.</summary>
/// <param name="Requests">The requests that were sent, in their order.</param>
/// <param name="BeginUnixNanoseconds">When the window began, by the clock of the machine.</param>
/// <param name="Spans">The spans that were kept while the window lasted, in the order in which they could be seen.</param>
internal sealed record ArmObservation(IReadOnlyList<ObservedRequest> Requests, long BeginUnixNanoseconds, IReadOnlyList<SampledSpan> Spans);

/// <summary>A request of the window with what became of it, as the load generator knows it.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Kind">Which kind it is.</param>
/// <param name="StartSeconds">When it was due, from the beginning of the window.</param>
/// <param name="ResponseSeconds">How long it took.</param>
/// <param name="HasFailed">Whether it failed, on purpose or not.</param>
internal sealed record ObservedRequest(long Number, string Kind, double StartSeconds, double ResponseSeconds, bool HasFailed);

/// <summary>Every request of the window of one arm as a line of CSV, for who wants to look at single ones.</summary>
internal static class RequestTable
{
    private const string Head = "request,kind,start_seconds,response_seconds,failed,seen_seconds,spans,error_seen";

    /// <summary>Makes the text; what was not kept has nothing in its last three columns.</summary>
    public static string Of(ArmObservation arm)
    {
        var traces = RetainedTraceMatcher.Find(arm);
        var text = new StringBuilder(Head).Append('\n');
        foreach (var request in arm.Requests)
        {
            text.Append(CultureInfo.InvariantCulture, $"{request.Number},{request.Kind},{request.StartSeconds:0.000000},{request.ResponseSeconds:0.000000},{Flag(request.HasFailed)},");
            text.Append(traces.TryGetValue(request.Number, out var trace)
                ? string.Create(CultureInfo.InvariantCulture, $"{trace.SeenSeconds:0.000},{trace.Spans.Count},{Flag(trace.HasError)}\n")
                : ",,\n");
        }

        return text.ToString();
    }

    private static string Flag(bool value) => value ? "yes" : "no";
}
