using System.Globalization;
using System.Security.Cryptography;
using PerfLab.Experiments;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Thresholds;
using PerfLab.Load.Drivers;
using PerfLab.Load.Simulations;

namespace PerfLab.Load.LoadTests;

/// <summary>Makes the record of a load test. Pure: everything is in its arguments.</summary>
public static class LoadTestRecordBuilder
{
    /// <summary>Makes the record and judges the thresholds.</summary>
    /// <param name="test">What was to be done.</param>
    /// <param name="measurement">What was measured.</param>
    /// <param name="thresholds">Conditions, none or more.</param>
    public static LoadTestRecord Build(LoadTest test, LoadTestMeasurement measurement, IReadOnlyList<Threshold> thresholds)
    {
        var (result, recorder) = (measurement.Result, measurement.Recorder);
        var lateness = recorder.StartLateness;
        var isOpen = test.Simulations.Any(IsOpen) && !test.Simulations.Any(IsClosed);
        return new LoadTestRecord
        {
            FormatVersion = LoadTestRecord.CurrentFormatVersion,
            Setting = SettingOf(test, measurement.Driver),
            Completed = !result.WasCancelled,
            WindowSeconds = result.WindowSeconds,
            Counts = result.Counts with { Late = lateness is null ? null : recorder.LateCount },
            OfferedPerSecond = isOpen ? PerSecond(result.Counts.Offered, result) : null,
            AchievedPerSecond = PerSecond(result.Counts.Started, result),
            AnsweredPerSecond = PerSecond(result.Counts.AnsweredInWindow, result),
            Errors = result.Errors,
            ErrorExamples = result.ErrorExamples,
            ResponseTime = recorder.ResponseTime,
            ServiceTime = recorder.ServiceTime,
            StartLateness = lateness,
            Requests = measurement.Breakdown?.ToRecords(result.WindowSeconds) ?? [],
            Generator = GeneratorOf(measurement),
            Timeline = measurement.Timeline,
            Findings = LoadTestFindings.Of(test, measurement, GeneratorOf(measurement)),
            Thresholds = [.. LoadThresholdEvaluator.Evaluate(thresholds, new LoadMeasurements(result, recorder, measurement.Breakdown))
                .Select(judged => new LoadTestThreshold(judged.Threshold.Text, judged.Outcome, judged.Value, judged.Sentence))],
        };
    }

    internal static bool IsClosed(LoadSimulation simulation) =>
        simulation is LoadSimulation.KeepConstant or LoadSimulation.RampingConstant or LoadSimulation.IterationsForConstant;

    private static bool IsOpen(LoadSimulation simulation) => !IsClosed(simulation) && simulation is not LoadSimulation.Pause;

    private static double? PerSecond(long count, LoadResult result) => result.WindowSeconds > 0 ? count / result.WindowSeconds : null;

    private static LoadTestSettings SettingOf(LoadTest test, DriverKind driver) => new()
    {
        Url = test.Address.Url,
        Method = string.Join(", ", test.Requests.Select(request => request.Method).Distinct(StringComparer.Ordinal)),
        HttpVersion = test.Options.HttpVersion.ToString(2),
        Driver = NameOf(driver),
        Simulations = LoadSimulationSyntax.Write(test.Simulations),
        WarmUpSeconds = test.WarmUp.TotalSeconds,
        MaxInFlight = test.Options.MaxInFlight,
        Seed = test.Seed,
        Requests = [.. test.Requests.Select(request => new LoadTestRequestSetting(
            request.Name,
            request.Method,
            request.Path,
            request.Weight,
            request.ExpectedStatus.ToString(),
            test.HasBody(request) ? Convert.ToHexStringLower(SHA256.HashData(test.Body!.Bytes.Span)) : null))],
    };

    private static string NameOf(DriverKind driver) => driver switch
    {
        DriverKind.Sockets => "sockets",
        DriverKind.HttpClient => "httpclient",
        _ => throw NoSuchDriver(driver),
    };

    private static ArgumentOutOfRangeException NoSuchDriver(DriverKind driver) => new(nameof(driver), driver, "A measurement names the driver that made its load.");

