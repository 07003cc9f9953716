using PerfLab.Experiments.ScenarioFiles;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Experiments.Tests.ScenarioFiles;

public sealed class ScenarioFileTests
{
    public static TheoryData<string> Shipped => [.. new ScenarioFolder(Repository.Scenarios).Files().Select(path => Path.GetFileName(path))];

    [Theory]
    [MemberData(nameof(Shipped))]
    public void Every_shipped_scenario_is_read(string file)
    {
        var path = Path.Combine(Repository.Scenarios, file);

        var scenario = ScenarioFile.Load(path);

        Assert.Equal(Path.GetFileNameWithoutExtension(file), scenario.Name);
        Assert.StartsWith("# yaml-language-server: $schema=scenario.schema.json\n", File.ReadAllText(path), StringComparison.Ordinal);
    }

    // The runner gives every arm a collector endpoint of its own; a scenario that sets one would export past it.
    [Theory]
    [MemberData(nameof(Shipped))]
    public void No_shipped_scenario_sets_an_exporter_endpoint(string file)
    {
        var scenario = ScenarioFile.Load(Path.Combine(Repository.Scenarios, file));

        var variables = scenario.Variants.Select(variant => variant.Environment)
            .Concat(scenario.Target.Processes.Select(process => process.Environment))
            .SelectMany(environment => environment.Keys);

        Assert.DoesNotContain(variables, name => name.EndsWith("_ENDPOINT", StringComparison.Ordinal));
    }

    [Fact]
    public void Sampling_compares_the_samplers_that_people_choose_from()
    {
        var scenario = ScenarioFile.Load(Path.Combine(Repository.Scenarios, "sampling.yaml"));

        Assert.Equal("off", scenario.Baseline);
        Assert.Equal(["off", "sdk-always-off", "ratio-1", "ratio-10", "ratio-50", "always-on"], scenario.Variants.Select(variant => variant.Name));
        Assert.Equal("true", scenario.Variants[0].Environment["OTEL_SDK_DISABLED"]);
        Assert.Equal("0.01", scenario.Variants[2].Environment["OTEL_TRACES_SAMPLER_ARG"]);
        Assert.All(scenario.Variants.Skip(2).Take(3), variant => Assert.Equal("parentbased_traceidratio", variant.Environment["OTEL_TRACES_SAMPLER"]));
    }

    [Fact]
    public void What_a_file_leaves_out_has_the_documented_default()
    {
        var scenario = ScenarioFile.Parse(MinimalScenario.Text, MinimalScenario.Path);

        var expectedLoad = new LoadDefinition { RatePerSecond = null, CapacityShare = 0.5, Arrivals = ArrivalProcess.Poisson, MaxInFlight = 256 };
        var expectedDesign = new DesignDefinition
        {
            LaunchSets = 12,
            Precision = [],
            Rounds = 20,
            Slice = TimeSpan.FromMilliseconds(100),
            WarmUp = TimeSpan.FromSeconds(2),
            WarmUpLimit = TimeSpan.FromSeconds(6),
            Budget = TimeSpan.FromMinutes(11),
            Runtime = RuntimeProfile.Lab,
            Seed = 20260101,
        };
        var process = Assert.Single(scenario.Target.Processes);
        var request = Assert.Single(scenario.Target.Requests);
        Assert.Equal(expectedLoad, scenario.Load);
        Assert.Equal(expectedDesign, scenario.Design);
        Assert.Empty(scenario.PracticalThresholds);
        Assert.Equal("target", process.Name);
        Assert.Equal(new ReadinessCheck("/health", TimeSpan.FromSeconds(30)), process.Ready);
        Assert.Empty(process.Environment);
        Assert.Equal(("GET", null, 200, 1.0), (request.Method, request.Body, request.ExpectedStatus, request.Weight));
        Assert.Empty(request.Headers);
        Assert.Empty(scenario.Variants[0].Environment);
    }

    [Fact]
    public void A_precision_takes_the_place_of_a_number_of_launch_sets()
    {
        var design = ScenarioFile.Parse(MinimalScenario.With("design: { precision: { allocation: 0.5%, cpu: 2% } }\n"), MinimalScenario.Path).Design;

        Assert.Equal([new PrecisionGoal(MetricId.Cpu, 0.02), new PrecisionGoal(MetricId.Allocation, 0.005)], design.Precision);
        Assert.Equal(1000, design.LaunchSets);
    }

    [Fact]
    public void Thresholds_are_kept_in_file_order()
    {
        var scenario = ScenarioFile.Parse(MinimalScenario.With("thresholds:\n  - overhead(cpu)<5%\n  - \"p(99)<200ms for on, off\"\n  - spans_lost==0\n"), MinimalScenario.Path);

        Assert.Equal(["overhead(cpu)<5%", "p(99)<200ms for on, off", "spans_lost==0"], scenario.Thresholds.Select(threshold => threshold.Text));
        Assert.Equal(["on", "off"], scenario.Thresholds[1].Arms);
        Assert.Empty(ScenarioFile.Parse(MinimalScenario.Text, MinimalScenario.Path).Thresholds);
    }

    [Fact]
    public void The_longest_warm_up_follows_the_least_by_default()
    {
        var scenario = ScenarioFile.Parse(MinimalScenario.With("design: { warm_up: 500ms }"), MinimalScenario.Path);

        Assert.Equal(TimeSpan.FromSeconds(1.5), scenario.Design.WarmUpLimit);
    }

