using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using PerfLab.Cli.Display;
using PerfLab.Cli.Execution;
using PerfLab.Cli.Options;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Scenarios;
using PerfLab.Reporting.Terminal;
using PerfLab.Runner.Machines;

namespace PerfLab.Cli;

/// <summary><c>micro</c>: measures each layer on the path of a span by itself.</summary>
internal static class MicroVerb
{
    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var quick = new Option<bool>("--quick") { Description = "Fewer and shorter iterations: under five minutes for all layers." };
        var smoke = new Option<bool>("--smoke") { Description = "Each operation once: shows that all layers work, and measures nothing." };
        var filter = new Option<string?>("--filter") { Description = "Only layers with this in their name, and those that they stand on.", HelpName = "TEXT" };
        var results = ResultsOption.Create();
        var command = new Command("micro", "Measure what each layer on the path of a span costs by itself, in nanoseconds and bytes.") { quick, smoke, filter, results };
        command.SetAction(parse => RunAsync(
            parse.GetValue(smoke) ? MicroBenchmarkMode.Smoke : parse.GetValue(quick) ? MicroBenchmarkMode.Quick : MicroBenchmarkMode.Full,
            parse.GetValue(filter),
            parse.GetRequiredValue(results)));
        return command;
    }

    /// <summary>Measures layers and writes what they cost into a folder of their own.</summary>
    /// <param name="mode">How long.</param>
    /// <param name="filter">Part of the names of the layers; null for all.</param>
    /// <param name="results">The folder of runs.</param>
    /// <returns>The exit code, and the file where there is one.</returns>
    public static async Task<(int ExitCode, string? File)> MeasureAsync(MicroBenchmarkMode mode, string? filter, string results)
    {
        var folder = ResultsOption.CreateIn(results, () => Directory.CreateDirectory(Path.Combine(
            results, "micro", string.Create(CultureInfo.InvariantCulture, $"{TimeProvider.System.GetUtcNow():yyyyMMdd'T'HHmmss'Z'}-{MicroBenchmarkRecord.NameOf(mode)}-{Guid.NewGuid().ToString("N")[..4]}"))).FullName);
        using var interruption = new Interruption();
        var exitCode = await StartAsync(mode, filter, folder, interruption.Token);
        if (exitCode != ExitCode.Passed)
        {
            return (exitCode == ExitCode.InvalidConfiguration ? exitCode : ExitCode.Crashed, null);
        }

        var file = Path.Combine(folder, MicroBenchmarkRecord.FileName);
        RunFolder.Write(file, MicroBenchmarkRecord.Read(file) with { Machine = MachineInspector.Read() });
        return (exitCode, file);
    }

    /// <summary>Finds the newest results that have all of some layers; null where there are none.</summary>
    /// <param name="results">The folder of runs.</param>
    /// <param name="layers">The layers.</param>
    public static MicroBenchmarkRecord? Latest(string results, IReadOnlyList<string> layers)
    {
        var folder = Path.Combine(results, "micro");
        return !Directory.Exists(folder)
            ? null
            : Directory.EnumerateDirectories(folder)
                .OrderDescending(StringComparer.Ordinal)
                .Where(run => !run.Contains("-smoke-", StringComparison.Ordinal) && File.Exists(Path.Combine(run, MicroBenchmarkRecord.FileName)))
                .Select(MicroBenchmarkRecord.Read)
                .FirstOrDefault(record => !layers.Except(record.Layers.Select(layer => layer.Layer), StringComparer.Ordinal).Any());
    }

    private static async Task<int> RunAsync(MicroBenchmarkMode mode, string? filter, string results)
    {
        var (exitCode, file) = await MeasureAsync(mode, filter, results);
        if (file is null)
        {
            return exitCode;
        }

        var record = MicroBenchmarkRecord.Read(file);
        SectionDisplay.Show([MicroBenchmarkReport.Table(record)]);
        foreach (var deviation in MicroBenchmarkReport.Deviations(record))
        {
            TerminalMarkup.WriteLine(deviation);
        }

        Console.WriteLine($"Written: {file}, and BenchmarkDotNet's own files beside it");
        return record.AllocationDeviations is { Count: > 0 } ? ExitCode.ThresholdFailed : ExitCode.Passed;
    }

    /// <summary>In a process of its own, with the runtime as the targets of a scenario have it, and nothing of PerfLab at work in it.</summary>
    private static async Task<int> StartAsync(MicroBenchmarkMode mode, string? filter, string folder, CancellationToken cancellationToken)
    {
        string[] arguments = [Path.Combine(Checkout.Root, "artifacts", "micro", "PerfLab.MicroBenchmarks.dll"), mode.ToString(), folder, .. filter is null ? Array.Empty<string>() : [filter]];
        var start = new ProcessStartInfo("dotnet", arguments) { UseShellExecute = false };
        foreach (var (name, value) in RuntimeKnobs.For(RuntimeProfile.Lab))
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        try
        {
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
