using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.ScenarioFiles;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Experiments.Tests.ScenarioFiles;

/// <summary>Arms that start another program than the target's.</summary>
public sealed class VariantProgramTests
{
    private static readonly string s_twoBuilds = MinimalScenario.With(
        """
          - { name: next, meaning: The next release, command: [node, "{root}/next/server.js", "{port}"], directory: .., env: { OTEL_TRACES_SAMPLER: always_on } }
          - { name: elsewhere, meaning: The same command in another folder, directory: "{scratch}" }

        """);

    private static Scenario TwoBuilds => ScenarioFile.Parse(s_twoBuilds, MinimalScenario.Path);

    [Fact]
    public void A_variant_may_start_another_program_in_another_folder()
    {
        var variants = TwoBuilds.Variants;

        Assert.Null(variants[0].Program);
        Assert.Equal(["node", "{root}/next/server.js", "{port}"], variants[2].Program!.Command!);
        Assert.Equal("..", variants[2].Program!.Directory);
        Assert.Null(variants[3].Program!.Command);
        Assert.Equal("{scratch}", variants[3].Program!.Directory);
    }

    [Fact]
    public void A_variant_may_be_built_into_a_folder_that_its_command_names()
    {
        var scenario = ScenarioFile.Parse(
            MinimalScenario.With("""  - { name: next, meaning: The next release, build: [make, next, "DESTDIR={build}"], command: [node, "{build}/server.js", "{port}"], directory: "{build}" }""" + "\n"),
            MinimalScenario.Path);

        var program = scenario.Variants[2].Program!;
        Assert.Equal(["make", "next", "DESTDIR={build}"], program.Build!);
        Assert.Equal(["node", "{build}/server.js", "{port}"], program.Command!);
        Assert.Equal("{build}", program.Directory);
    }

    [Theory]
    [InlineData("""build: [make, "{build}"]""", "has no command")]
    [InlineData("""build: [make, "{port}"], command: [node, "{build}/a.js"]""", "{port} is not known while an arm is built")]
    [InlineData("""build: [make, "}"], command: [node, "{build}/a.js"]""", "stands alone")]
    [InlineData("""build: make, command: [node, a.js]""", "build")]
    [InlineData("""command: [node, "{build}/a.js"]""", "{build}")]
    public void A_build_that_cannot_be_meant_is_refused(string keys, string told)
    {
        var error = Assert.Throws<ScenarioException>(() => ScenarioFile.Parse(MinimalScenario.With($"  - {{ name: next, meaning: The next release, {keys} }}\n"), MinimalScenario.Path));

        Assert.Contains(told, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_plan_carries_the_program_of_every_arm_and_the_control_starts_what_the_baseline_starts()
    {
        var scenario = TwoBuilds with { Baseline = "next", Load = TwoBuilds.Load with { RatePerSecond = 100 } };

        var plan = PlanBuilder.Build(scenario, pilot: null, placement: null, launchSets: 6);
        var read = ResultsJson.Deserialize<Plan>(ResultsJson.Serialize(plan));

        Assert.Equal(["next", "next'", "off", "on", "elsewhere"], read.Arms.Select(arm => arm.Name));
        Assert.Equal(read.Arms[0].Program!.Command!, read.Arms[1].Program!.Command!);
        Assert.Equal("node", read.Arms[0].Program!.Command![0]);
        Assert.Null(read.Arms[2].Program);
        Assert.Equal(ResultsJson.Serialize(plan), ResultsJson.Serialize(read));
    }

    [Fact]
    public void A_plan_that_was_made_before_arms_had_programs_is_read()
    {
        var plan = PlanBuilder.Build(TwoBuilds with { Load = TwoBuilds.Load with { RatePerSecond = 100 } }, pilot: null, placement: null, launchSets: 6);
        var old = plan with { Arms = [.. plan.Arms.Take(3)] };
        var text = string.Join('\n', ResultsJson.Serialize(old).Split('\n').Where(line => !line.Contains("\"program\"", StringComparison.Ordinal))).Replace("\"tail\": null,", "\"tail\": null", StringComparison.Ordinal);

        Assert.Equal(["off", "off'", "on"], ResultsJson.Deserialize<Plan>(text).Arms.Select(arm => arm.Name));
    }

    [Fact]
    public void Only_the_first_process_is_replaced_and_only_by_what_the_variant_states()
    {
        var target = new TargetDefinition([Process("orders", "src"), Process("stock", null)], []);

        var replaced = target.ProcessesOf(new ArmProgram(["node", "next.js"], Directory: null));
        var moved = target.ProcessesOf(new ArmProgram(Command: null, "next"));

        Assert.Equal(["node", "next.js"], replaced[0].Command);
        Assert.Equal("src", replaced[0].Directory);
        Assert.Equal(["orders"], moved[0].Command);
        Assert.Equal("next", moved[0].Directory);
        Assert.Same(target.Processes[1], replaced[1]);
        Assert.Same(target.Processes, target.ProcessesOf(null));
    }

    // .NET's exporter takes no http/json, and Node's does: each variant is judged by the program that it starts.
    [Fact]
    public void The_environment_is_judged_by_the_program_of_the_variant()
    {
        var node = MinimalScenario.With("  - { name: json, meaning: JSON, command: [node, next.js], env: { OTEL_EXPORTER_OTLP_PROTOCOL: http/json } }\n");
        var dotnet = MinimalScenario.With("  - { name: json, meaning: JSON, env: { OTEL_EXPORTER_OTLP_PROTOCOL: http/json } }\n");

        Assert.Equal("json", ScenarioFile.Parse(node, MinimalScenario.Path).Variants[2].Name);
        Assert.Throws<ScenarioException>(() => ScenarioFile.Parse(dotnet, MinimalScenario.Path));
    }

    [Fact]
    public void A_metric_that_only_one_of_the_programs_counts_can_have_no_threshold()
    {
        var yaml = MinimalScenario.With("  - { name: py, meaning: Another runtime, command: [python3, server.py] }\nthresholds: [ overhead(allocation)<5% ]\n");

        var error = Assert.Throws<ScenarioException>(() => ScenarioFile.Parse(yaml, MinimalScenario.Path));

        Assert.Contains("\"python3\" is neither", Assert.Single(error.Faults).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_does_not_exist_is_told_before_anything_is_started()
    {
        var yaml = MinimalScenario.With("  - { name: moved, meaning: Elsewhere, directory: no/such/folder }\n");

        var fault = Assert.Single(Assert.Throws<ScenarioException>(() => ScenarioFile.Parse(yaml, MinimalScenario.Path)).Faults);

        Assert.Equal((12, "variants[2].directory"), (fault.Line, fault.Subject));
        Assert.EndsWith("is not a folder.", fault.Problem, StringComparison.Ordinal);
    }

    private static TargetProcess Process(string name, string? directory) => new()
    {
        Name = name,
        Command = [name],
        Directory = directory,
        Environment = new Dictionary<string, string>(),
        Ready = new ReadinessCheck("/", TimeSpan.FromSeconds(1)),
    };
}
