using System.CommandLine;
using PerfLab.Experiments;
using PerfLab.Experiments.Inspections;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Scenarios;
using PerfLab.Runner.Diagnosis;

namespace PerfLab.Cli.Options;

/// <summary><c>--diagnose ARM</c>: which arms of a scenario are loaded while their stacks are sampled, and how long.</summary>
internal static class DiagnoseOptions
{
    private const int MostArms = 2;
    private const int DefaultSeconds = 20;
    private const int LeastSeconds = 5;
    private const int MostSeconds = 600;

    /// <summary>Creates <c>--diagnose</c>.</summary>
    public static Option<string[]> CreateArms() => new("--diagnose")
    {
        Description = "Measure nothing: sample the stacks of this variant under load, and say where time and bytes go and which share is tracing. Of two (repeat it, or A,B) also the difference.",
        HelpName = "ARM",
    };

    /// <summary>Creates <c>--diagnose-seconds</c>.</summary>
    public static Option<int> CreateSeconds() => NumberOption.Create(
        "--diagnose-seconds", new WholeNumbers<int>(LeastSeconds, MostSeconds, "20 are enough for most services."), DefaultSeconds, $"How long each variant is sampled, {LeastSeconds} to {MostSeconds} seconds.");

    /// <summary>Reads both.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="texts">The arms as they were given.</param>
    /// <param name="seconds">The seconds.</param>
    /// <param name="others">Other options that were given and that only a run has.</param>
    /// <exception cref="UsageException">An arm does not exist or is not .NET, or the options do not fit together.</exception>
    public static (IReadOnlyList<string> Arms, TimeSpan Duration) Read(Scenario scenario, IReadOnlyList<string> texts, int seconds, IReadOnlyList<string> others)
    {
        string[] known = [.. PlanBuilder.Arms(scenario).Select(arm => arm.Name)];
        string[] arms = [.. texts.SelectMany(text => text.Split(',', StringSplitOptions.TrimEntries))];
        var faults = new UsageFaults();
        foreach (var arm in arms.Where(arm => !known.Contains(arm, StringComparer.Ordinal)))
        {
            faults.Unless(holds: false, $"'{arm}' is no variant of {scenario.Name} (--diagnose). {NearestName.Advise(arm, known)}");
        }

        faults.Unless(arms.Length is >= 1 and <= MostArms, $"{arms.Length} variants are named (--diagnose). Name one, or two whose difference is asked for.");
        faults.Unless(arms.Distinct(StringComparer.Ordinal).Count() == arms.Length, $"{arms.FirstOrDefault()} is named twice (--diagnose). Its control {scenario.ControlName} is the baseline once more.");
        faults.Unless(others.Count == 0, $"{string.Join(", ", others)}: a diagnosis measures and judges nothing (--diagnose). Leave it away.");
        faults.ThrowIfAny();

        // What is built before the run is not there yet; the run itself refuses it then.
        string[] built = [.. PlanBuilder.Arms(scenario).Where(arm => arm.Program?.Build is not null).Select(arm => arm.Name)];
        if (DiagnosisRunner.FindOthers(scenario, [.. arms.Except(built, StringComparer.Ordinal)], Checkout.Folders) is [var (name, process, runtime), ..])
        {
            throw Refuse(name, process, runtime);
        }

        return (arms, TimeSpan.FromSeconds(seconds));
    }

    /// <summary>Says why an arm cannot be sampled, and what can.</summary>
    public static UsageException Refuse(string arm, string process, ServiceRuntime runtime)
    {
        var (name, instead) = runtime switch
        {
            ServiceRuntime.Node => ("Node.js", "node --cpu-prof, whose file speedscope opens too"),
            ServiceRuntime.Python => ("Python", "py-spy record --format speedscope"),
            ServiceRuntime.Java => ("Java", "Java Flight Recorder (java -XX:StartFlightRecording) or async-profiler"),
            _ => ("not .NET's just-in-time runtime", "perf record and perf script, whose text speedscope opens too"),
        };
        return new UsageException($"arm {arm}, process {process}: its program is {name}, and only stacks of .NET are sampled (--diagnose). Use {instead}.");
    }
}
