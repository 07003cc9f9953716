using System.Text.Json;
using PerfLab.Collector;

namespace PerfLab.Runner.Benches.Collectors;

/// <summary>The other side of <see cref="ReceiverProcess"/>: a collector that answers with its counters for every line it reads.</summary>
public static class ReceiverServer
{
    private const string Arm = "bench";

    /// <summary>Receives until the input ends.</summary>
    /// <param name="input">Who started it holds the other end.</param>
    /// <param name="output">Takes the addresses, then a reading for each line.</param>
    public static async Task RunAsync(TextReader input, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(output);
        await using var receiver = await OtlpReceiver.StartAsync([Arm], new ReceiverOptions(), CancellationToken.None);
        await output.WriteLineAsync(JsonSerializer.Serialize(new ReceiverAddresses(receiver.HttpEndpoint(Arm), receiver.GrpcEndpoint(Arm))));
        while (await input.ReadLineAsync() is not null)
        {
            var tally = receiver.Read(Arm);
            var reading = new ReceiverReading(tally.SpanCount, tally.RefusedRequestCount, Environment.CpuUsage.TotalTime.TotalSeconds, GC.GetTotalAllocatedBytes());
            await output.WriteLineAsync(JsonSerializer.Serialize(reading));
        }
    }
}
