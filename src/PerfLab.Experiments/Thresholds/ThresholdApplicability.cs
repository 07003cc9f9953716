namespace PerfLab.Experiments.Thresholds;

/// <summary>
/// Whether a threshold can be judged where it was written. To be asked before anything is started: a threshold that nothing
/// can judge must not wait for the end of a run to say so.
/// </summary>
public static class ThresholdApplicability
{
    /// <summary>Says why a load test cannot judge a threshold, with what to do instead; null when it can.</summary>
    /// <param name="threshold">The threshold.</param>
    /// <param name="requests">Names of the requests; null where they are not told apart.</param>
    public static string? FaultInLoadTest(Threshold threshold, IReadOnlyCollection<string>? requests) => threshold switch
    {
        { Request: { } name } when requests is null => $"'{threshold.Text}' names requests, which are not told apart here. Leave out {{{name}}}.",
        { Request: { } name } when !requests!.Contains(name, StringComparer.Ordinal) => $"there is no request {QuotedToken.Of(name)}. {NearestName.Advise(name, requests!)}",
        { Quantity: ThresholdQuantity.Overhead or ThresholdQuantity.SpansLost } =>
            $"{threshold.Quantity} needs arms to compare, and a load test has none. Put the threshold into a scenario file.",
        { Arms.Count: > 0 } => $"'{threshold.Text}' names arms, and a load test has none. Leave out what begins with 'for'.",
        _ => null,
    };

    /// <summary>Says why a scenario cannot judge a threshold, and what to do instead; null when it can.</summary>
    /// <param name="threshold">The threshold.</param>
    /// <param name="variants">Names of all variants, the baseline among them.</param>
    /// <param name="baseline">Name of the baseline.</param>
    /// <param name="requests">Names of the requests.</param>
    public static (string Problem, string Advice)? FaultInScenario(
        Threshold threshold, IReadOnlyCollection<string> variants, string baseline, IReadOnlyCollection<string> requests)
    {
        if (FaultOfQuantity(threshold.Quantity) is { } fault)
        {
            return fault;
        }

        if (threshold.Request is { } request && !requests.Contains(request, StringComparer.Ordinal))
        {
            return ($"there is no request {QuotedToken.Of(request)}.", NearestName.Advise(request, requests));
        }

        if (threshold.Arms.FirstOrDefault(arm => !variants.Contains(arm, StringComparer.Ordinal)) is { } unknown)
        {
            return ($"{QuotedToken.Of(unknown)} is not a variant.", $"Name some of: {string.Join(", ", variants)}; or leave out 'for' to mean all.");
        }

        return threshold.Quantity is ThresholdQuantity.Overhead && threshold.Arms.Contains(baseline, StringComparer.Ordinal)
            ? ($"'{baseline}' is the baseline and has no overhead over itself.", $"Leave it out of '{threshold.Text}'.")
            : null;
    }

    private static (string Problem, string Advice)? FaultOfQuantity(ThresholdQuantity quantity) => quantity switch
    {
        ThresholdQuantity.ResponseTime { Statistic.ResponseTimeMetric: null } =>
            ($"{quantity} is not kept for every launch set of a scenario.", "Use one of: p(50), p(90), p(99), p(99.9)."),
        ThresholdQuantity.DroppedStarts or ThresholdQuantity.StartLateness =>
            ($"{quantity} needs no threshold in a scenario: a launch set with dropped or late starts is void.", "Use it with the load verb."),
        ThresholdQuantity.AnsweredRequests or ThresholdQuantity.AnsweredRate =>
            ($"{quantity} is fixed by a scenario's plan, and a launch set that misses its rate is void.", "Use it with the load verb."),
        _ => null,
    };
}
