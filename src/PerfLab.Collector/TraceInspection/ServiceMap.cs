using PerfLab.Collector.PersonalData;
using PerfLab.Experiments.Results;

namespace PerfLab.Collector.TraceInspection;

/// <summary>Finds who called whom: a span whose parent belongs to another service, a root, and a client's span without a child elsewhere.</summary>
internal static class ServiceMap
{
    private const string Outside = "(client)";
    private const int Server = 2;
    private const int Consumer = 5;
    private const int MaxEdges = 100;

    /// <summary>Derives the map.</summary>
    public static IReadOnlyList<ServiceEdge> Build(IReadOnlyList<SpanRecord> spans, PersonalDataDetector texts)
    {
        var byId = new Dictionary<(UInt128, ulong), SpanRecord>(spans.Count);
        foreach (var span in spans)
        {
            byId[(span.TraceId, span.SpanId)] = span;
        }

        var calls = new Dictionary<(string From, string To), List<SpanRecord>>();
        var answered = new HashSet<(UInt128, ulong)>();
        foreach (var span in spans)
        {
            if (span.ParentId != 0 && byId.TryGetValue((span.TraceId, span.ParentId), out var parent))
            {
                if (parent.Service != span.Service)
                {
                    Add(parent.Service, span.Service, span);
                }

                // Also a service that calls itself has answered, and is no unknown one at some address.
                if (parent.Service != span.Service || span.Kind is Server or Consumer)
                {
                    answered.Add((parent.TraceId, parent.SpanId));
                }
            }
            else if (span.Kind is Server or Consumer)
            {
                Add(Outside, span.Service, span);
            }
        }

        foreach (var span in spans.Where(span => span.Peer is not null && !answered.Contains((span.TraceId, span.SpanId))))
        {
            Add(span.Service, span.Peer!, span);
        }

        return
        [
            .. calls.Select(call => Edge(texts.Mask(call.Key.From), texts.Mask(call.Key.To), call.Value))
                .OrderByDescending(edge => edge.Calls)
                .ThenBy(edge => edge.From, StringComparer.Ordinal)
                .ThenBy(edge => edge.To, StringComparer.Ordinal)
                .Take(MaxEdges),
        ];

        void Add(string from, string to, SpanRecord span)
        {
            if (!calls.TryGetValue((from, to), out var list))
            {
                calls.Add((from, to), list = []);
            }

            list.Add(span);
        }
    }

    private static ServiceEdge Edge(string from, string to, List<SpanRecord> calls)
    {
        double[] seconds = [.. calls.Select(call => call.Seconds).Order()];
        return new ServiceEdge(from, to, calls.Count, calls.LongCount(call => call.IsError), Quantile(seconds, 0.5), Quantile(seconds, 0.99));
    }

    // The smallest value that at least this share of all does not exceed.
    private static double Quantile(double[] sorted, double share) => sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)];
}
