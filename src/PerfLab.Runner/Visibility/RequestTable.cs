using System.Globalization;
using System.Text;

namespace PerfLab.Runner.Visibility;

/// <summary>Every request of the window of one arm as a line of CSV, for who wants to look at single ones.</summary>
internal static class RequestTable
{
    private const string Head = "request,kind,start_seconds,response_seconds,failed,seen_seconds,spans,error_seen";

    /// <summary>Makes the text; what was not kept has nothing in its last three columns.</summary>
    public static string Of(ArmObservation arm)
    {
        var traces = KeptTraces.Find(arm);
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
