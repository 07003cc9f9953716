using System.CommandLine;
using PerfLab.Analysis.Inspections;
using PerfLab.Cli.Display;
using PerfLab.Cli.Execution;
using PerfLab.Cli.Options;
using PerfLab.Experiments.Inspections;
using PerfLab.Experiments.Results;
using PerfLab.Reporting.Inspections;
using PerfLab.Runner.Machines;

namespace PerfLab.Cli;

/// <summary><c>doctor</c>: what this machine can measure.</summary>
internal static class DoctorVerb
{
    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "Print facts and judgement as JSON." };
        var results = ResultsOption.Create();
        var command = new Command("doctor", "Examine this machine: what can be measured here, and what would make it better.") { json, results };
        command.SetAction(parse => Run(parse.GetValue(json), parse.GetRequiredValue(results)));
        return command;
    }

    private static int Run(bool isJson, string results)
    {
        using var interruption = new Interruption();
        var machine = MachineExaminer.Examine(results, interruption.Token);
        var findings = MachineJudge.Judge(machine);
        if (isJson)
        {
            Console.Write(ResultsJson.Serialize(new MachineDiagnosis(machine, findings)));
            return ExitCode.Passed;
        }

        foreach (var line in MachineReport.Compose(machine, findings))
        {
            TerminalMarkup.WriteLine(line);
        }

        return ExitCode.Passed;
    }

    /// <summary>What <c>--json</c> prints.</summary>
    /// <param name="Machine">The facts.</param>
    /// <param name="Findings">The judgement.</param>
    private sealed record MachineDiagnosis(MachineInspection Machine, IReadOnlyList<MachineFinding> Findings);
}