    [Fact]
    public void Every_key_is_read()
    {
        var scenario = ScenarioFile.Parse(
            """
            scenario: full
            question: What does everything cost?
            target:
              processes:
                - name: api
                  command: [dotnet, "{targets}/Api/Api.dll", --stock, "{url:stock}", --port, 8080]
                  env: { DATABASE: "{scratch}/api.db", FLAG: yes, RATIO: 0.10, EMPTY: "" }
                  ready: { path: /ready, timeout: 5s }
                - name: stock
                  command: [node, "{root}/stock.js", "{port}"]
                  ready: { path: / }
              completion: { path: /jobs/times, process: stock }
              requests:
                - { name: read, path: "/items?id=1", weight: 9 }
                - name: write
                  method: POST
                  path: /items
                  headers: { Content-Type: application/json, X-Trace: on }
                  body: |
                    {"a": 1}
                  expect: 201
                  weight: 0.5
            load: { rate: 1200.5/s, arrivals: constant, max_in_flight: 8 }
            design: { launch_sets: 6, rounds: 2, slice: 20ms, warm_up: 1.5s, warm_up_limit: 1m, budget: 0.5h, runtime: production, seed: 18446744073709551615 }
            practical_thresholds: { p99: 12.5%, cpu: 3% }
            baseline: off
            variants:
              - { name: always-on, meaning: Every trace, env: { TARGET: "{url:api}" } }
              - { name: off, meaning: None }
            """,
            "full.yaml");

        Assert.Equal(["api", "stock"], scenario.Target.Processes.Select(process => process.Name));
        Assert.Equal(["dotnet", "{targets}/Api/Api.dll", "--stock", "{url:stock}", "--port", "8080"], scenario.Target.Processes[0].Command);
        Assert.Equal([("DATABASE", "{scratch}/api.db"), ("FLAG", "yes"), ("RATIO", "0.10"), ("EMPTY", "")], scenario.Target.Processes[0].Environment.Select(pair => (pair.Key, pair.Value)));
        Assert.Equal(new ReadinessCheck("/ready", TimeSpan.FromSeconds(5)), scenario.Target.Processes[0].Ready);
        Assert.Equal(new CompletionSource("stock", "/jobs/times"), scenario.Target.Completion);
        var write = scenario.Target.Requests[1];
        Assert.Equal(("POST", "/items", "{\"a\": 1}\n", 201, 0.5), (write.Method, write.Path, write.Body, write.ExpectedStatus, write.Weight));
        Assert.Equal([("Content-Type", "application/json"), ("X-Trace", "on")], write.Headers.Select(pair => (pair.Key, pair.Value)));
        Assert.Equal((1200.5, ArrivalProcess.Constant, 8), (scenario.Load.RatePerSecond, scenario.Load.Arrivals, scenario.Load.MaxInFlight));
        Assert.Equal((6, 2, 20, ulong.MaxValue), (scenario.Design.LaunchSets, scenario.Design.Rounds, scenario.Design.Slice.TotalMilliseconds, scenario.Design.Seed));
        Assert.Equal((1.5, 60, 1800), (scenario.Design.WarmUp.TotalSeconds, scenario.Design.WarmUpLimit.TotalSeconds, scenario.Design.Budget.TotalSeconds));
        Assert.Equal(RuntimeProfile.Production, scenario.Design.Runtime);
        Assert.Equal([(MetricId.Cpu, 0.03), (MetricId.P99, 0.125)], scenario.PracticalThresholds.Select(pair => (pair.Key, pair.Value)));
        Assert.Equal(["always-on", "off"], scenario.Variants.Select(variant => variant.Name));
        Assert.Equal("off'", scenario.ControlName);
    }

    [Theory]
    [InlineData("off", "on")]
    [InlineData("yes", "no")]
    [InlineData("true", "false")]
    [InlineData("y", "n")]
    public void Words_that_other_readers_take_for_booleans_are_names(string baseline, string other)
    {
        var yaml = MinimalScenario.Text
            .Replace("baseline: off", "baseline: " + baseline, StringComparison.Ordinal)
            .Replace("name: off", "name: " + baseline, StringComparison.Ordinal)
            .Replace("name: on", "name: " + other, StringComparison.Ordinal);

        var scenario = ScenarioFile.Parse(yaml, MinimalScenario.Path);

        Assert.Equal([baseline, other], scenario.Variants.Select(variant => variant.Name));
    }

    [Fact]
    public void One_variant_is_enough_to_compare_it_with_its_control()
    {
        var yaml = MinimalScenario.Text.Split("  - { name: on,")[0];

        Assert.Single(ScenarioFile.Parse(yaml, MinimalScenario.Path).Variants);
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    public void The_language_of_the_machine_changes_nothing(string culture)
    {
        var yaml = MinimalScenario.With("load: { rate: 1.5/s }\npractical_thresholds: { cpu: 2.5%, gc_pause: 10% }\ndesign: { slice: 0.5s, seed: 1 }");
        var bad = MinimalScenario.With("load: { rate: 0.5/s, MAX_IN_FLIGHT: 1 }\ndesign: { slice: 12.5s, warm_up: 0.05s }");
        var expected = Read();

        Assert.Equal(expected, Culture.Run(culture, Read));

        (double?, double, TimeSpan, string) Read()
        {
            var scenario = ScenarioFile.Parse(yaml, MinimalScenario.Path);
            var error = Assert.Throws<ScenarioException>(() => ScenarioFile.Parse(bad, MinimalScenario.Path));
            return (scenario.Load.RatePerSecond, scenario.PracticalThresholds[MetricId.Cpu], scenario.Design.Slice, error.Message);
        }
    }
}
