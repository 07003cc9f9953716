using PerfLab.Experiments.Thresholds;
using PerfLab.Experiments.Scenarios;
using PerfLab.Experiments.Yaml;

namespace PerfLab.Experiments.ScenarioFiles;

/// <summary>Reads <c>decide</c>.</summary>
internal static class DecisionReader
{
    /// <summary>Reads the section; null where there is none and no traffic is stated.</summary>
    /// <param name="node">The section.</param>
    /// <param name="visibility">How the run finds out what is kept; without it only the share of all traces is known.</param>
    /// <param name="traffic">The traffic of the service in production; null where the scenario does not state it.</param>
    /// <param name="isPriced">Whether the scenario names prices.</param>
    /// <param name="measurability">Whether a run measures what a condition is about.</param>
    /// <param name="faults">Where faults go.</param>
    public static DecisionDefinition? Read(YamlNode? node, TraceRetentionDefinition? visibility, TrafficDefinition? traffic, bool isPriced, ThresholdMeasurability measurability, YamlFaults faults)
    {
        if (node is null)
        {
            return traffic is null ? null : new DecisionDefinition([], [], traffic.RequestsPerSecond) { Traffic = traffic };
        }

        var section = ScenarioSection.Open(node, SectionKeys.Decision, faults);
        if (traffic is not null && section.Has("requests_per_second"))
        {
            faults.Add(section.Value("requests_per_second"), "the traffic is stated already.", "Remove it; traffic.requests_per_second says it for everything.");
        }

        var rate = traffic?.RequestsPerSecond ?? (section.Find("requests_per_second") is { } value ? ScenarioSection.ReadNumber(value, Quantities.Rate, faults) : null);
        var budget = Conditions(section, "budget", isSeen: false, condition =>
            condition.Quantity == DecisionQuantity.Cost && !isPriced ? ("a cost needs prices.", "Add pricing to the scenario, for example pricing: [grafana-cloud-traces], and traffic: {requests_per_second: 300/s}.")
            : condition.Kind == DecisionLimit.Monthly && rate is null ? ("a month needs the traffic of the service.", "Add traffic to the scenario, for example traffic: {requests_per_second: 300/s}.")
            : measurability.FaultOf(condition));
        var see = Conditions(section, "see", isSeen: true, condition =>
            condition.Quantity != DecisionQuantity.TracesKept && visibility is null ? ("this scenario does not measure which requests can still be seen.", "Add a visibility section, or ask for traces_kept.") : null);
        if (budget.Count + see.Count == 0)
        {
            faults.Add(node, "it states no condition.", "Add budget: [cpu<5%] or see: [traces_kept>=10%], or remove it.");
        }

        return new DecisionDefinition(budget, see, rate) { Traffic = traffic };
    }

    private static List<string> Conditions(ScenarioSection section, string key, bool isSeen, Func<DecisionCondition, (string Problem, string Advice)?> faultOf)
    {
        var conditions = new List<string>();
        foreach (var item in section.Items(key, $"Write conditions in brackets: {key}: [{(isSeen ? "errors_kept>=99%" : "cpu<5%")}]."))
        {
            if (ScenarioSection.ReadText(item, TextRule.Sentence, section.Faults) is not { } text || Parse(item, text, section.Faults) is not { } condition)
            {
                continue;
            }

            var fault = DecisionConditionParser.IsSeen(condition.Quantity) == isSeen
                ? faultOf(condition)
                : ("this condition belongs under the other key.", "budget takes costs, see takes what must be kept.");
            if (fault is var (problem, advice))
            {
                section.Faults.Add(item, problem, advice);
            }

            conditions.Add(condition.Text);
        }

        return conditions;
    }

    private static DecisionCondition? Parse(YamlNode item, string text, YamlFaults faults)
    {
        try
        {
            return DecisionCondition.Parse(text);
        }
        catch (ThresholdSyntaxException error)
        {
            faults.Add(item, error.Problem, error.Advice);
            return null;
        }
    }
}
