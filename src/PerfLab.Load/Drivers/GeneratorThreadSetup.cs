using System.ComponentModel;
using System.Runtime;
using PerfLab.Experiments.Results;
using PerfLab.Experiments;
using PerfLab.Load.Linux;

namespace PerfLab.Load.Drivers;

/// <summary>Prepares the calling thread to make load.</summary>
public static class GeneratorThreadSetup
{
    /// <summary>
    /// Sets exact timers, real-time priority where permitted, and the processors of the calling thread (Linux), and asks the
    /// garbage collector for short pauses (the whole process).
    /// </summary>
    /// <param name="cores">Logical processors from 0, or null to leave the thread where it is.</param>
    /// <returns>What could not be done; empty when everything was.</returns>
    public static IReadOnlyList<Finding> Prepare(IReadOnlyList<int>? cores)
    {
        // No blocking collections of the oldest generation while load is made; the generator itself allocates nothing then.
        GCSettings.LatencyMode = GCLatencyMode.SustainedLowLatency;
        if (!OperatingSystem.IsLinux())
        {
            return
            [
                new Finding(
                    FindingSeverity.Note,
                    "generator-not-prepared",
                    "generator",
                    "exact timers and binding to processors are not available on this system",
                    "Measure start lateness on Linux."),
            ];
        }

        var findings = new List<Finding>();
        Note(findings, ThreadScheduling.SetTimerSlack(1), "timer-slack", "timers of the generator may fire 50 µs late");
        if (ThreadScheduling.SetRealTime() != 0)
        {
            findings.Add(new Finding(
                FindingSeverity.Note,
                "generator-priority",
                "generator",
                "the generator has no real-time priority: other work on its processor may delay requests by some milliseconds",
                "Give the program CAP_SYS_NICE, or make sure that nothing else runs on its processor."));
        }

        if (cores is not null)
        {
            var text = string.Join(", ", cores);
            var error = cores.All(core => core is >= 0 and < 1024) ? ThreadScheduling.SetCores(cores) : Errno.InvalidArgument;
            Note(findings, error, "generator-placement", $"the generator is not bound to processor {text}");
        }

        return findings;
    }

    private static void Note(List<Finding> findings, int error, string code, string facts)
    {
        if (error != 0)
        {
            findings.Add(new Finding(
                FindingSeverity.Warning,
                code,
                "generator",
                $"{facts}: {new Win32Exception(error).Message}",
                "Check which processors this process may use (taskset -p, the container's cpuset)."));
        }
    }
}
