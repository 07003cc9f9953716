using System.Globalization;

namespace PerfLab.Experiments.Scenarios;

/// <summary>
/// The least measured window of a launch set. An SDK exports in batches, one every few seconds: a window that is shorter than that
/// delay has the cost of recording spans in it and, by chance, none of exporting them.
/// </summary>
public static class BatchWindow
{
    // Whenever the window begins, one whole batch lies in it, from its first span to its export.
    private const int DelaysInWindow = 2;

    // The fewest that a scenario may state for its first load.
    private const int LeastRounds = 2;

    /// <summary>The delay between two batches, in milliseconds.</summary>
    public const string DelayVariable = "OTEL_BSP_SCHEDULE_DELAY";

    // The default of the specification, "Batch span processor".
    private static readonly TimeSpan s_defaultDelay = TimeSpan.FromSeconds(5);

    // They come behind a simple processor, which exports each span when it ends, or export nothing.
    private static readonly string[] s_unbatchedExporters = ["none", "console", "logging", "in-memory"];

    /// <summary>Gets the rounds that a launch set needs: those that the design states, or more.</summary>
    /// <param name="target">The processes.</param>
    /// <param name="variants">The arms without the control.</param>
    /// <param name="design">The design.</param>
    public static int RoundsOf(TargetDefinition target, IReadOnlyList<Variant> variants, DesignDefinition design)
    {
        var window = DelaysInWindow * LongestDelay(target, variants);
        return Math.Max(design.Rounds, (int)Math.Ceiling(window / RoundLength(variants, design)));
    }

    /// <summary>Gets the fewest rounds that a plan may have where the budget is short: half of those that the design states, and at least so many that the window holds two batch delays.</summary>
    /// <param name="target">The processes.</param>
    /// <param name="variants">The arms without the control.</param>
    /// <param name="design">The design.</param>
    public static int FewestRounds(TargetDefinition target, IReadOnlyList<Variant> variants, DesignDefinition design) =>
        RoundsOf(target, variants, design with { Rounds = Math.Max(LeastRounds, (design.Rounds + 1) / 2) });

    /// <summary>Gets the rounds of each load level: half of those that the design states, and at least so many that the window holds two batch delays.</summary>
    /// <param name="target">The processes.</param>
    /// <param name="variants">The arms without the control.</param>
    /// <param name="design">The design.</param>
    public static int LevelRounds(TargetDefinition target, IReadOnlyList<Variant> variants, DesignDefinition design) =>
        RoundsOf(target, variants, design with { Rounds = Math.Max(LeastRounds, design.Rounds / 2) });

    /// <summary>Gets how long the rounds that the design states take, all arms in turn.</summary>
    public static TimeSpan Stated(IReadOnlyList<Variant> variants, DesignDefinition design) => design.Rounds * RoundLength(variants, design);

    /// <summary>Gets the longest delay between two batches of a process; zero where none exports in batches.</summary>
    public static TimeSpan LongestDelay(TargetDefinition target, IReadOnlyList<Variant> variants) => LongestDelay(target, variants.Select(variant => variant.Environment));

    /// <summary>Gets the longest delay between two batches of a process under any of the environments; zero where none exports in batches.</summary>
    /// <param name="target">The processes.</param>
    /// <param name="environments">The variables of each arm.</param>
    public static TimeSpan LongestDelay(TargetDefinition target, IEnumerable<IReadOnlyDictionary<string, string>> environments) => environments
        .SelectMany(environment => target.Processes.Select(process => DelayOf(process.SdkSettingsUnder(environment), IncomingTraces.Of(target.Requests))))
        .Append(TimeSpan.Zero)
        .Max();

    // Zero where the environment says that nothing is exported in batches.
    private static TimeSpan DelayOf(IReadOnlyDictionary<string, string> environment, IncomingTraces incoming)
    {
        var exporters = environment.GetValueOrDefault(TraceExporters.Variable);
        var isUnbatched = !string.IsNullOrWhiteSpace(exporters)
            && exporters.Split(',', StringSplitOptions.TrimEntries).All(name => s_unbatchedExporters.Contains(name, StringComparer.OrdinalIgnoreCase));
        if (isUnbatched || TraceExporters.SamplesNothing(environment, incoming))
        {
            return TimeSpan.Zero;
        }

        return int.TryParse(environment.GetValueOrDefault(DelayVariable), NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
            ? TimeSpan.FromMilliseconds(milliseconds)
            : s_defaultDelay;
    }

    private static TimeSpan RoundLength(IReadOnlyList<Variant> variants, DesignDefinition design) => (variants.Count + 1) * design.Slice;
}
