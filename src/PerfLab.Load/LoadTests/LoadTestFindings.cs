using System.Globalization;
using PerfLab.Experiments.Findings;
using PerfLab.Experiments.Results.LoadTests;

namespace PerfLab.Load.LoadTests;

/// <summary>What a reader must know before believing the numbers of a load test.</summary>
internal static class LoadTestFindings
{
    // Above this a generator queues its own work (docs/measurement.md, validity).
    private const double MostCpuShare = 0.8;

    // Below 1,000 answers p99.9 is the maximum; below 100, p99 is.
    private const long FewAnswers = 1000;

    public static IReadOnlyList<Finding> Of(LoadTest test, LoadTestMeasurement measurement, LoadGeneratorUse generator)
    {
        var result = measurement.Result;
        var isClosed = test.Simulations.Any(LoadTestRecords.IsClosed);
        return
        [
            .. If(generator.CpuShare > MostCpuShare, "generator-busy", () => Text(
                $"the generator used {generator.CpuShare * 100:0} % of its {(generator.Cores == 1 ? "core" : $"{generator.Cores} cores")}: above {MostCpuShare * 100:0} % it measures itself"),
                isClosed
                    ? "Take the throughput as a lower bound, or use fewer connections or a rate."
                    : "Lower the rate, use the driver sockets, or run the generator on another machine."),
            .. If(result.DroppedCount > 0, "starts-dropped", () => Text(
                $"{result.DroppedCount:#,0} of {result.OfferedCount:#,0} starts were given up because {test.Options.MaxInFlight:#,0} requests were in flight"),
                "The target does not keep up: lower the rate, or raise --max-in-flight to let the queue grow."),
            .. If(measurement.Recorder.StartLateness is { } lateness && P99(lateness) > LatencyRecorder.LateSeconds, "starts-late", () => Text(
                $"1 % of the requests were sent {P99(measurement.Recorder.StartLateness!) * 1e3:0.0} ms or more after their time"),
                test.Options.WhenBusy == BusyPolicy.Wait
                    ? "The response time counts from the intended start and includes the waiting."
                    : "The response time includes it. Give the generator a processor of its own (--cores), or lower the rate."),
            .. If(isClosed, "closed-loop", () =>
                "connections wait for slow answers instead of sending: the response times are service times and hide what users who keep coming would have seen",
                "Use --rate for response times.", FindingSeverity.Note),
            .. If(result.AnsweredCount is > 0 and < FewAnswers, "few-answers", () => Text(
                $"{result.AnsweredCount:#,0} answers are too few for p99.9{(result.AnsweredCount < 100 ? " and p99" : "")}, which {(result.AnsweredCount < 100 ? "are" : "is")} the maximum"),
                "Run longer or at a higher rate.", FindingSeverity.Note),
        ];
    }

    private static Finding[] If(bool holds, string code, Func<string> facts, string advice, FindingSeverity severity = FindingSeverity.Warning) =>
        holds ? [new Finding(severity, code, "load", facts(), advice)] : [];

    private static double P99(Experiments.Results.LatencySummary summary) => summary.Spectrum.First(point => point.Percentile.Equals(99)).Seconds;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
