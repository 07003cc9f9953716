using System.Globalization;
using PerfLab.Analysis.Inspections;
using PerfLab.Experiments;
using PerfLab.Experiments.Inspections;
using PerfLab.Reporting.Terminal;
using PerfLab.Reporting.Wording;

namespace PerfLab.Reporting.Inspections;

/// <summary>Says what a machine can measure, and what would make it better.</summary>
public static class MachineReport
{
    private const double BytesPerGigabyte = 1e9;

    /// <summary>Composes a line for each capability, and below those that are limited what to change.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="findings">Its judgement.</param>
    public static IReadOnlyList<TerminalText> Compose(MachineInspection machine, IReadOnlyList<MachineFinding> findings)
    {
        ArgumentNullException.ThrowIfNull(machine);
        ArgumentNullException.ThrowIfNull(findings);
        return [.. findings.SelectMany(finding => Lines(machine, finding)), new(string.Empty), Conclusion(findings)];
    }

    private static IEnumerable<TerminalText> Lines(MachineInspection machine, MachineFinding finding)
    {
        var isGood = finding.Outcome == InspectionOutcome.Good;
        var (title, sentence, change) = Words(machine, finding.Capability);
        yield return new TerminalText($"{(isGood ? "good" : "limited"),-9}{title,-12}{DisplayText.Clean(sentence)}", isGood ? TerminalStyle.Good : TerminalStyle.Doubtful);
        if (!isGood)
        {
            yield return new TerminalText($"{string.Empty,-21}{change}");
        }
    }

    private static TerminalText Conclusion(IReadOnlyList<MachineFinding> findings)
    {
        var limited = findings.Count(finding => finding.Outcome != InspectionOutcome.Good);
        return new TerminalText(
            limited == 0
                ? $"This machine can measure everything that PerfLab measures. {StartCommand.Noise} finds out how small an effect it can show."
                : $"{DisplayText.Counted(limited, "line")} limited: runs work, with what the lines say. {StartCommand.Noise} finds out how small an effect this machine can show.",
            TerminalStyle.Strong);
    }

