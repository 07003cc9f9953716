using PerfLab.Experiments.Scenarios;
using PerfLab.Experiments.Yaml;

namespace PerfLab.Experiments.ScenarioFiles;

/// <summary>Reads <c>variants</c>.</summary>
internal static class VariantReader
{
    /// <summary>Reads all of them; those with a faulty name are left out, for they cannot be told apart.</summary>
    public static IReadOnlyList<Variant> ReadAll(ScenarioSection scenario, TargetDefinition target)
    {
        var processNames = target.Processes.Select(process => process.Name).Where(name => name.Length > 0).ToHashSet(StringComparer.Ordinal);
        var items = scenario.Items("variants", "Write one - {name: ..., meaning: ..., env: {...}} for each variant, the baseline among them.");
        var sections = items.Select(item => ScenarioSection.Open(item, SectionKeys.Variant, scenario.Faults)).ToList();
        var names = UniqueNames.Read(sections, TextRule.VariantName, "variant");
        var variants = sections.Zip(names, (section, name) => Read(section, name, target, processNames));
        return [.. variants.Where(variant => variant.Name.Length > 0)];
    }

    private static Variant Read(ScenarioSection section, string name, TargetDefinition target, IReadOnlySet<string> processNames)
    {
        var program = ReadProgram(section, target, processNames);
        var isDotNet = target.ProcessesOf(program).Any(process => process.IsDotNet);
        var environment = EnvironmentReader.Read(section, processNames, isDotNet, target.Processes);
        if (target.ProcessesOf(program) is [var first, ..])
        {
            CommandSettingRules.Check(section, first with { Environment = first.EnvironmentUnder(environment) });
        }

        return new Variant(name, section.Text("meaning", TextRule.Sentence), environment)
        {
            BackEnd = BackEndFaultReader.Read(section),
            Tail = TailSamplingReader.Read(section),
            Program = program,
        };
    }

    private static ArmProgram? ReadProgram(ScenarioSection section, TargetDefinition target, IReadOnlySet<string> processNames)
    {
        var build = section.Has("build") ? CommandReader.ReadBuild(section) : null;
        var command = section.Has("command") ? CommandReader.ReadCommand(section, processNames, isBuilt: build is not null) : null;
        var directory = CommandReader.ReadDirectory(section, processNames, target.BaseFolder ?? ".", isBuilt: build is not null);
        if (build is not null && command is null)
        {
            section.Faults.Add(section.Value("build"), "what it builds is not started: the variant has no command.", "Add command: [dotnet, \"{build}/app.dll\"] to the variant.");
        }

        return command is null && directory is null ? null : new ArmProgram(command, directory) { Build = build };
    }
}

/// <summary>Reads <c>back_end</c> of a variant.</summary>
internal static class BackEndFaultReader
{
    /// <summary>Reads the trouble; null where the variant has none.</summary>
    public static BackEndFaultDefinition? Read(ScenarioSection variant)
    {
        if (variant.Find("back_end") is not { } node)
        {
            return null;
        }

        var section = ScenarioSection.Open(node, SectionKeys.BackEnd, variant.Faults);
        var kind = section.Choice("trouble", Choices.BackEndFaults, BackEndFaultKind.Unknown);
        var delay = section.Number("delay", Quantities.BackEndDelay);
        var retryAfter = section.Number("retry_after", Quantities.RetryAfter);
        if (kind != BackEndFaultKind.Unknown)
        {
            CheckUse(section, "delay", kind is BackEndFaultKind.Slow, "slow");
            CheckUse(section, "retry_after", kind is BackEndFaultKind.Unavailable or BackEndFaultKind.Throttled, "unavailable or throttled");
            if (kind == BackEndFaultKind.Slow && !section.Has("delay"))
            {
                section.ReportMissing(SectionKeys.BackEnd.Single(key => key.Name == "delay"));
            }
        }

        return new BackEndFaultDefinition(kind, delay?.TotalSeconds, retryAfter?.TotalSeconds, section.Number("share", Quantities.FaultShare, 1));
    }

    private static void CheckUse(ScenarioSection section, string key, bool isUsed, string kinds)
    {
        if (!isUsed && section.Has(key))
        {
            section.Faults.Add(section.Value(key), "this trouble has no such key.", $"Remove it, or use trouble: {kinds}.");
        }
    }
}

/// <summary>Reads <c>tail</c> of a variant.</summary>
internal static class TailSamplingReader
{
    private const string Errors = "errors";

    // Of the keys of a rule these say which rule it is; value belongs to attribute.
    private static readonly string[] Kinds = ["slower_than", "attribute", "at_most", "share"];

    private static readonly TimeSpan DefaultWait = TimeSpan.FromSeconds(2);

    /// <summary>Reads the section; null where the variant has none.</summary>
    public static TailSamplingPolicy? Read(ScenarioSection variant)
    {
        if (variant.Find("tail") is not { } node)
        {
            return null;
        }

        var section = ScenarioSection.Open(node, SectionKeys.Tail, variant.Faults);
        return new TailSamplingPolicy
        {
            WaitSeconds = section.Number("wait", Quantities.TailWait, DefaultWait).TotalSeconds,
            DecidesWhenComplete = section.Choice("decide", Choices.TailDecisions, fallback: false),
            Keep = ReadRules(section),
            MaxTraces = section.Number("max_traces", Quantities.TailTraces, 50_000),
            MaxBytes = section.Number("max_bytes", Quantities.TailBytes, 64_000_000),
        };
    }

    private static List<TailSamplingRule> ReadRules(ScenarioSection section)
    {
        var rules = new List<TailSamplingRule>();
        foreach (var item in section.Items("keep", "Write what is kept, for example [errors, {slower_than: 250ms}, {share: 10%}]."))
        {
            if (ReadRule(item, section.Faults) is { } rule)
            {
                rules.Add(rule);
            }
        }

        return rules;
    }

    private static TailSamplingRule? ReadRule(YamlNode item, YamlFaults faults)
    {
        if (item is YamlText text)
        {
            if (text.Value == Errors)
            {
                return new TailSamplingRule.Errors();
            }

            faults.Add(item, $"{QuotedText.Of(text.Value)} is not a rule.", NearestName.Advise(text.Value, [Errors, .. Kinds]));
            return null;
        }

        var rule = ScenarioSection.Open(item, SectionKeys.TailRule, faults);
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
            "slower_than" => rule.Number("slower_than", Quantities.SlowerThan) is { } bound ? new TailSamplingRule.SlowerThan(bound.TotalSeconds) : null,
            "attribute" => new TailSamplingRule.HasAttribute(
                rule.Text("attribute", TextRule.AttributeName),
                rule.Find("value") is { } value ? ScenarioSection.ReadText(value, TextRule.AttributeValue, faults) : null),
            "at_most" => rule.Number("at_most", Quantities.Rate) is { } rate ? new TailSamplingRule.AtMost(rate) : null,
            _ => rule.Number("share", Quantities.TailShare) is { } share ? new TailSamplingRule.Share(share) : null,
        };
    }
}
