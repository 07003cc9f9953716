using System.Globalization;
using PerfLab.Experiments.Thresholds;
using PerfLab.Experiments.Yaml;

namespace PerfLab.Experiments.ScenarioFiles;

/// <summary>Reads files with the prices of a plan, as strictly as scenario files. <c>docs/money.md</c> describes the format.</summary>
public static class PricingFile
{
    private const string Example = "scenarios/pricing/grafana-cloud-traces.yaml";
    private const string Ending = ".yaml";

    /// <summary>Reads a file.</summary>
    /// <param name="nameOrPath">A path, or the name of a file of the folders, with or without its ending.</param>
    /// <param name="folders">Where names are looked for, the first folder first.</param>
    /// <exception cref="ScenarioException">There is no such file, or it has faults; it holds all of them.</exception>
    public static PricingPlan Load(string nameOrPath, params IReadOnlyList<string> folders) => CheckedFile.Load(
        File.Exists(nameOrPath) ? nameOrPath : folders.SelectMany(folder => new[] { nameOrPath, nameOrPath + Ending }, Path.Combine).FirstOrDefault(File.Exists) ?? nameOrPath,
        PricingReader.Read,
        Example);

    /// <summary>Reads the text of a file.</summary>
    /// <param name="yaml">The text.</param>
    /// <param name="displayPath">The path that messages show.</param>
    /// <exception cref="ScenarioException">The text has faults; it holds all of them.</exception>
    public static PricingPlan Parse(string yaml, string displayPath) => CheckedFile.Parse(yaml, displayPath, PricingReader.Read);
}

/// <summary>Reads the prices of a plan from their tree.</summary>
internal static class PricingReader
{
    /// <summary>The most prices that a plan may have.</summary>
    private const int MostPrices = 20;

    /// <summary>Reads a plan; it may be used only if no fault was added.</summary>
    public static PricingPlan Read(YamlNode root, string path, YamlFaults faults)
    {
        var section = ScenarioSection.Open(root, SectionKeys.PricingFile, faults);
        var items = section.Items("prices", "Write one price a line, for example - { per: gb, price: 0.40 }.");
        if (items.Count > MostPrices)
        {
            faults.Add(section.Value("prices"), $"there are {items.Count} prices, and {MostPrices} are the most.", "Leave out those that are not for traces.");
        }

        return new PricingPlan(
            section.Text("plan", TextRule.PlanName),
            ReadDay(section),
            section.Text("source", TextRule.WebPage),
            section.Text("currency", TextRule.Currency),
            section.Has("note") ? section.Text("note", TextRule.Sentence) : null,
            [.. items.Select(item => ReadPrice(item, faults))]);
    }

    private static DateOnly ReadDay(ScenarioSection section)
    {
        var text = section.Text("as_of", TextRule.Sentence);
        if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && text.Length > 0)
        {
            section.Faults.Add(section.Value("as_of"), $"{QuotedText.Of(text)} is not a day.", "Write the day on which the prices were seen, for example 2026-11-29.");
        }

        return day;
    }

    private static Price ReadPrice(YamlNode item, YamlFaults faults)
    {
        var section = ScenarioSection.Open(item, SectionKeys.Price, faults);
        var unit = section.Choice("per", Choices.PriceUnits, PriceUnit.Unknown);
        var price = new Price(
            unit,
            section.Number("price", Quantities.Price, 0),
            section.Number("free", Quantities.FreeUnits, 0),
            section.Number("included_gb", Quantities.FreeUnits));
        if (unit == PriceUnit.Host && section.Has("free"))
        {
            faults.Add(section.Value("free"), "no host is free.", "Remove it; included_gb says what each host includes.");
        }
        else if (unit is not (PriceUnit.Host or PriceUnit.Unknown) && section.Has("included_gb"))
        {
            faults.Add(section.Value("included_gb"), "only a host includes a volume.", "Write free for units that cost nothing.");
        }

        return price;
    }
}

/// <summary>Reads what a scenario says of money: <c>traffic</c> and <c>pricing</c>.</summary>
internal static class MoneyReader
{
    // A column each: more do not fit on a page.
    private const int MostPlans = 6;