    private static (string Title, string Sentence, string Change) Words(MachineInspection machine, MachineCapability capability) => capability switch
    {
        MachineCapability.Processors => (
            "processors",
            $"{machine.OnlineProcessors} ({machine.Machine.ProcessorModel ?? "model unknown"}), of which this process may use {(machine.AllowedProcessors is { } allowed ? string.Join(",", allowed) : "all")}",
            "Service, generator and collector share one processor: their costs mix. Use a machine with two, or widen the affinity (taskset)."),
        MachineCapability.Placement => (
            "placement",
            machine.Placement is { } placement ? $"targets on {string.Join(",", placement.TargetCores)}, PerfLab on {string.Join(",", placement.LabCores)}" : "targets and PerfLab cannot be kept apart",
            "It takes Linux, two processors and taskset (Debian: util-linux)."),
        MachineCapability.Quota => ("CPU quota", Quota(machine), "A throttled process stands still for parts of 100 ms. Remove the quota (docker run without --cpus, resources.limits.cpu), and pin processors instead (--cpuset-cpus)."),
        MachineCapability.Steal => ("steal", machine.StealRatio is { } steal ? $"the hypervisor took {QuantityFormat.Percent(steal)}" : "not known on this system", "Other virtual machines use these processors. Rounds that lose more than 5 % are voided: use dedicated processors, or another time of day."),
        MachineCapability.Noise => ("noise", string.Join("; ", machine.BusyLoops.Select(Loop)), "Something else runs here. Close it, or expect wider intervals and voided rounds."),
        MachineCapability.Frequency => ("frequency", machine.FrequencyGovernor is { } governor ? $"governor {governor}" : "governor not visible", "The frequency follows the load, and so does CPU time per request: cpupower frequency-set -g performance (root)."),
        MachineCapability.Clock => ("clock", Text($"{machine.Clock.Source ?? "source unknown"}: steps of {machine.Clock.ResolutionSeconds * 1e9:0} ns, {machine.Clock.ReadSeconds * 1e9:0} ns for a reading"), "Response times of a few microseconds cannot be told apart. Prefer the clock source tsc where the kernel trusts it."),
        MachineCapability.CpuTime => ("CPU time", machine.HasNanosecondCpuTime ? "to the nanosecond (schedstat)" : "in ticks of 10 ms", "A slice needs hundreds of requests for CPU time per request. Use a kernel with CONFIG_SCHED_INFO."),
        MachineCapability.Counters => Counters(machine.HardwareCounters, machine.PerfEventParanoid is { } level ? Text($" (kernel.perf_event_paranoid is {level})") : string.Empty),
        MachineCapability.OpenFiles => ("open files", machine.MaxOpenFiles is { } files ? DisplayText.Count(files) : "no limit known", "Each connection takes one. Raise it: ulimit -n 4096."),
        MachineCapability.Ports => ("ports", machine.LocalPorts is { } ports ? $"{DisplayText.Count(ports)} for connections to one address" : "not known on this system", "Each connection takes one: sysctl net.ipv4.ip_local_port_range=\"10000 65000\" (root)."),
        MachineCapability.Memory => ("memory", MachineJudge.Memory(machine) is { } bytes ? Gigabytes(bytes, "available") : "not known on this system", "Every arm of a scenario runs at the same time. Close other programs, or raise the limit of the control group."),
        MachineCapability.Results => ("results", $"{machine.Results.Path}: {(machine.Results.IsWritable ? "writable" : "not writable")}{(machine.Results.FreeBytes is { } free ? $", {Gigabytes(free, "free")}" : string.Empty)}", "Name a folder that you may write, with a gigabyte of room: --results FOLDER, and --output FILE for init."),
        MachineCapability.Sdk => ("SDK", machine.DotNetSdks.Count > 0 ? $".NET {string.Join(", ", machine.DotNetSdks)}; runs on {machine.Machine.Runtime}" : $"none beside {machine.Machine.Runtime}", "run.sh builds PerfLab with one: install the .NET SDK 10."),
        _ => throw new ArgumentOutOfRangeException(nameof(capability), capability, "There is no such capability."),
    };

    private static (string Title, string Sentence, string Change) Counters(CounterAccess access, string level)
    {
        var (sentence, change) = access switch
        {
            CounterAccess.Opened => ("a counter of instructions could be opened", string.Empty),
            CounterAccess.NotPermitted => ($"the kernel permits none{level}", "sysctl kernel.perf_event_paranoid=2 (root) or the capability PERFMON; in a container also a seccomp profile that allows perf_event_open."),
            CounterAccess.NoHardware => ($"this processor has none{level}", "a virtual machine has them if its hypervisor passes a PMU on; else take a machine of its own."),
            CounterAccess.NoKernelSupport => ("the kernel has no perf_event_open", "a kernel with CONFIG_PERF_EVENTS; in a container a seccomp profile that allows the call."),
            _ => ("hardware counters are not known on this system", "Linux on x64 or Arm64."),
        };
        return ("counters", sentence, $"PerfLab measures without them. perf beside it needs: {change}");
    }

    private static string Quota(MachineInspection machine) => (machine.ControlGroup, machine.ThrottledCount) switch
    {
        (null, _) => "no control group",
        ({ QuotaCores: null }, _) => "none",
        ({ QuotaCores: { } cores }, var throttled) => Text($"{cores:0.##} processors{(throttled > 0 ? $", throttled {throttled} times in these seconds" : string.Empty)}"),
    };

    private static string Loop(BusyLoopTrial loop) => Text(
        $"{(loop.Processor is { } processor ? $"processor {processor} " : string.Empty)}lost {100 * loop.LostRatio:0.00} % of a busy second, {1000 * loop.LongestGapSeconds:0.0} ms at once");

    private static string Gigabytes(long bytes, string what) => Text($"{bytes / BytesPerGigabyte:0.0} GB {what}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
