using PerfLab.Experiments.Scenarios;

namespace PerfLab.Experiments.Plans;

/// <summary>One arm of a plan.</summary>
/// <param name="Name">The variant's name; the control is called as the baseline with an apostrophe behind it.</param>
/// <param name="FileStem">The name as it appears in file names: letters, digits, dashes and dots only.</param>
/// <param name="Meaning">One line for a reader.</param>
/// <param name="Role">What the arm is for.</param>
/// <param name="Environment">The variant's environment variables.</param>
public sealed record PlannedArm(
    string Name,
    string FileStem,
    string Meaning,
    ArmRole Role,
    IReadOnlyDictionary<string, string> Environment)
{
    /// <summary>Gets the trouble that the arm's back end is in while it is measured; null for a healthy one.</summary>
    public BackEndFaultDefinition? BackEnd { get; init; }

    /// <summary>Gets the tail sampling that the collector does for this arm; null keeps all that arrives.</summary>
    public TailSamplingPolicy? Tail { get; init; }

    /// <summary>Gets what the arm starts in place of the target's own program; null for the target's own.</summary>
    public ArmProgram? Program { get; init; }
}

/// <summary>What an arm is for.</summary>
public enum ArmRole
{
    /// <summary>Not stated.</summary>
    Unknown = 0,

    /// <summary>What all others are compared with.</summary>
    Baseline = 1,

    /// <summary>The baseline once more, judged like any arm.</summary>
    Control = 2,

    /// <summary>A configuration under question.</summary>
    Variant = 3,
}

/// <summary>What the environment of an arm tells its OpenTelemetry SDKs (OpenTelemetry specification, "SDK environment variables").</summary>
public static class SdkEnvironment
{
    /// <summary>Gets whether every process of the arm is told to have no SDK.</summary>
    public static bool IsDisabled(Plan plan, PlannedArm arm) =>
        EnvironmentsOf(plan, arm).All(TraceExporters.IsDisabled);

    /// <summary>Gets whether every process of the arm is told to have no SDK, for whatever signal.</summary>
    public static bool HasNoSdk(Plan plan, PlannedArm arm) => EnvironmentsOf(plan, arm).All(TraceExporters.HasNoSdk);

    /// <summary>Gets whether every process of the arm is told to have no SDK, or one that samples no trace.</summary>
    public static bool SamplesNothing(Plan plan, PlannedArm arm) =>
        EnvironmentsOf(plan, arm).All(environment => TraceExporters.SamplesNothing(environment, IncomingTraces.Of(plan.Target.Requests)));

    /// <summary>Gets whether the collector should see what the arm samples: not where every process is told to export elsewhere, or nowhere.</summary>
    public static bool IsExported(Plan plan, PlannedArm arm) => TraceExporters.ReachCollector(plan.Target, arm.Environment);

    /// <summary>
    /// Gets the least and the greatest share of the requests whose traces the environment lets arrive at the collector, 0 to 1: 0
    /// where every process is told to have no SDK, to export elsewhere, or to sample nothing; 1 where nothing says less.
    /// </summary>
    public static (double Least, double Most) ExpectedShares(Plan plan, PlannedArm arm)
    {
        var incoming = IncomingTraces.Of(plan.Target.Requests);
        (double Least, double Most)[] shares = [.. EnvironmentsOf(plan, arm).Select(environment => IsSilent(environment) ? (0, 0) : TraceSampler.Of(environment).SharesOf(incoming))];
        return (shares.Max(share => share.Least), shares.Max(share => share.Most));
    }

    /// <summary>
    /// Gets the share of traces that the arm promises by a sampler of the specification, above 0 to 1; null where its processes are
    /// told different shares, where one has another sampler or is told none, where none should arrive, and where requests bring
    /// their traces along, which then do not begin here.
    /// </summary>
    public static double? PromisedShare(Plan plan, PlannedArm arm)
    {
        // A baseline that is another program may be one without an SDK, whatever all programs are told.
        var isOtherProgram = arm.Role != ArmRole.Variant && arm.Program is not null && !arm.Environment.ContainsKey(TraceExporters.SamplerVariable);
        double?[] shares = isOtherProgram ? [] : [.. EnvironmentsOf(plan, arm).Select(PromisedShare).Distinct()];
        return shares is [> 0 and var share] && IncomingTraces.Of(plan.Target.Requests).Share == 0 ? share : null;
    }

    /// <summary>Gets whether two arms are told the same but for the sampler: the same program, and otherwise the same variables.</summary>
    public static bool DifferInSamplerOnly(PlannedArm one, PlannedArm other)
    {
        return IsSame(one.Program?.Command, other.Program?.Command) && one.Program?.Directory == other.Program?.Directory
            && WithoutSampler(one).SetEquals(WithoutSampler(other));

        static bool IsSame(IReadOnlyList<string>? one, IReadOnlyList<string>? other) => one is null ? other is null : other is not null && one.SequenceEqual(other, StringComparer.Ordinal);

        static HashSet<KeyValuePair<string, string>> WithoutSampler(PlannedArm arm) =>
            [.. arm.Environment.Where(variable => variable.Key is not (TraceExporters.SamplerVariable or TraceSampler.ArgumentVariable))];
    }

    private static double? PromisedShare(IReadOnlyDictionary<string, string> environment) =>
        TraceSampler.Of(environment).Ratio is { } ratio ? (IsSilent(environment) ? 0 : ratio) : null;

    private static bool IsSilent(IReadOnlyDictionary<string, string> environment) =>
        TraceExporters.IsDisabled(environment) || !TraceExporters.ReachCollector(environment);

    // A variant's variables lie over those of the processes.
    private static IEnumerable<IReadOnlyDictionary<string, string>> EnvironmentsOf(Plan plan, PlannedArm arm) => plan.Target.Processes.Count == 0
        ? [arm.Environment]
        : plan.Target.ProcessesOf(arm.Program).Select(process => process.SdkSettingsUnder(arm.Environment));
}