    private static LoadGeneratorUsage GeneratorOf(LoadTestMeasurement measurement)
    {
        var result = measurement.Result;
        var cores = measurement.Driver switch
        {
            DriverKind.Sockets => 1,
            DriverKind.HttpClient => Environment.ProcessorCount,
            _ => throw NoSuchDriver(measurement.Driver),
        };
        return new LoadGeneratorUsage
        {
            CpuSeconds = result.GeneratorCpuSeconds,
            ProcessCpuSeconds = measurement.ProcessCpu.TotalSeconds,
            AllocatedBytes = measurement.AllocatedBytes,
            Cores = cores,
            CpuShare = result.ElapsedSeconds > 0 ? result.GeneratorCpuSeconds / Math.Max(result.ElapsedSeconds, result.WindowSeconds) / cores : null,
            BytesReceived = result.BytesReceived,
            BytesSent = result.BytesSent,
            ConnectionsOpened = result.ConnectionsOpened,
        };
    }
}

/// <summary>What a reader must know before believing the numbers of a load test.</summary>
internal static class LoadTestFindings
{
    // Above this a generator queues its own work (docs/measurement.md, validity).
    private const double MostCpuShare = 0.8;

    // Below this the one percent that a warning speaks of is less than one request.
    private const long FewStarts = 100;

    // Below 1,000 answers p99.9 is the maximum; below 100, p99 is.
    private const long FewAnswers = 1000;

    public static IReadOnlyList<Finding> Of(LoadTest test, LoadTestMeasurement measurement, LoadGeneratorUsage generator)
    {
        var result = measurement.Result;
        var isClosed = test.Simulations.Any(LoadTestRecordBuilder.IsClosed);
        var shortFeed = measurement.ShortFeed;
        return
        [
            .. If(generator.CpuShare > MostCpuShare && result.Counts.Started >= FewStarts, "generator-busy", () => Text(
                $"the generator used {generator.CpuShare * 100:0} % of its {(generator.Cores == 1 ? "core" : $"{generator.Cores} cores")}: above {MostCpuShare * 100:0} % it measures itself"),
                isClosed
                    ? "Take the throughput as a lower bound, or use fewer connections or a rate."
                    : "Lower the rate, use the driver sockets, or run the generator on another machine."),
            .. If(result.Counts.Dropped > 0, "starts-dropped", () => Text(
                $"{result.Counts.Dropped:#,0} of {result.Counts.Offered:#,0} starts were given up because {test.Options.MaxInFlight:#,0} requests were in flight"),
                "The target does not keep up: lower the rate, or raise --max-in-flight to let the queue grow."),
            .. If(result.Counts.Started >= FewStarts && measurement.Recorder.StartLateness is { } lateness && P99(lateness) > LatencyRecorder.LateSeconds, "starts-late", () => Text(
                $"1 % of the requests were sent {P99(measurement.Recorder.StartLateness!) * 1e3:0.0} ms or more after their time"),
                test.Options.WhenBusy == BusyPolicy.Wait
                    ? "The response time counts from the intended start and includes the waiting."
                    : "The response time includes it. Give the generator a processor of its own (--cores), or lower the rate."),
            .. If(isClosed, "closed-loop", () =>
                "connections wait for slow answers instead of sending: the response times are service times and hide what users who keep coming would have seen",
                "Use --rate for response times.", FindingSeverity.Note),
            .. If(shortFeed is not null, "rows-reused", () => Text(
                $"feed '{shortFeed!.Feed.Name}' has {shortFeed.Feed.RowCount:#,0} rows for {shortFeed.Rows:#,0} requests: after the last row the first followed again"),
                "A cache in the service sees the same values again. Use a longer feed or --generate, and --feed-once to refuse this.", FindingSeverity.Note),
            .. If(result.Counts.Answered is > 0 and < FewAnswers, "few-answers", () => Text(
                $"{result.Counts.Answered:#,0} answers are too few for p99.9{(result.Counts.Answered < 100 ? " and p99" : "")}, which {(result.Counts.Answered < 100 ? "are" : "is")} the maximum"),
                "Run longer or at a higher rate.", FindingSeverity.Note),
        ];
    }

    private static Finding[] If(bool holds, string code, Func<string> facts, string advice, FindingSeverity severity = FindingSeverity.Warning) =>
        holds ? [new Finding(severity, code, "load", facts(), advice)] : [];

    private static double P99(Experiments.Results.LatencySummary summary) => summary.Spectrum.First(point => point.Percentile.Equals(99)).Seconds;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
