using PerfLab.Analysis.Diagnosis;
using PerfLab.Cli.Display;
using PerfLab.Cli.Options;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Scenarios;
using PerfLab.Reporting.Diagnosis;
using PerfLab.Runner.Diagnosis;
using PerfLab.Runner.Machines;

namespace PerfLab.Cli.Execution;

/// <summary>A diagnosis from its folder to its page. It is no run: nothing reads it beside a person.</summary>
internal static class DiagnosisExecution
{
    /// <summary>Loads the arms, reads their stacks, and writes and shows what they say.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="arms">One or two of its arms.</param>
    /// <param name="duration">How long each is sampled.</param>
    /// <param name="results">The folder of runs.</param>
    public static async Task<int> RunAsync(Scenario scenario, IReadOnlyList<string> arms, TimeSpan duration, string results)
    {
        using var interruption = new Interruption();
        using var builds = await ArmBuildsDisplay.MakeAsync(scenario, results, resumes: false, interruption.Token);
        scenario = builds.Scenario;
        var folder = ResultsOption.CreateIn(results, () => RunFolder.Create(results, scenario.Name + "-diagnose", TimeProvider.System, Guid.NewGuid().ToString("N")[..4])).Path;
        using var held = RunLock.Take(folder);
        var record = new DiagnosisRecord
        {
            FormatVersion = DiagnosisRecord.CurrentFormatVersion,
            Started = TimeProvider.System.GetUtcNow(),
            Scenario = scenario.Name,
            Machine = MachineInspector.Read(),
            Arms = [],
        };
        RunFolder.Write(Path.Combine(folder, DiagnosisRecord.FileName), record);
        Leftovers.Remove(results);
        Console.WriteLine($"Sampling stacks of {string.Join(" and ", arms)}, {duration.TotalSeconds:0} s each.");
        try
        {
            IReadOnlyList<(DiagnosisLoad Load, IReadOnlyList<ProcessTrace> Traces)> loads;
            await using (var progress = RunProgressDisplay.Start(scenario, launchSetFloor: 0))
            {
                loads = await DiagnosisRunner.RunAsync(scenario, arms, duration, folder, Checkout.Folders, progress, interruption.Token);
            }

            Report(record, loads, folder);
            return ExitCode.Passed;
        }
        catch (NotDotNetException error)
        {
            held.Dispose();
            Directory.Delete(folder, recursive: true);
            throw DiagnoseOptions.Refuse(error.Arm, error.Process, error.Runtime);
        }
        catch (Exception) when (interruption.Token.IsCancellationRequested)
        {
            held.Dispose();
            Directory.Delete(folder, recursive: true);
            Console.WriteLine("Interrupted: nothing is kept of this diagnosis.");
            return ExitCode.Interrupted;
        }
        finally
        {
            RemoveTraces(folder);
            PrivateFolder.Close(folder);
        }
    }

    private static void Report(DiagnosisRecord record, IReadOnlyList<(DiagnosisLoad Load, IReadOnlyList<ProcessTrace> Traces)> loads, string folder)
    {
        ArmProfile[] profiles = [.. loads.Select(load => TraceFile.Read([.. load.Traces.Select(trace => (trace.Process, trace.File))]))];
        record = record with { Arms = [.. loads.Zip(profiles, (load, profile) => DiagnosisAnalyzer.Analyze(load.Load, profile))] };
        RunFolder.Write(Path.Combine(folder, DiagnosisRecord.FileName), record);
        var report = new DiagnosisReport(Path.GetFileName(folder), record, profiles);
        var files = report.Write(folder);
        foreach (var line in report.Lines)
        {
            TerminalMarkup.WriteLine(line);
        }

        foreach (var file in files)
        {
            Console.WriteLine($"Written: {file}");
        }
    }

    // Some megabytes each, with the command line of the target in them; what they say is in the other files.
    private static void RemoveTraces(string folder)
    {
        if (Directory.Exists(folder))
        {
            foreach (var trace in Directory.EnumerateFiles(folder, "*.nettrace"))
            {
                File.Delete(trace);
            }
        }
    }
}
