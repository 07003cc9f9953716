using PerfLab.Experiments.Findings;
using PerfLab.Experiments.Results;

namespace PerfLab.Runner.Validity;

/// <summary>Whether an arm's processes behaved: settled, stopped when asked, and lost no spans.</summary>
internal static class TargetChecks
{
    /// <summary>Checks one arm.</summary>
    public static IEnumerable<Finding> Run(ArmRecord arm)
    {
        if (arm.WarmUp.Settled == false)
        {
            yield return new Finding(
                FindingSeverity.Warning,
                "not-settled",
                arm.Arm,
                $"CPU per request still changed by more than 10 % at the end of {arm.WarmUp.LoadSeconds:0.##} s of warm-up.",
                "Raise design.warm_up and design.warm_up_limit.");
        }

        foreach (var process in arm.Processes.Where(process => process.ExitCode is not 0))
        {
            yield return new Finding(
                FindingSeverity.Warning,
                "unclean-stop",
                arm.Arm,
                process.ExitCode is { } code
                    ? $"Process {process.Name} ended with exit code {code} when asked to stop."
                    : $"Process {process.Name} did not stop in 10 s and was killed.",
                "Spans not yet exported are lost with it: handle SIGTERM and flush.");
        }

        if (arm.Spans.SampledCount is { } sampled && sampled != arm.Spans.ReceivedCount)
        {
            yield return new Finding(
                FindingSeverity.Warning,
                "spans-lost",
                arm.Arm,
                $"{sampled} spans were sampled, {arm.Spans.ReceivedCount} arrived.",
                "An arm that loses spans is broken, not cheap: raise OTEL_BSP_MAX_QUEUE_SIZE or lower the rate.");
        }
    }
}
