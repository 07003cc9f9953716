using PerfLab.Analysis.Metrics;
using PerfLab.Analysis.Runs;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Reporting.Wording;

/// <summary>Says in plain words how a run was measured and calculated.</summary>
internal static class MethodWording
{
    /// <summary>Writes the paragraphs.</summary>
    public static IReadOnlyList<Fact> Compose(RunAnalysis analysis) => Compose(analysis.Plan, analysis);

    private static IReadOnlyList<Fact> Compose(Plan plan, RunAnalysis analysis) =>
    [
        new("Launch sets", LaunchSets(plan, analysis)),
        new("Rounds", $"Each launch set has {DisplayText.Counted(plan.Rounds, "round")}{Changed(plan)}. In a round every arm gets load for {Duration(plan.SliceSeconds)}, one after the other in a fresh random order, while the others idle. An arm is charged for everything that its processes burn until its next turn, so background export counts."),
        new("Load", Load(plan)),
        new("Warm-up", $"Each arm is warmed up under load for {Duration(plan.WarmUpSeconds)} to {Duration(plan.WarmUpLimitSeconds)}, on all processors, until hardly any code is compiled any more (where that cannot be seen, until its CPU per request no longer falls). Measuring starts after that. What the runtime's background compiler still uses is left out of CPU per request where the system tells it apart: it depends on chance and ends in a service that runs for long."),
        new("Response time", plan.Generator is { } generator ? GeneratorWording.ResponseTime(generator, plan.RatePerSecond) : "Counted from the moment at which a request was due, not from when it was sent, so a stalled service cannot hide the requests that waited for it. p99 and p99.9 rest on few requests and are the weakest figures here."),
        new("Control", "The baseline runs twice under two names and the second one is judged like any arm. What it shows is what this run shows where there is no difference."),
        new("Statistics", $"Each launch set gives one number per arm and metric; nothing inside a launch set counts as a repetition. The change is the Hodges-Lehmann estimate of the log ratios to the baseline of the same launch set, with the exact Wilcoxon signed-rank interval at {MetricColumnFormat.Percent(RunConfidence.Level)}. A verdict of more or less must also hold after Holm's adjustment for the number of variants: who asks ten questions gets a wrong yes more easily than who asks one. Outliers are listed and kept."),
        new("Seed", $"{plan.Seed}: arrivals, request order and the order of arms follow from it."),
    ];

    private static string Changed(Plan plan) => plan.StatedRounds is { } stated && stated != plan.Rounds
        ? $", not the {DisplayText.Count(stated)} of the scenario, so that {(stated < plan.Rounds ? "it holds at least two batches of the SDK's exports" : "the budget holds the launch sets that a verdict takes")}"
        : string.Empty;

    /// <summary>Writes a short duration: <c>100 ms</c>, <c>2 s</c>.</summary>
    private static string Duration(double seconds) => seconds < 1
        ? DisplayText.Plain(Math.Round(seconds * 1000, 3)) + "\u00a0ms"
        : DisplayText.Plain(seconds) + "\u00a0s";

    private static string LaunchSets(Plan plan, RunAnalysis analysis)
    {
        var voided = analysis.VoidedLaunchSets == 0
            ? "None failed a validity check."
            : $"{DisplayText.Count(analysis.VoidedLaunchSets)} failed a validity check and {(analysis.VoidedLaunchSets == 1 ? "does" : "do")} not count.";
        return $"The numbers rest on {DisplayText.Counted(analysis.LaunchSets, "launch set")} of {DisplayText.Count(plan.LaunchSets)} planned. In each, all {DisplayText.Count(plan.Arms.Count)} arms are started as fresh processes of the same program, stay alive side by side, and differ in nothing but environment variables. {voided}";
    }

    private static string Load(Plan plan)
    {
        var spread = plan.Arrivals switch
        {
            ArrivalProcess.Poisson => "at random intervals (Poisson)",
            ArrivalProcess.Constant => "at equal intervals",
            _ => "on a fixed schedule",
        };
        var origin = plan.Pilot switch
        {
            null => "the scenario fixed it",
            { IsLowered: true, OpenLoop: { } trial } pilot => $"a pilot found {MetricColumnFormat.Percent(pilot.CapacityShare)} of the capacity of the slowest arm, {pilot.SlowestArm}, to be {DisplayText.Plain(Math.Round(pilot.SharePerSecond, 1))} requests/s, and lowered that until the busiest arm, {trial.BusiestArm}, kept its processors no more than {MetricColumnFormat.Percent(Math.Round(trial.BusyShare, 2))} busy",
            { } pilot => $"a pilot found it as {MetricColumnFormat.Percent(pilot.CapacityShare)} of the capacity of the slowest arm, {pilot.SlowestArm}",
        };
        if (plan.Generator is { } generator)
        {
            return $"Each slice is a run of {generator.Tool}, the user's own load tool, on the processors of the load: {GeneratorWording.Loop(generator, plan.RatePerSecond)}. {(generator.TakesRate ? $"{char.ToUpperInvariant(origin[0])}{origin[1..]}. " : string.Empty)}Requests and failures are those that it reports. PerfLab's own engine warms up{(plan.Pilot is null ? string.Empty : " and finds the rate")}.";
        }

        return $"Open loop at {DisplayText.Plain(Math.Round(plan.RatePerSecond, 1))} requests/s, {spread}: requests start when they are due, whether or not earlier ones have been answered. {char.ToUpperInvariant(origin[0])}{origin[1..]}. At most {DisplayText.Count(plan.MaxInFlight)} requests are in flight to an arm.{Levels(plan)}{ClosedLoop(plan)}";
    }

    private static string Levels(Plan plan) => plan.Levels.Count == 0
        ? string.Empty
        : $" Afterwards each launch set measures all arms once more at {string.Join(", ", plan.Levels.Select(level => $"{DisplayText.Plain(level.RatePerSecond)} requests/s ({MetricColumnFormat.Percent(level.CapacityShare)} of the capacity, {DisplayText.Count(level.Rounds)} rounds)"))}.";

    private static string ClosedLoop(Plan plan) => plan.ClosedLoop is { } loop
        ? $" At its end each launch set measures all arms in a closed loop of {DisplayText.Counted(loop.Connections, "connection")}, in {DisplayText.Counted(loop.Rounds, "round")} of {Duration(loop.SliceSeconds)} for each arm; nothing is decided by it."
        : string.Empty;
}
