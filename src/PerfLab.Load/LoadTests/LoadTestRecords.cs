using PerfLab.Experiments.Results.LoadTests;
using PerfLab.Experiments.Thresholds;
using PerfLab.Experiments.Thresholds.Measured;
using PerfLab.Load.Simulations;

namespace PerfLab.Load.LoadTests;

/// <summary>Makes the record of a load test. Pure: everything is in its arguments.</summary>
public static class LoadTestRecords
{
    /// <summary>Makes the record and judges the thresholds.</summary>
    /// <param name="test">What was to be done.</param>
    /// <param name="measurement">What was measured.</param>
    /// <param name="thresholds">Conditions, none or more.</param>
    public static LoadTestRecord Make(LoadTest test, LoadTestMeasurement measurement, IReadOnlyList<Threshold> thresholds)
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
            Counts = CountsOf(result, lateness is null ? null : recorder.LateCount),
            OfferedPerSecond = isOpen ? PerSecond(result.OfferedCount, result) : null,
            AchievedPerSecond = PerSecond(result.StartedCount, result),
            AnsweredPerSecond = PerSecond(result.AnsweredInWindowCount, result),
            Errors = result.Errors,
            ErrorExamples = result.ErrorExamples,
            ResponseTime = recorder.ResponseTime,
            ServiceTime = recorder.ServiceTime,
            StartLateness = lateness,
            Generator = GeneratorOf(measurement),
            Timeline = [.. measurement.Timeline.Select(SecondOf)],
            Findings = LoadTestFindings.Of(test, measurement, GeneratorOf(measurement)),
            Thresholds = [.. LoadThresholdJudge.Judge(thresholds, new LoadMeasurements(result, recorder))
                .Select(judged => new LoadTestThreshold(judged.Threshold.Text, judged.Outcome, judged.Value, judged.Sentence))],
        };
    }

    internal static bool IsClosed(LoadSimulation simulation) =>
        simulation is LoadSimulation.KeepConstant or LoadSimulation.RampingConstant or LoadSimulation.IterationsForConstant;

    private static bool IsOpen(LoadSimulation simulation) => !IsClosed(simulation) && simulation is not LoadSimulation.Pause;

    private static double? PerSecond(long count, LoadResult result) => result.WindowSeconds > 0 ? count / result.WindowSeconds : null;

    private static LoadTestSetting SettingOf(LoadTest test, DriverKind driver) => new()
    {
        Url = test.Address.Url,
        Method = test.Request.Method,
        HttpVersion = test.Options.HttpVersion.ToString(2),
        Driver = driver == DriverKind.Sockets ? "sockets" : "httpclient",
        Simulations = LoadSimulationText.Write(test.Simulations),
        WarmUpSeconds = test.WarmUp.TotalSeconds,
        MaxInFlight = test.Options.MaxInFlight,
        Seed = test.Seed,
    };

    private static LoadTestCounts CountsOf(LoadResult result, long? late) => new()
    {
        Offered = result.OfferedCount,
        Started = result.StartedCount,
        Answered = result.AnsweredCount,
        AnsweredInWindow = result.AnsweredInWindowCount,
        Dropped = result.DroppedCount,
        Late = late,
        Errors = result.ErrorCount,
    };

    private static LoadGeneratorUse GeneratorOf(LoadTestMeasurement measurement)
    {
        var result = measurement.Result;
        var cores = measurement.Driver == DriverKind.Sockets ? 1 : Environment.ProcessorCount;
        return new LoadGeneratorUse
        {
            CpuSeconds = result.GeneratorCpuSeconds,
            ProcessCpuSeconds = measurement.ProcessCpu.TotalSeconds,
            AllocatedBytes = measurement.AllocatedBytes,
            Cores = cores,
            CpuShare = result.ElapsedSeconds > 0 ? result.GeneratorCpuSeconds / result.ElapsedSeconds / cores : null,
            BytesReceived = result.BytesReceived,
            BytesSent = result.BytesSent,
            ConnectionsOpened = result.ConnectionsOpened,
        };
    }

    private static LoadTestSecond SecondOf(LoadTestStep step) => new()
    {
        ElapsedSeconds = step.Progress.ElapsedSeconds,
        WindowSeconds = step.Progress.WindowSeconds,
        OfferedCount = step.Window.OfferedCount,
        StartedCount = step.Window.StartedCount,
        AnsweredCount = step.Window.AnsweredCount,
        DroppedCount = step.Window.DroppedCount,
        ErrorCount = step.Window.ErrorCount,
        InFlightCount = step.Progress.InFlightCount,
        P50Seconds = step.Progress.WindowP50Seconds,
        P99Seconds = step.Progress.WindowP99Seconds,
        MaxSeconds = step.Progress.WindowMaxSeconds,
    };
}
