using System.CommandLine;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.RequestFiles;
using PerfLab.Experiments.ScenarioFiles;
using PerfLab.Experiments.Thresholds;

namespace PerfLab.Cli.Options;

/// <summary><c>--traffic 300 --pricing FILE</c>: prices a finished run again, without measuring.</summary>
internal sealed class MonthOptions
{
    // Stands for the rate where only hosts or retention are given; that of the run takes its place.
    private const string AnyRate = "1";

    private readonly Option<string?> _traffic = new("--traffic")
    {
        Description = "Requests per second of the service in production, averaged over a month: the report then says what a month takes with each arm.",
        HelpName = "RATE",
    };

    private readonly Option<string?> _hosts = new("--hosts") { Description = "The hosts that the service runs on, for plans that are priced by the host.", HelpName = "COUNT" };

    private readonly Option<string?> _retention = new("--retention") { Description = "How long traces are stored, for example 30d.", HelpName = "DAYS" };

    private readonly Option<string[]> _pricing = new("--pricing")
    {
        Description = "A file of prices, or the name of one in scenarios/pricing/; repeatable. The first is the one that a budget is about.",
        HelpName = "FILE",
    };

    private MonthOptions()
    {
    }

    /// <summary>Adds the options to a command.</summary>
    public static MonthOptions AddTo(Command command)
    {
        var options = new MonthOptions();
        foreach (var option in (Option[])[options._traffic, options._hosts, options._retention, options._pricing])
        {
            command.Options.Add(option);
        }

        return options;
    }

    /// <summary>Lays the options over a plan of a run; without any it stays as it is.</summary>
    /// <exception cref="UsageException">An option is wrong, or lacks another.</exception>
    /// <exception cref="ScenarioException">A file of prices is missing or has faults.</exception>
    public Func<Plan, Plan> Read(ParseResult parse)
    {
        var faults = new UsageFaults();
        var rate = parse.GetValue(_traffic);
        var (hosts, retention) = (parse.GetValue(_hosts), parse.GetValue(_retention));
        var traffic = rate is null && hosts is null && retention is null ? null : faults.Read(() => TrafficParser.Parse(rate ?? AnyRate, hosts, retention), null!);
        PricingPlan[] pricing = [.. (parse.GetValue(_pricing) ?? []).Select(file => PricingFile.Load(file, Path.Combine(Checkout.Supplied, "pricing")))];
        faults.Unless(pricing.DistinctBy(plan => plan.Name).Count() == pricing.Length, "--pricing names the same plan twice. Keep one of them.");
        faults.ThrowIfAny();
        return traffic is null && pricing.Length == 0 ? plan => plan : plan => Lay(plan, traffic is null ? null : new GivenTraffic(traffic, HasRate: rate is not null), pricing);
    }

    /// <summary>Writes the options as they were given, with a blank before each.</summary>
    public string Text(ParseResult parse)
    {
        (string Name, string? Value)[] given =
        [
            (_traffic.Name, parse.GetValue(_traffic)),
            (_hosts.Name, parse.GetValue(_hosts)),
            (_retention.Name, parse.GetValue(_retention)),
            .. (parse.GetValue(_pricing) ?? []).Select(file => (_pricing.Name, (string?)file)),
        ];
        return string.Concat(given.Where(option => option.Value is not null).Select(option => $" {option.Name} {ShellWords.Quote(option.Value!)}"));
    }

    private static Plan Lay(Plan plan, GivenTraffic? given, PricingPlan[] priced)
    {
        var traffic = Traffic(given, plan.Decision?.Traffic);
        IReadOnlyList<PricingPlan> pricing = priced.Length > 0 ? priced : plan.Decision?.Pricing ?? [];
        var faults = new UsageFaults();
        foreach (var fault in pricing.Select(entry => entry.FaultWith(traffic)))
        {
            faults.Unless(fault is null, $"{fault?.Problem} {fault?.Advice}");
        }

        faults.ThrowIfAny();
        return plan with { Decision = (plan.Decision ?? new DecisionDefinition([], [], null)) with { RequestsPerSecond = traffic.RequestsPerSecond, Traffic = traffic, Pricing = pricing } };
    }

    // What is not given stays as the run states it.
    private static TrafficDefinition Traffic(GivenTraffic? given, TrafficDefinition? stated) => (given, stated) switch
    {
        (null, null) => throw new UsageException("--pricing needs the traffic of the service. Add --traffic, for example --traffic 300."),
        (null, _) => stated,
        ({ HasRate: false }, null) => throw new UsageException("--hosts and --retention are about a traffic that is not stated. Add --traffic, for example --traffic 300."),
        ({ Traffic: var traffic }, null) => traffic,
        ({ Traffic: var traffic, HasRate: var hasRate }, _) => traffic with
        {
            RequestsPerSecond = hasRate ? traffic.RequestsPerSecond : stated.RequestsPerSecond,
            Hosts = traffic.Hosts ?? stated.Hosts,
            RetentionDays = traffic.RetentionDays ?? stated.RetentionDays,
        },
    };

    private sealed record GivenTraffic(TrafficDefinition Traffic, bool HasRate);
}
