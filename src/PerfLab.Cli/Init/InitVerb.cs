using System.CommandLine;
using PerfLab.Analysis.Inspections;
using PerfLab.Cli.Display;
using PerfLab.Cli.Execution;
using PerfLab.Cli.Options;
using PerfLab.Experiments;
using PerfLab.Experiments.Inspections;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.ScenarioFiles;
using PerfLab.Experiments.Scenarios;
using PerfLab.Experiments.Secrets;
using PerfLab.Reporting.Inspections;
using PerfLab.Runner;
using PerfLab.Runner.Inspections;

namespace PerfLab.Cli.Init;

/// <summary><c>init</c>: tries a service and writes a scenario for it.</summary>
internal static class InitVerb
{
    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var options = new InitOptions();
        var command = options.ToCommand();
        command.SetAction(parse => RunAsync(InitRequest.Read(parse, options)));
        return command;
    }

    private static async Task<int> RunAsync(InitRequest request)
    {
        ScenarioSecrets.Remember(request.Service.ToScenario(request.Service.Process, [TracingVariants.Off]), CallerReference.Variables());
        using var interruption = new Interruption();
        var logs = LeftFolders.CreateTemporary("perflab-init-");
        var held = RunLock.TryTake(logs.FullName);
        var keepsLogs = false;
        try
        {
            var inspection = await InspectAsync(request, logs.FullName, interruption.Token);
            var findings = InspectionJudge.Judge(inspection);
            foreach (var line in InspectionReport.Compose(inspection, findings))
            {
                TerminalMarkup.WriteLine(line);
            }

            keepsLogs = findings[^1].Outcome == InspectionOutcome.Failed;
            if (keepsLogs)
            {
                await Console.Error.WriteLineAsync($"No scenario is written. What the service printed is in {logs.FullName}. Change what stands above, then run the same command again.");
                return ExitCode.InvalidConfiguration;
            }

            Write(request, inspection);
            return ExitCode.Passed;
        }
        finally
        {
            held?.Dispose();
            if (!keepsLogs)
            {
                logs.Delete(recursive: true);
            }
        }
    }

    private static async Task<ServiceInspection> InspectAsync(InitRequest request, string logs, CancellationToken cancellationToken)
    {
        var line = new StatusLine();
        try
        {
            return await ServiceInspector.InspectAsync(request.Service, Checkout.Folders, logs, step => line.Draw(InspectionReport.StepText(step)), cancellationToken);
        }
        finally
        {
            line.Erase();
        }
    }

    private static void Write(InitRequest request, ServiceInspection inspection)
    {
        var lastBatch = BatchWindow.LongestDelay(new TargetDefinition([request.Service.Process], request.Service.Requests), [TracingVariants.AlwaysOn]);
        var proposal = ScenarioDesigner.Propose(inspection, (design, arms) => LaunchSetBudget.SecondsPerLaunchSet(
            design, arms, arms * inspection.Capacity!.StartSecondsPerArm, arms * Math.Max(inspection.Capacity.WarmUpSecondsPerArm, design.WarmUp.TotalSeconds), lastBatch.TotalSeconds));
        var folder = Path.GetDirectoryName(request.Output)!;
        var (scenario, inClear, toSet) = ScenarioSecrets.Refer(proposal.Scenario, CallerReference.Variables());
        var text = ScenarioFileText.Compose(inspection, proposal with { Scenario = scenario }, DirectoryIn(folder, request.Service.Process.Directory), File.Exists(Path.Combine(folder, "scenario.schema.json")));

        // What is written can be read: the strict reader is the judge, before the file is there. It wants the variables to be set.
        foreach (var variable in toSet)
        {
            Environment.SetEnvironmentVariable(variable.Name, variable.Value);
        }

        _ = ScenarioFile.Parse(text, request.Output);
        Save(request.Output, text);
        var isInCheckout = string.Equals(folder, Checkout.Scenarios.Path, StringComparison.Ordinal);
        Console.WriteLine($"Written: {request.Output}");
        if (inClear.Count > 0)
        {
            Console.WriteLine($"It has secrets in clear ({string.Join(", ", inClear)}). Only you can read it. Export them as variables and give init the variables, or write ${{NAME}} in the file.");
        }

        foreach (var variable in toSet)
        {
            Console.WriteLine($"Credentials are not written: before a run, set {variable.Name} to {Meaning(variable)}.");
        }

        Console.WriteLine($"A run takes about {DurationText.Short(TimeSpan.FromSeconds(proposal.Seconds))}, less where everything is decided earlier. Next:");
        Console.WriteLine($"  {StartCommand.Name} scenario {(isInCheckout ? request.Service.Name : request.Output)}");
    }

    private static string Meaning(CredentialVariable variable) => variable.Scheme switch
    {
        "Basic" => $"USER:PASSWORD in base64: export {variable.Name}=\"$(printf %s USER:PASSWORD | base64)\"",
        null => $"the value of the header {variable.Header}",
        var scheme => $"what stands behind {scheme} in the header {variable.Header}",
    };

    // Headers, bodies and variables may be credentials under any name. What git stores has the usual mode again.
    private static void Save(string path, string text)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.Create(path).Dispose();
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        File.WriteAllText(path, text);
    }

    // Relative, so that the two can be moved together; not where they have nothing but the root in common.
    private static string? DirectoryIn(string folder, string? directory)
    {
        if (directory is null)
        {
            return null;
        }

        var relative = Path.GetRelativePath(folder, directory);
        var up = relative.Split(Path.DirectorySeparatorChar).TakeWhile(part => part == "..").Count();
        return up >= folder.Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries).Length ? directory : relative;
    }
}
