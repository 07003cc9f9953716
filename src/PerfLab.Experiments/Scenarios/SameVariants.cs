namespace PerfLab.Experiments.Scenarios;

/// <summary>Two variants of one scenario of which it is certain that they run alike.</summary>
/// <param name="First">The one that stands first in the file, or the baseline.</param>
/// <param name="Second">The other.</param>
public sealed record SameVariants(string First, string Second)
{
    /// <summary>
    /// Finds variants that set the same: variables, back-end fault and tail sampling. A variable that repeats what the target sets
    /// already, and an empty one of OpenTelemetry, which is as one that is not set, make no difference.
    /// </summary>
    /// <param name="scenario">The scenario.</param>
    /// <returns>Each variant that is like an earlier one, once, with the first that it is like; the baseline comes before all others.</returns>
    public static IReadOnlyList<SameVariants> Of(Scenario scenario)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        Variant[] variants = [.. scenario.Variants.OrderBy(variant => variant.Name == scenario.Baseline ? 0 : 1)];
        return
        [
            .. from index in Enumerable.Range(1, Math.Max(0, variants.Length - 1))
               let first = variants.Take(index).FirstOrDefault(earlier => AreSame(scenario.Target, earlier, variants[index]))
               where first is not null
               select new SameVariants(first.Name, variants[index].Name),
        ];
    }

    private static bool AreSame(TargetDefinition target, Variant first, Variant second) =>
        first.BackEnd == second.BackEnd
        && (first.Program?.Build ?? []).SequenceEqual(second.Program?.Build ?? [], StringComparer.Ordinal)
        && target.ProcessesOf(first.Program).Zip(target.ProcessesOf(second.Program)).All(pair => pair.First.Command.SequenceEqual(pair.Second.Command) && pair.First.Directory == pair.Second.Directory)
        && AreSame(first.Tail, second.Tail)
        && target.Processes.All(process => Effective(process, first).SequenceEqual(Effective(process, second)));

    private static bool AreSame(TailSamplingPolicy? first, TailSamplingPolicy? second) => (first, second) switch
    {
        (null, null) => true,
        ({ }, { }) => first with { Keep = [] } == second with { Keep = [] } && first.Keep.SequenceEqual(second.Keep),
        _ => false,
    };

    private static IEnumerable<KeyValuePair<string, string>> Effective(TargetProcess process, Variant variant) => process.EnvironmentUnder(variant.Environment)
        .Where(variable => variable.Value.Length > 0 || !variable.Key.StartsWith("OTEL_", StringComparison.Ordinal))
        .OrderBy(variable => variable.Key, StringComparer.Ordinal);
}
