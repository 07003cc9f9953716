using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using PerfLab.Analysis;
using PerfLab.Cli.Display;
using PerfLab.Cli.Execution;
using PerfLab.Cli.Options;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Scenarios;
using PerfLab.Reporting.Terminal;
using PerfLab.Runner.Builds;
using PerfLab.Runner.Machines;

namespace PerfLab.Cli;

/// <summary><c>micro</c>: measures each layer on the path of a span by itself.</summary>
internal static class MicroVerb
{
    // Each with half of the iterations.
    private const int Turns = 2;

    private static readonly string s_program = Path.Combine(Checkout.Root, "artifacts", "micro", "PerfLab.MicroBenchmarks.dll");
    private static readonly string[] s_half = ["--half"];

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var quick = new Option<bool>("--quick") { Description = "Fewer and shorter iterations: under five minutes for all layers." };
        var smoke = new Option<bool>("--smoke") { Description = "Each operation once: shows that all layers work, and measures nothing." };
        var filter = new Option<string?>("--filter") { Description = "Only layers with this in their name, and those that they stand on.", HelpName = "TEXT" };
        var against = new Option<string?>("--against") { Description = "Measure with this version of OpenTelemetry too, in turn, and show what differs.", HelpName = "VERSION" };
        var results = ResultsOption.Create();
        var command = new Command("micro", "Measure what each layer on the path of a span costs by itself, in nanoseconds and bytes.") { quick, smoke, filter, against, results };
        command.SetAction(parse =>
        {
            var mode = parse.GetValue(smoke) ? MicroBenchmarkMode.Smoke : parse.GetValue(quick) ? MicroBenchmarkMode.Quick : MicroBenchmarkMode.Full;
            return parse.GetValue(against) is { } version
                ? CompareAsync(mode, parse.GetValue(filter), version, parse.GetRequiredValue(results))
                : RunAsync(mode, parse.GetValue(filter), parse.GetRequiredValue(results));
        });
        return command;
    }

    private static string CreateFolder(string results, string kind) => ResultsOption.CreateIn(results, () => Directory.CreateDirectory(Path.Combine(
        results, "micro", string.Create(CultureInfo.InvariantCulture, $"{TimeProvider.System.GetUtcNow():yyyyMMdd'T'HHmmss'Z'}-{kind}-{Guid.NewGuid().ToString("N")[..4]}"))).FullName);

    // Of each version in turn: what the machine does meanwhile happens to both.
    private static async Task<int> CompareAsync(MicroBenchmarkMode mode, string? filter, string version, string results)
    {
        using var interruption = new Interruption();
        var folder = CreateFolder(results, $"{MicroBenchmarkRecord.NameOf(mode)}-against");
        Console.WriteLine($"Building the benchmarks with OpenTelemetry {version}...");
        using var build = await LibraryBuild.MakeAsync(Checkout.Root, version, Path.Combine(folder, "build.log"), interruption.Token);
        var (these, others) = (new List<MicroBenchmarkRecord>(), new List<MicroBenchmarkRecord>());
        for (var turn = 1; turn <= (mode == MicroBenchmarkMode.Smoke ? 1 : Turns); turn++)
        {
            foreach (var (name, program, records) in new[] { ("this", s_program, these), ("other", build.Program, others) })
            {
                var part = Directory.CreateDirectory(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{name}-{turn}"))).FullName;
                Console.WriteLine($"Turn {turn}: {(name == "this" ? "this checkout" : $"OpenTelemetry {version}")}");
                if (await StartAsync(program, mode, isHalf: true, filter, part, interruption.Token) is var exitCode and not ExitCode.Passed)
                {
                    return exitCode == ExitCode.InvalidConfiguration ? exitCode : ExitCode.Crashed;
                }

                records.Add(MicroBenchmarkRecord.Read(part));
            }
        }

        var comparison = LayerComparison.Of(these, others);
        var file = Path.Combine(folder, LayerComparison.FileName);
        RunFolder.Write(file, comparison);
        SectionDisplay.Show([MicroBenchmarkReport.Table(comparison)]);
        foreach (var line in MicroBenchmarkReport.Summary(comparison))
        {
            TerminalMarkup.WriteLine(line);
        }

        Console.WriteLine($"Written: {file}, and the layers of each turn beside it");
        return ExitCode.Passed;
    }

    /// <summary>Measures layers and writes what they cost into a folder of their own.</summary>
    /// <param name="mode">How long.</param>
    /// <param name="filter">Part of the names of the layers; null for all.</param>
    /// <param name="results">The folder of runs.</param>
    /// <returns>The exit code, and the file where there is one.</returns>
    public static async Task<(int ExitCode, string? File)> MeasureAsync(MicroBenchmarkMode mode, string? filter, string results)
    {
        var folder = CreateFolder(results, MicroBenchmarkRecord.NameOf(mode));
        using var interruption = new Interruption();
        var exitCode = await StartAsync(s_program, mode, isHalf: false, filter, folder, interruption.Token);
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
    private static async Task<int> StartAsync(string program, MicroBenchmarkMode mode, bool isHalf, string? filter, string folder, CancellationToken cancellationToken)
    {
        string[] arguments = [program, mode.ToString(), folder, .. isHalf ? s_half : [], .. filter is null ? Array.Empty<string>() : [filter]];
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
