using System.Globalization;
using PerfLab.Experiments.Results;

namespace PerfLab.Reporting.Wording.Findings;

/// <summary>Findings about the load and about the machine that makes it.</summary>
internal static class LoadFindingWording
{
    private const string Quieter = "Repeat the run at a quieter time, or on a dedicated machine.";

    public static FindingText? Of(FindingDetails details) => details switch
    {
        StartsMissed starts => new(
            $"{DisplayText.Count(starts.StartedCount)} of {DisplayText.Count(starts.OfferedCount)} scheduled requests were started; {DisplayText.Count(starts.DroppedCount)} were dropped because too many were in flight.",
            "Lower load.rate or load.capacity_share, or raise load.max_in_flight."),
        LateStarts => new(
            Clause(details) + ".",
            "Something else uses the load generator's cores: stop it, or give the load generator a core of its own."),
        GeneratorBusy busy => new(
            $"Load generator and collector used {Percent(busy.BusyRatio)} of their {DisplayText.Counted(busy.Cores, "core")}; {Percent(busy.AllowedRatio)} are allowed.",
            "Lower load.rate, or give them more cores."),
        GeneratorFailed => new($"The load tool {Clause(details)}.", "Run its command by hand against your service; docs/generators.md has its contract."),
        GeneratorRateMissed rate => new(
            $"The load tool sent {DisplayText.Plain(Math.Round(rate.SentPerSecond, 1))} requests/s and was told to send {DisplayText.Plain(Math.Round(rate.RequestedPerSecond, 1))}.",
            "Lower load.rate, raise load.generator.connections, or take a longer design.slice."),
        CpuStolen => new(Capital(Clause(details)) + ".", Quieter),
        CpuThrottled throttled => new(
            $"The CPU quota of the control group {(throttled.IsTargets ? "of the targets" : "in which PerfLab and the targets run")} stopped processes for {Percent(throttled.ThrottledRatio)} of one core's time: response times hold waiting that is neither the service's nor tracing's.",
            "Raise or remove the quota (cpu.max, docker --cpus, a Kubernetes CPU limit), or lower load.rate."),
        RoundsDisturbed rounds => new(
            $"The hypervisor took 5 to 20 % of one core's time in {rounds.DisturbedRounds} of {DisplayText.Counted(rounds.CountedRounds, "round")}. Such a round counts for CPU and allocation; response times come from the other {rounds.CountedRounds - rounds.DisturbedRounds}.",
            Quieter),
        RoundsVoided rounds => new(
            $"{DisplayText.Counted(rounds.VoidedRounds, "round")} {(rounds.VoidedRounds == 1 ? "was" : "were")} voided for all arms and measured again; {rounds.CountedRounds} of {rounds.PlannedRounds} count{(rounds.TimedRounds is { } timed ? $", {timed} of them with response times" : string.Empty)} ({string.Join("; ", rounds.Causes.Select(Of))}).",
            Quieter),
        _ => null,
    };

    private static string Of(RoundVoidCause cause) =>
        $"{cause.Example.Code} {DisplayText.Counted(cause.Rounds, "time")}, for example: {(cause.Example.Cause is { } details ? Clause(details) : cause.Example.Facts)}{(cause.Example.Strain is { } strain ? Because(strain) : string.Empty)}";

    // The likeliest cause first.
    private static string Because(MachineStrain strain) => strain.LikelyCause switch
    {
        StrainCause.Neighbors => $", most likely because of neighbors: the hypervisor took {Share(strain.StealRatio)} of one core's time, and processes waited for a processor {Share(strain.PressureRatio)} of the time",
        StrainCause.Throttling => $", most likely because of a CPU quota: it stopped {(strain.ThrottledRatio > MachineStrain.NotableRatio ? $"PerfLab for {Share(strain.ThrottledRatio)}" : $"the targets for {Share(strain.TargetThrottledRatio)}")} of one core's time",
        StrainCause.Target => $", and neither neighbors nor a CPU quota explain it: processes waited for a processor {Share(strain.PressureRatio)} of the time",
        _ => ", and this system does not say how long processes waited for a processor, so neighbors cannot be ruled out",
    };

    private static string Share(double? ratio) => ratio is { } known ? Percent(known) : "an unknown share";

    // As a part of a sentence.
    private static string Clause(FindingDetails details) => details switch
    {
        LateStarts late => $"{DisplayText.Count(late.LateCount)} of {DisplayText.Count(late.Count)} requests were started at least {Milliseconds(late.LateSeconds)} late; {Milliseconds(late.AllowedSeconds)} are allowed",
        CpuStolen stolen => $"the hypervisor took {Percent(stolen.StealRatio)} of one core's time",
        GeneratorFailed failed => $"{failed.Tool} {HowFailed(failed)} after {DisplayText.Plain(Math.Round(failed.Seconds, 1))} s{(failed.LastWords.Length > 0 ? $", its last words: {failed.LastWords.Trim()}" : " and printed nothing")}",
        _ => "no reason was recorded",
    };

    private static string HowFailed(GeneratorFailed failed) => failed.Code switch
    {
        "not-started" => "could not be started",
        "hung" => "did not end in time",
        "ended" => $"ended with exit code {failed.ExitCode}",
        "no-output" => "reported no request",
        _ => "wrote something that is not its usual output",
    };

    private static string Capital(string clause) => char.ToUpperInvariant(clause[0]) + clause[1..];

    private static string Percent(double ratio) => (100 * ratio).ToString("0.#", CultureInfo.InvariantCulture) + " %";

    private static string Milliseconds(double seconds) => (1000 * seconds).ToString("0.###", CultureInfo.InvariantCulture) + " ms";
}