    /// <summary>Reads <c>traffic</c>; null where there is none.</summary>
    public static TrafficDefinition? ReadTraffic(YamlNode? node, YamlFaults faults)
    {
        if (node is null)
        {
            return null;
        }

        var section = ScenarioSection.Open(node, SectionKeys.Traffic, faults);
        return new TrafficDefinition(
            section.Number("requests_per_second", Quantities.Traffic, Quantities.Traffic.Least),
            section.Number("hosts", Quantities.Hosts),
            section.Number("retention", Quantities.StorageDays));
    }

    /// <summary>Reads <c>pricing</c>, and the files that it names.</summary>
    /// <param name="section">The scenario.</param>
    /// <param name="traffic">Its traffic.</param>
    /// <param name="folder">The folder of the scenario.</param>
    /// <param name="supplied">The folder of what PerfLab brings along, whose files are found by name; null for none.</param>
    public static IReadOnlyList<PricingPlan> ReadPlans(ScenarioSection section, TrafficDefinition? traffic, string folder, string? supplied)
    {
        string[] folders = supplied is null ? [Path.Combine(folder, "pricing")] : [Path.Combine(folder, "pricing"), Path.Combine(supplied, "pricing")];
        var plans = new List<PricingPlan>();
        foreach (var item in section.Items("pricing", "Name files of prices: pricing: [grafana-cloud-traces, aws-x-ray]."))
        {
            if (ScenarioSection.ReadText(item, TextRule.Sentence, section.Faults) is { } name && Load(item, name) is { } plan && IsUsable(item, plan))
            {
                plans.Add(plan);
            }
        }

        if (plans.Count > MostPlans)
        {
            section.Faults.Add(section.Value("pricing"), $"there are {plans.Count} plans, and {MostPlans} are the most.", "Leave some out; report --pricing prices a run again by others.");
        }

        if (section.Has("pricing") && !section.Has("traffic"))
        {
            section.Faults.Add(section.Value("pricing"), "prices need the traffic of the service.", "Add traffic: {requests_per_second: 300/s}.");
        }

        return plans;

        PricingPlan? Load(YamlNode item, string name)
        {
            try
            {
                var path = Path.Combine(folder, name);
                return PricingFile.Load(File.Exists(path) ? path : name, folders);
            }
            catch (ScenarioException error)
            {
                foreach (var fault in error.Faults)
                {
                    section.Faults.Add(item, string.Create(CultureInfo.InvariantCulture, $"{fault.File}({fault.Line},{fault.Column}): {fault.Subject}: {fault.Problem}"), fault.Advice);
                }

                return null;
            }
        }

        bool IsUsable(YamlNode item, PricingPlan plan)
        {
            var fault = plans.Any(other => other.Name == plan.Name) ? ($"there are two plans of the name {QuotedText.Of(plan.Name)}.", "Keep one of them, or give it another name.")
                : traffic is null ? null : plan.FaultWith(traffic);
            if (fault is var (problem, advice))
            {
                section.Faults.Add(item, problem, advice);
            }

            return fault is null;
        }
    }
}

/// <summary>Traffic as a person types it on a command line: the rules of <c>traffic</c> in a scenario file.</summary>
public static class TrafficParser
{
    /// <summary>Reads traffic.</summary>
    /// <param name="rate">Requests per second: <c>300</c> or <c>300/s</c>.</param>
    /// <param name="hosts">The number of hosts; null where not stated.</param>
    /// <param name="retention">For example <c>30d</c>; null where not stated.</param>
    /// <exception cref="FormatException">One is not what it should be, or out of range; the message names the option and what to write.</exception>
    public static TrafficDefinition Parse(string rate, string? hosts, string? retention) => new(
        Read("--traffic", rate.EndsWith("/s", StringComparison.Ordinal) ? rate : rate + "/s", Quantities.Traffic),
        hosts is null ? null : Read("--hosts", hosts, Quantities.Hosts),
        retention is null ? null : Read("--retention", retention, Quantities.StorageDays));

    private static T Read<T>(string option, string text, Quantity<T> quantity)
        where T : struct, IComparable<T>
    {
        var parsed = quantity.Read(new YamlText(YamlPath.Root, 1, 1, text, IsPlain: true));
        return parsed.Problem is null ? parsed.Value : throw new FormatException($"{option}: {parsed.Problem} {parsed.Advice}");
    }
}
