using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Scenarios;
using PerfLab.Reporting.Formatting;

namespace PerfLab.Reporting.Content;

/// <summary>Lists what the run was made on and with.</summary>
internal static class MachineFacts
{
    private const string Unknown = "unknown";

    /// <summary>Lists the facts.</summary>
    public static IReadOnlyList<Fact> Compose(Manifest manifest, Plan plan)
    {
        var machine = manifest.Machine;
        return
        [
            new("Processor", $"{machine.ProcessorModel ?? Unknown}, {DisplayText.Counted(machine.LogicalProcessors, "logical processor")}"),
            new("Memory", $"{DisplayText.Plain(Math.Round(machine.MemoryBytes / 1e9, 1))}\u00a0GB"),
            new("Virtual machine", machine.Virtualised switch { true => "yes", false => "no", null => Unknown }),
            new("Operating system", machine.OperatingSystem),
            new("Kernel", machine.Kernel ?? Unknown),
            new("Architecture", machine.Architecture),
            new("Runtime of the lab", machine.Runtime),
            new("Placement", Placement(plan.Placement)),
            new("Runtime profile", Profile(plan.Runtime)),
            new("PerfLab", manifest.Commit is null ? manifest.ToolVersion : $"{manifest.ToolVersion}, commit {manifest.Commit}"),
        ];
    }

    private static string Placement(Placement? placement) => placement is null
        ? "none: targets, generator and collector share all cores"
        : $"targets on {Cores(placement.TargetCores)}; generator and collector on {Cores(placement.LabCores)}";

    private static string Cores(IReadOnlyList<int> cores) => (cores.Count == 1 ? "core " : "cores ") + string.Join(", ", cores);

    private static string Profile(RuntimeProfile profile) => profile switch
    {
        RuntimeProfile.Lab => "lab: the default runtime without thread-pool spinning",
        RuntimeProfile.Steady => "steady: without tiered compilation; steadier between launches, and the answer differs somewhat from production's",
        RuntimeProfile.Production => "production: the runtime untouched",
        _ => Unknown,
    };
}
