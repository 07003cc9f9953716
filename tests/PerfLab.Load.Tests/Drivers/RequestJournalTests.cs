using PerfLab.Experiments.Scenarios;
using PerfLab.Load.Drivers;
using PerfLab.Load.Simulations;
using PerfLab.Load.Tests.Servers;
using PerfLab.Load.Workloads;

namespace PerfLab.Load.Tests.Drivers;

public sealed class RequestJournalTests
{
    private const string Broken = "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n";
    private const string Missing = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n";

    public static TheoryData<DriverKind> Kinds() => Requests.Kinds();

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Each_request_of_a_sequence_is_sent_once_and_its_outcome_is_written_at_its_place(DriverKind kind)
    {
        using var server = new ScriptedServer(async (connection, stop) =>
        {
            while (await connection.ReadRequest(stop) is { } request)
            {
                await connection.Send(request.Split(' ')[1] switch { "/2" => Broken, "/3" => Missing, _ => Requests.Ok }, stop);
            }
        });
        var requests = Enumerable.Range(0, 6).Select(number => Requests.Get($"/{number}", number == 3 ? 404 : 200)).ToList();

        var outcomes = Run(server.Address, kind, requests, starts: 5);

        Assert.Equal(
            [RequestStatus.Answered, RequestStatus.Answered, RequestStatus.Failed, RequestStatus.Answered, RequestStatus.Answered, RequestStatus.Unknown],
            outcomes.Select(outcome => outcome.Status));
        Assert.All(outcomes.Take(5).Index(), outcome => Assert.Equal(outcome.Index * 0.01, outcome.Item.StartSeconds, precision: 6));
        Assert.All(outcomes.Take(5), outcome => Assert.True(outcome.ResponseSeconds > 0));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Requests_that_nobody_answers_have_failed(DriverKind kind)
    {
        Uri address;
        using (var server = ScriptedServer.Answering(Requests.Ok))
        {
            address = server.Address;
        }

        var outcomes = Run(address, kind, [Requests.Get(), Requests.Get()], starts: 2);

        Assert.All(outcomes, outcome => Assert.Equal(RequestStatus.Failed, outcome.Status));
    }

    private static IReadOnlyList<RequestResult> Run(Uri address, DriverKind kind, List<RequestDefinition> requests, int starts)
    {
        var journal = new RequestJournal(requests.Count);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var driver = RequestDriverFactory.Create(address, RequestMix.Sequence(address, requests), new DriverOptions { Kind = kind, Journal = journal });
        driver.RunOpen(ArrivalSchedule.Constant(100, TimeSpan.FromSeconds(starts / 100.0)), new LatencyRecorder(), limit.Token);
        return journal.Read();
    }
}
