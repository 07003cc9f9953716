using System.Globalization;
using PerfLab.Analysis.Findings;
using PerfLab.Experiments.Results;

namespace PerfLab.Reporting.Wording.Findings;

/// <summary>Findings about targets and their processes.</summary>
internal static class TargetFindingWording
{
    public static FindingText? Of(FindingDetails details) => details switch
    {
        RequestsFailed failed => new(
            $"{DisplayText.Count(failed.FailedCount)} of {DisplayText.Count(failed.Count)} requests failed ({string.Join(", ", failed.ErrorsByKind.OrderBy(error => error.Key, StringComparer.Ordinal).Select(error => $"{error.Key} {error.Value}"))}).",
            "A failed request does other work than one that succeeds: check the target's log, and make sure that every arm answers alike."),
        NotSettled settling => new(
            $"After {Number(settling.WarmUpSeconds, "0.##")} s of warm-up {Unsettled(settling.Compiling)}.",
            "Raise design.warm_up and design.warm_up_limit."),
        StillCompiling compiling => new(
            $"While it was measured, the runtime's background compiler used {Number(100 * compiling.CompilerRatio, "0.#")} % of its CPU time, which is not counted in CPU per request.",
            "A service that has run for hours no longer compiles. Raise design.warm_up to see less of it."),
        CpuInTicks { EndedRatio: { } ended } ticks => new(
            $"{Number(100 * ended, "0")} % of its CPU time is that of processes that ended between two readings, which the kernel adds to the service in clock ticks of {Number(1000 * ticks.TickSeconds, "0")} ms. The figure is worth {Number(ticks.Ticks, "0")} of them, so it is uncertain by {Number(100 / Math.Max(1, ticks.Ticks), "0")} %.",
            "Raise design.rounds, design.slice or load.rate."),
        CpuInTicks ticks => new(
            $"Its CPU time could only be read in clock ticks of {Number(1000 * ticks.TickSeconds, "0")} ms. The figure is made of {Number(ticks.Ticks, "0")} of them, so it is uncertain by {Number(100 / Math.Max(1, ticks.Ticks), "0")} %.",
            "Raise design.rounds, design.slice or load.rate, or run on a kernel that exposes the CPU clock of a process."),
        UncleanStop stop => new(
            stop.ExitCode is { } code
                ? $"Process {stop.Process} exited with code {code} when asked to stop."
                : $"Process {stop.Process} did not stop within {Number(stop.LimitSeconds, "0")} s and was killed.",
            "Spans that were not exported yet are lost with it: handle SIGTERM and flush the SDK."),
        ManyLogLines log => new(
            $"It prints {Number(log.LinesPerRequest, "0.#")} lines ({Number(log.BytesPerRequest, "N0")} bytes) for each request. Printing them is part of its cost and not of tracing.",
            "Measure with the log level of production; in ASP.NET Core, ASPNETCORE_ENVIRONMENT or Logging__LogLevel__Default in target.env sets it."),
        UnequalLogLines log => new(
            $"It prints {Number(log.LinesPerRequest, "0.#")} lines for each request, the quietest arm {Number(log.FewestLinesPerRequest, "0.#")}: the difference in cost is not that of tracing alone.",
            "Check its log in the launch folder for an exporter or SDK that reports errors, or for another log level."),
        TargetFailed failure => new(failure.Message, "See the target's log in the launch folder."),
        ArmFaulty faulty => new($"It {ArmHealthWording.Predicate(faulty.State, faulty.Fault)}.", ArmHealthWording.Advice(faulty.Fault)),
        TargetsSaturated saturated => new(
            $"The load kept the targets' processors busy nearly all the time ({string.Join(", ", saturated.Arms.Select(arm => $"{arm.Arm} {Number(100 * arm.BusyShare, "0")} %"))}){Allowed(saturated)}: {RunFacts.MeaningOfQueueing}.",
            $"Lower {(saturated.AllowedBusyShare is null ? "load.rate or load.capacity_share" : "load.busy_share or load.capacity_share")} to see the response times of a service with headroom."),
        _ => null,
    };

    private static string Allowed(TargetsSaturated saturated) =>
        saturated.AllowedBusyShare is { } share ? $", more than the {Number(100 * share, "0.#")} % of load.busy_share" : string.Empty;

    // Runs of earlier versions do not say which of the two it was.
    private static string Unsettled(bool? compiling) => compiling switch
    {
        true => "its code was still being compiled",
        false => "its CPU per request still changed by more than 10 %",
        null => "its code was still being compiled, or its CPU per request still changed by more than 10 %",
    };

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
