using System.CommandLine;
using PerfLab.Cli.Display;
using PerfLab.Cli.Execution;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Thresholds;
using PerfLab.Load.LoadTests;
using PerfLab.Reporting.LoadTests;

namespace PerfLab.Cli.LoadTests;

/// <summary><c>load URL</c>: puts load on a service and reports.</summary>
internal static class LoadVerb
{
    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var options = new LoadOptions();
        var command = options.ToCommand();
        command.SetAction(parse => RunAsync(LoadRequest.Read(parse, options)));
        return command;
    }

    private static async Task<int> RunAsync(LoadRequest request)
    {
        using var interruption = new Interruption();
        await request.Run.CheckReachabilityAsync(interruption.Token);
        LoadTestMeasurement measurement;
        await using (var display = new LoadProgressDisplay())
        {
            // A thread of its own: the generator sets its priority and its processors and blocks for the whole load.
            measurement = await Task.Factory.StartNew(
                () => request.Run.Execute(display, interruption.Token),
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default);
        }

        var record = LoadTestRecordBuilder.Build(request.Test, measurement, request.Thresholds);
        foreach (var line in LoadTestReport.Compose(record))
        {
            TerminalMarkup.WriteLine(line);
        }

        foreach (var file in request.Files.Write(record, measurement.Recorder))
        {
            Console.WriteLine($"Written: {file}");
        }

        return CodeOf(record);
    }

    private static int CodeOf(LoadTestRecord record) =>
        !record.Completed ? ExitCode.Interrupted
        : record.Thresholds.Any(threshold => threshold.Outcome != LoadThresholdOutcome.Passed) ? ExitCode.ThresholdFailed
        : record.Counts.Answered == 0 ? ExitCode.Crashed
        : ExitCode.Passed;
}
