using PerfLab.Experiments.Inspections;
using PerfLab.Experiments.Scenarios;
using PerfLab.Statistics;

namespace PerfLab.Analysis.Inspections;

/// <summary>Makes a scenario of an inspected service.</summary>
public static class ScenarioDesigner
{
    // As many as scenario files have by default; more where many comparisons take more for any verdict.
    private const int UsualLaunchSets = 12;
    private const int SpareLaunchSets = 3;

    // Fewer rounds average too few of a neighbor's bursts.
    private const int LeastRounds = 20;

    private const int RequestsPerArm = 1000;
    private const double RequestsPerSlice = 10;
    private static readonly TimeSpan s_leastSlice = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_mostSlice = TimeSpan.FromSeconds(1);

    // What a user waits for a first report.
    private static readonly TimeSpan s_mostTime = TimeSpan.FromMinutes(12);

    // Voided rounds and a slow start now and then.
    private const double BudgetMargin = 1.2;

    // A JVM compiles for minutes (docs/runtimes.md).
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_javaWarmUp = TimeSpan.FromSeconds(30);
    private const double WarmUpLimitFactor = 3;

    private static readonly TimeSpan s_leastReadyTimeout = TimeSpan.FromSeconds(30);
    private const double ReadyTimeoutFactor = 3;

    /// <summary>Makes the scenario.</summary>
    /// <param name="inspection">An inspection without a failure.</param>
    /// <param name="secondsPerLaunchSet">Estimates how long a launch set takes, from the design and the number of arms.</param>
    /// <exception cref="ArgumentException">The inspection did not come to its end.</exception>
    public static ScenarioProposal Propose(ServiceInspection inspection, Func<DesignDefinition, int, double> secondsPerLaunchSet)
    {
        ArgumentNullException.ThrowIfNull(inspection);
        ArgumentNullException.ThrowIfNull(secondsPerLaunchSet);
        if (inspection is not { Port: { } port, Capacity: { } capacity, StartSeconds: { } startSeconds })
        {
            throw new ArgumentException("The inspection has no capacity. Pass one that came to its end.", nameof(inspection));
        }

        var isSampled = SampledShare.Of(inspection)?.IsHalf == true;
        Variant[] variants = isSampled ? [TracingVariants.Off, TracingVariants.AlwaysOn, TracingVariants.TenPercent] : [TracingVariants.Off, TracingVariants.AlwaysOn];
        var rate = RateChoice.Of(capacity.Result, inspection.Service.RatePerSecond);
        var readyTimeout = TimeSpan.FromSeconds(Math.Max(s_leastReadyTimeout.TotalSeconds, Math.Ceiling(ReadyTimeoutFactor * startSeconds)));
        var process = port.Process with { Command = V8MemoryReducer.SwitchedOff(port.Process.Command, inspection.Runtime), Ready = port.Process.Ready with { Timeout = readyTimeout } };
        var scenario = inspection.Service.ToScenario(process, variants);
        var design = WithRounds(DesignOf(inspection.Runtime, rate.RatePerSecond, variants.Length), scenario, rate.RatePerSecond, secondsPerLaunchSet);
        var seconds = startSeconds + (design.LaunchSets * secondsPerLaunchSet(design, variants.Length + 1));
        design = design with { Budget = TimeSpan.FromMinutes(Math.Ceiling(BudgetMargin * seconds / 60)) };
        return new ScenarioProposal(scenario with { Load = scenario.Load with { RatePerSecond = rate.RatePerSecond }, Design = design }, rate, seconds);
    }

    private static DesignDefinition DesignOf(ServiceRuntime runtime, double ratePerSecond, int variantCount)
    {
        var warmUp = runtime == ServiceRuntime.Java ? s_javaWarmUp : s_warmUp;
        return InspectionDesign.Trial with
        {
            LaunchSets = Math.Max(UsualLaunchSets, Holm.SmallestSignedRankCount(variantCount - 1) + SpareLaunchSets),
            Slice = TimeSpan.FromMilliseconds(Math.Clamp(100 * Math.Ceiling(10 * RequestsPerSlice / ratePerSecond), s_leastSlice.TotalMilliseconds, s_mostSlice.TotalMilliseconds)),
            WarmUp = warmUp,
            WarmUpLimit = WarmUpLimitFactor * warmUp,
        };
    }

    // A thousand requests to each arm in every launch set, or where that would take too long in all of them together.
    private static DesignDefinition WithRounds(DesignDefinition design, Scenario scenario, double ratePerSecond, Func<DesignDefinition, int, double> secondsPerLaunchSet)
    {
        var least = Math.Max(LeastRounds, BatchWindow.RoundsOf(scenario.Target, scenario.Variants, design with { Rounds = 1 }));
        var requestsPerRound = ratePerSecond * design.Slice.TotalSeconds;
        var each = design with { Rounds = Math.Max(least, (int)Math.Ceiling(RequestsPerArm / requestsPerRound)) };
        return each.LaunchSets * secondsPerLaunchSet(each, scenario.Variants.Count + 1) <= s_mostTime.TotalSeconds
            ? each
            : design with { Rounds = Math.Max(least, (int)Math.Ceiling(RequestsPerArm / (requestsPerRound * design.LaunchSets))) };
    }
}

/// <summary>
/// After 8 s of little work V8 gives memory back: it collects everything, shrinks the space of new objects and drops code, and the
/// requests after that cost up to twice as much for a while. Variants that take turns always have little work
/// (<c>docs/runtimes.md</c>).
/// </summary>
public static class V8MemoryReducer
{
    /// <summary>The flag of Node.js that switches it off; <c>NODE_OPTIONS</c> does not accept it.</summary>
    public const string Flag = "--no-memory-reducer";

    /// <summary>
    /// Puts the flag behind the word that is Node.js itself, also behind a launcher such as <c>env</c>; commands without that
    /// word, such as npm's, pass none on and stay as they are.
    /// </summary>
    /// <param name="command">The command.</param>
    /// <param name="runtime">What was found to be running.</param>
    internal static IReadOnlyList<string> SwitchedOff(IReadOnlyList<string> command, ServiceRuntime runtime)
    {
        // Behind a launcher that is not known the program is the only word that is Node.js.
        int[] nodes = [.. command.Index().Where(word => Path.GetFileNameWithoutExtension(word.Item) is "node" or "nodejs").Select(word => word.Index)];
        var program = CommandProgram.IndexOfProgram(command) is var known && nodes.Contains(known) ? known : nodes is [var only] ? only : -1;
        var isNode = program >= 0 && (runtime == ServiceRuntime.Node || (runtime == ServiceRuntime.Unknown && program == 0));
        return isNode && !command.Contains(Flag) ? [.. command.Take(program + 1), Flag, .. command.Skip(program + 1)] : command;
    }
}

/// <summary>A scenario for a service that nobody has measured yet.</summary>
/// <param name="Scenario">The scenario; its question and the meaning of its parts are for its writer.</param>
/// <param name="Rate">Why it has this rate.</param>
/// <param name="Seconds">How long all launch sets take; a run may be decided earlier.</param>
public sealed record ScenarioProposal(Scenario Scenario, RateChoice Rate, double Seconds)
{
    /// <summary>Gets the requests to each arm in a launch set.</summary>
    public double RequestsPerArm => Rate.RatePerSecond * Scenario.Design.Slice.TotalSeconds * Scenario.Design.Rounds;
}
