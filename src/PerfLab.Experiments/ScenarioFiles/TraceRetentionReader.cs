using PerfLab.Experiments.Scenarios;
using PerfLab.Experiments.Yaml;

namespace PerfLab.Experiments.ScenarioFiles;

/// <summary>Reads <c>visibility</c>.</summary>
internal static class TraceRetentionReader
{
    // Every request is made into bytes beforehand, so that each can have a number of its own; a mix holds 65,535.
    private const double MostRequests = 50_000;

    private static readonly AlertDefinition DefaultAlerts = new(WindowSeconds: 2, ErrorRatio: 0.3, SlowRatio: 0.3, AtLeast: 5);

    /// <summary>Reads the section; null where there is none.</summary>
    public static TraceRetentionDefinition? Read(YamlNode? node, YamlFaults faults, bool hasLogin)
    {
        if (node is null)
        {
            return null;
        }

        var section = ScenarioSection.Open(node, SectionKeys.TraceRetention, faults);
        var visibility = new TraceRetentionDefinition
        {
            RatePerSecond = section.Number("rate", Quantities.RetentionRate, 100),
            BeforeSeconds = Seconds(section, "before", 5),
            BurstSeconds = Seconds(section, "burst", 4),
            AfterSeconds = Seconds(section, "after", 4),
            SettleSeconds = Seconds(section, "settle", 8),
            Requests = ReadRequests(section, hasLogin),
            SlowerThanSeconds = section.Number("slower_than", Quantities.SlowerThan, TimeSpan.FromSeconds(0.25)).TotalSeconds,
            Attribute = section.Text("attribute", TextRule.AttributeName, "user_agent.original"),
            Services = ReadServices(section),
            Alerts = ReadAlerts(section.Find("alerts"), faults),
        };
        if (visibility.RatePerSecond * visibility.LoadSeconds > MostRequests)
        {
            faults.Add(node, $"{visibility.RatePerSecond * visibility.LoadSeconds:0} requests are more than {MostRequests:0}.", "Lower rate, before, burst or after.");
        }

        return visibility;
    }

    private static double Seconds(ScenarioSection section, string key, double fallback) =>
        section.Number(key, Quantities.RetentionTime, TimeSpan.FromSeconds(fallback)).TotalSeconds;

    private static List<RetentionRequest> ReadRequests(ScenarioSection section, bool hasLogin)
    {
        var items = section.Items("requests", "Write one - {name: ..., path: ..., expect: ..., share: 1%} for each kind of request.");
        var sections = items.Select(item => ScenarioSection.Open(item, SectionKeys.RetentionRequest, section.Faults)).ToList();
        var names = UniqueNames.Read(sections, TextRule.RequestName, "request");
        List<RetentionRequest> requests = [.. sections.Zip(names, (section, name) => Read(section, name, hasLogin))];
        if (requests.Sum(request => request.Share) > 1 || requests.Sum(request => request.BurstShare) > 1)
        {
            section.Faults.Add(section.Value("requests"), "their shares add up to more than 100%.", "Leave room for the target's own requests.");
        }

        return requests;
    }

    private static RetentionRequest Read(ScenarioSection section, string name, bool hasLogin)
    {
        var share = section.Number("share", Quantities.RetentionShare, 0);
        return new RetentionRequest(RequestReader.Read(section, name, hasLogin), share, section.Number("burst_share", Quantities.RetentionShare, share));
    }

    private static List<string> ReadServices(ScenarioSection section)
    {
        var services = new List<string>();
        if (!section.Has("services"))
        {
            return services;
        }

        foreach (var item in section.Items("services", "Write the names of the services, as they call themselves in service.name."))
        {
            if (ScenarioSection.ReadText(item, TextRule.Sentence, section.Faults) is { } name)
            {
                services.Add(name);
            }
        }

        return services;
    }

    private static AlertDefinition ReadAlerts(YamlNode? node, YamlFaults faults)
    {
        if (node is null)
        {
            return DefaultAlerts;
        }

        var section = ScenarioSection.Open(node, SectionKeys.Alerts, faults);
        return new AlertDefinition(
            section.Number("window", Quantities.AlertWindow, TimeSpan.FromSeconds(DefaultAlerts.WindowSeconds)).TotalSeconds,
            section.Number("errors", Quantities.AlertShare, DefaultAlerts.ErrorRatio),
            section.Number("slow", Quantities.AlertShare, DefaultAlerts.SlowRatio),
            section.Number("at_least", Quantities.AlertTraces, DefaultAlerts.AtLeast));
    }
}
