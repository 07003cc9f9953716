using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Runner.TraceRetention;

/// <summary>Chooses the requests of the window: which kind each start of a schedule is, and its number.</summary>
internal static class WindowRequestGenerator
{
    // HTTP: the request could not be carried out, through the client's fault or the server's.
    private const int FirstFailureStatus = 400;

    /// <summary>Chooses them.</summary>
    /// <param name="plan">A plan with a visibility section.</param>
    /// <param name="startSeconds">When each request starts, ascending.</param>
    /// <param name="seed">Equal seeds give equal choices.</param>
    public static IReadOnlyList<WindowRequest> Choose(Plan plan, IReadOnlyList<double> startSeconds, ulong seed)
    {
        var visibility = plan.Visibility!;
        var random = new SeededGenerator(seed);
        return [.. startSeconds.Select((start, number) => Number(Draw(plan, visibility.IsInBurst(start), random), number))];
    }

    private static RequestDefinition Draw(Plan plan, bool inBurst, SeededGenerator random)
    {
        var point = random.NextDouble();
        foreach (var mixed in plan.Visibility!.Requests)
        {
            point -= inBurst ? mixed.BurstShare : mixed.Share;
            if (point < 0)
            {
                return mixed.Request;
            }
        }

        var ordinary = plan.Target.Requests;
        var place = random.NextDouble() * ordinary.Sum(request => request.Weight);
        foreach (var request in ordinary)
        {
            place -= request.Weight;
            if (place < 0)
            {
                return request;
            }
        }

        return ordinary[^1];
    }

    private static WindowRequest Number(RequestDefinition request, int number)
    {
        var headers = new OrderedDictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in request.Headers)
        {
            headers[name] = value;
        }

        headers[RequestNumberHeader.Header] = RequestNumberHeader.ValueOf(number);
        return new WindowRequest(request with { Headers = headers }, request.Name, request.ExpectedStatus.Lowest >= FirstFailureStatus);
    }
}

/// <summary>A request of the window.</summary>
/// <param name="Definition">What is sent, with its number in it.</param>
/// <param name="Kind">Which kind it is: the name of the scenario's request.</param>
/// <param name="IsMeantToFail">Whether the expected answer is a failure.</param>
internal sealed record WindowRequest(RequestDefinition Definition, string Kind, bool IsMeantToFail);
