using PerfLab.Experiments.ScenarioFiles;
using PerfLab.Experiments.Scenarios;
using PerfLab.Experiments.Thresholds;

namespace PerfLab.Experiments.Tests.ScenarioFiles;

public sealed class PricingFileTests
{
    private const string Whole = """
        plan: My back end
        as_of: 2026-11-29
        source: https://example.com/pricing
        currency: EUR
        prices:
          - { per: gb, price: 0.40, free: 50 }
          - { per: host, price: 31, included_gb: 150 }
        """;

    public static TheoryData<string> Shipped => [.. Directory.GetFiles(Path.Combine(Repository.Scenarios, "pricing")).Select(file => Path.GetFileName(file)!)];

    [Theory]
    [MemberData(nameof(Shipped))]
    public void Every_shipped_plan_has_a_date_a_page_and_a_price(string file)
    {
        var plan = PricingFile.Load(Path.Combine(Repository.Scenarios, "pricing", file));

        Assert.True(plan.AsOf >= new DateOnly(2026, 11, 29));
        Assert.StartsWith("https://", plan.Source, StringComparison.Ordinal);
        Assert.All(plan.Prices, price => Assert.True(price.Amount > 0));
    }

    [Theory]
    [InlineData("aws-x-ray")]
    [InlineData("aws-x-ray.yaml")]
    public void A_plan_is_found_by_its_name_in_a_folder_with_and_without_its_ending(string name) =>
        Assert.Equal("AWS X-Ray", PricingFile.Load(name, Path.Combine(Repository.Scenarios, "gone"), Path.Combine(Repository.Scenarios, "pricing")).Name);

    [Fact]
    public void Each_price_has_its_unit_its_free_units_and_what_is_included() =>
        Assert.Equal([new Price(PriceUnit.Gigabyte, 0.40, 50, null), new Price(PriceUnit.Host, 31, 0, 150)], PricingFile.Parse(Whole, "prices.yaml").Prices);

    [Theory]
    [InlineData("price: 0.40", "price: -1", "prices[0].price: -1 is below 0.")]
    [InlineData("price: 0.40", "price: 1e5", "prices[0].price: \"1e5\" is not a number.")]
    [InlineData("price: 0.40", "price: 99999999", "prices[0].price: 99999999 is above 1000000.")]
    [InlineData("price: 0.40", "price: \"0.4\"", "in quotation marks is text")]
    [InlineData("per: gb", "per: gigabyte", "prices[0].per: \"gigabyte\" is not a value of this key.")]
    [InlineData("free: 50", "included_gb: 50", "only a host includes a volume")]
    [InlineData("included_gb: 150", "free: 1", "no host is free")]
    [InlineData("2026-11-29", "29.11.2026", "as_of: \"29.11.2026\" is not a day.")]
    [InlineData("2026-11-29", "2026-02-30", "is not a day")]
    [InlineData("https://example.com/pricing", "javascript:alert(1)", "is not the address of a page")]
    [InlineData("EUR", "€", "is not a currency")]
    [InlineData("My back end", "\"My\\nback end\"", "line break")]
    [InlineData("currency: EUR", "", "currency: the key is missing.")]
    public void A_fault_names_file_key_and_value(string part, string wrong, string message)
    {
        var error = Assert.Throws<ScenarioException>(() => PricingFile.Parse(Whole.Replace(part, wrong, StringComparison.Ordinal), "prices.yaml"));

        Assert.StartsWith("prices.yaml(", error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_scenario_has_the_prices_that_it_names_and_its_traffic()
    {
        var scenario = ScenarioFile.Load(Path.Combine(Repository.Scenarios, "sampling.yaml"));

        Assert.Equal(["Grafana Cloud Traces", "AWS X-Ray", "Datadog APM"], scenario.Decision!.Pricing.Select(plan => plan.Name));
        Assert.Equal(new TrafficDefinition(300, 4, null), scenario.Decision.Traffic);
    }

    [Theory]
    [InlineData("traffic: { requests_per_second: 0/s }", "traffic.requests_per_second: 0/s is below 0.001/s.")]
    [InlineData("traffic: { requests_per_second: 300/s, hosts: 0 }", "traffic.hosts: 0 is below 1.")]
    [InlineData("traffic: { requests_per_second: 300/s, retention: 30 }", "traffic.retention: 30 has no unit.")]
    [InlineData("traffic: { hosts: 4 }", "traffic.requests_per_second: the key is missing.")]
    [InlineData("pricing: [pricing/aws-x-ray.yaml]", "pricing: prices need the traffic of the service.")]
    [InlineData("traffic: { requests_per_second: 300/s }\npricing: [nowhere]", "pricing[0]: nowhere(1,1): file: it does not exist.")]
    [InlineData("traffic: { requests_per_second: 300/s }\npricing: [smoke.yaml]", "pricing[0]: ")]
    [InlineData("traffic: { requests_per_second: 300/s }\npricing: [datadog-apm]", "pricing[0]: Datadog APM is priced by the host, and the traffic does not say how many there are.")]
    [InlineData("traffic: { requests_per_second: 300/s }\npricing: [aws-x-ray, pricing/aws-x-ray.yaml]", "pricing[1]: there are two plans of the name \"AWS X-Ray\".")]
    [InlineData("decide: { budget: [cost<200/month] }\ntraffic: { requests_per_second: 300/s }", "decide.budget[0]: a cost needs prices.")]
    [InlineData("decide: { budget: [exported<50GB/month] }", "decide.budget[0]: a month needs the traffic of the service.")]
    [InlineData("decide: { budget: [cpu<5%], requests_per_second: 300/s }\ntraffic: { requests_per_second: 300/s }", "decide.requests_per_second: the traffic is stated already.")]
    public void A_fault_of_traffic_or_prices_is_one_of_the_scenario(string section, string message) =>
        Assert.Contains(message, Assert.Throws<ScenarioException>(() => Parse(section)).Message, StringComparison.Ordinal);

    [Fact]
    public void Traffic_stands_for_the_month_of_a_budget_too() =>
        Assert.Equal(300, Parse("decide: { budget: [cost<200/month, exported<50GB/month] }\ntraffic: { requests_per_second: 300/s }\npricing: [aws-x-ray]").Decision!.RequestsPerSecond);

    [Theory]
    [InlineData("300", null, null, 300)]
    [InlineData("0.5/s", "4", "30d", 0.5)]
    public void Traffic_is_read_from_a_command_line(string rate, string? hosts, string? retention, double expected) =>
        Assert.Equal(new TrafficDefinition(expected, hosts is null ? null : 4, retention is null ? null : 30), TrafficParser.Parse(rate, hosts, retention));

    [Theory]
    [InlineData("many", null, null, "--traffic: ")]
    [InlineData("-1", null, null, "--traffic: ")]
    [InlineData("300", "0", null, "--hosts: 0 is below 1.")]
    [InlineData("300", null, "1y", "--retention: ")]
    public void What_is_no_traffic_is_refused_with_its_option(string rate, string? hosts, string? retention, string message) =>
        Assert.StartsWith(message, Assert.Throws<FormatException>(() => TrafficParser.Parse(rate, hosts, retention)).Message, StringComparison.Ordinal);

    private static Scenario Parse(string section) => ScenarioFile.Parse(MinimalScenario.With(section), Path.Combine(Repository.Scenarios, "minimal.yaml"));
}
