using PerfLab.Experiments.Scenarios;
using PerfLab.Experiments.Yaml;

namespace PerfLab.Experiments.ScenarioFiles;

/// <summary>Reads <c>tail</c> of a variant.</summary>
internal static class TailReader
{
    private const string Errors = "errors";

    // Of the keys of a rule these say which rule it is; value belongs to attribute.
    private static readonly string[] Kinds = ["slower_than", "attribute", "at_most", "share"];

    private static readonly TimeSpan DefaultWait = TimeSpan.FromSeconds(2);

    /// <summary>Reads the section; null where the variant has none.</summary>
    public static TailPolicy? Read(Section variant)
    {
        if (variant.Find("tail") is not { } node)
        {
            return null;
        }

        var section = Section.Open(node, SectionKeys.Tail, variant.Faults);
        return new TailPolicy
        {
            WaitSeconds = section.Number("wait", Quantities.TailWait, DefaultWait).TotalSeconds,
            DecidesWhenComplete = section.Choice("decide", Choices.TailDecisions, fallback: false),
            Keep = ReadRules(section),
            MaxTraces = section.Number("max_traces", Quantities.TailTraces, 50_000),
            MaxBytes = section.Number("max_bytes", Quantities.TailBytes, 64_000_000),
        };
    }

    private static List<TailRule> ReadRules(Section section)
    {
        var rules = new List<TailRule>();
        foreach (var item in section.Items("keep", "Write what is kept, for example [errors, {slower_than: 250ms}, {share: 10%}]."))
        {
            if (ReadRule(item, section.Faults) is { } rule)
            {
                rules.Add(rule);
            }
        }

        return rules;
    }

    private static TailRule? ReadRule(YamlNode item, YamlFaults faults)
    {
        if (item is YamlText text)
        {
            if (text.Value == Errors)
            {
                return new TailRule.Errors();
            }

            faults.Add(item, $"{QuotedText.Of(text.Value)} is not a rule.", NearestName.Advise(text.Value, [Errors, .. Kinds]));
            return null;
        }

        var rule = Section.Open(item, SectionKeys.TailRule, faults);
        var kinds = Kinds.Where(rule.Has).ToList();
        if (kinds.Count != 1 || (rule.Has("value") && kinds[0] != "attribute"))
        {
            // What is not a map, or has unknown keys only, is reported already.
            if (item is YamlMap map && (map.Entries.Count == 0 || kinds.Count > 0 || rule.Has("value")))
            {
                faults.Add(item, $"a rule is one of {string.Join(", ", Kinds)}, and only attribute has a value.", "Write each rule as an item of its own, for example - {share: 10%}.");
            }

            return null;
        }

        return kinds[0] switch
        {
            "slower_than" => rule.Number("slower_than", Quantities.SlowerThan) is { } bound ? new TailRule.SlowerThan(bound.TotalSeconds) : null,
            "attribute" => new TailRule.HasAttribute(
                rule.Text("attribute", TextRule.AttributeName),
                rule.Find("value") is { } value ? Section.ReadText(value, TextRule.AttributeValue, faults) : null),
            "at_most" => rule.Number("at_most", Quantities.Rate) is { } rate ? new TailRule.AtMost(rate) : null,
            _ => rule.Number("share", Quantities.TailShare) is { } share ? new TailRule.Share(share) : null,
        };
    }
}
