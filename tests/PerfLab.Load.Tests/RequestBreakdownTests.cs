using PerfLab.Experiments.Scenarios;
using PerfLab.Load.Workloads;

namespace PerfLab.Load.Tests;

public sealed class RequestBreakdownTests
{
    private readonly RequestMix _mix = RequestMix.Create(new Uri("http://127.0.0.1:1"), [Request("fast"), Request("slow")], seed: 1);

    [Fact]
    public void What_is_added_is_counted_by_name_and_what_is_forgotten_is_not()
    {
        RequestBreakdown round = new(_mix);
        RequestBreakdown total = new(_mix);
        Record(round);
        total.Add(round);
        round.Reset();
        Record(round);
        total.Add(round);

        var requests = total.ToRecords(windowSeconds: 0);

        Assert.Equal(["fast", "slow"], requests.Select(request => request.Name));
        Assert.Equal([(4, 4, 0, 0), (6, 2, 2, 2)], requests.Select(request => ((int)request.Offered, (int)request.Answered, (int)request.Errors, (int)request.Dropped)));
        Assert.Equal([("request_timeout", 2L)], requests[1].ErrorsByKind.Select(error => (error.Key, error.Value)));
        Assert.Equal(0.03, requests[1].ResponseTime!.MaxSeconds);
        // Of 1 and 3 ms, twice each.
        Assert.Equal(0.002, requests[0].ResponseTime!.MeanSeconds, 9);
        Assert.All(requests, request => Assert.Null(request.AnsweredPerSecond));
        Assert.Equal(2, round.ToRecords(1)[0].Offered);
    }

    // Of two fast ones both are answered, of three slow ones one; one fails and one is dropped.
    private static void Record(RequestBreakdown breakdown)
    {
        foreach (var request in (int[])[0, 0, 1, 1, 1])
        {
            breakdown.Offered(request);
        }

        breakdown.Answered(0, 1_000_000, isInWindow: true);
        breakdown.Answered(0, 3_000_000, isInWindow: true);
        breakdown.Answered(1, 30_000_000, isInWindow: false);
        breakdown.Failed(1, ErrorKind.RequestTimeout);
    }

    private static RequestDefinition Request(string name) => new()
    {
        Name = name,
        Method = "GET",
        Path = "/" + name,
        Headers = new Dictionary<string, string>(),
        Body = null,
        ExpectedStatus = 200,
        Weight = 1,
    };
}
