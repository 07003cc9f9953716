using PerfLab.EndToEnd.Tests.Programs;
using PerfLab.Experiments.Results;

namespace PerfLab.EndToEnd.Tests.Scenarios;

/// <summary>Tells a run that others left no room for from one that went wrong.</summary>
public static class BusyMachine
{
    /// <summary>The findings that void a launch set when something else uses the processors.</summary>
    private static readonly string[] Signs = ["starts-late", "rate-missed", "starts-dropped", "lab-busy", "noisy-neighbour", "rounds-missing"];

    /// <summary>Whether the run ended with 107 and every voided launch set shows only such findings.</summary>
    public static bool Stopped(ProgramResult run, string results) =>
        run.ExitCode == 107 && Voided(results);

    /// <summary>Whether launch sets were voided, and each of them by such findings alone.</summary>
    public static bool Voided(string results) =>
        Directory.GetDirectories(results).Select(folder => new RunFolder(folder).ReadVoidedLaunches()).SelectMany(launches => launches).ToList() is { Count: > 0 } voided
        && voided.SelectMany(launch => launch.Findings).Where(finding => finding.Severity == FindingSeverity.Invalid).All(finding => Signs.Contains(finding.Code));
}
