using PerfLab.Experiments.Generators;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.ScenarioFiles;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Experiments.Tests.ScenarioFiles;

/// <summary>A load tool in a scenario file.</summary>
public sealed class GeneratorTests
{
    private const string Script = "{ tool: k6, command: [k6, run, -e, \"URL={url}\", -e, \"RATE={rate}\", a.js] }";

    [Fact]
    public void The_name_of_a_tool_is_enough_and_slices_become_windows_of_seconds()
    {
        var scenario = Parse("load: { rate: 300/s, generator: hey }\n");

        Assert.Equal(new GeneratorDefinition("hey"), scenario.Load.Generator);
        Assert.Equal((4, TimeSpan.FromSeconds(2)), (scenario.Design.Rounds, scenario.Design.Slice));
    }

    [Fact]
    public void A_command_of_the_user_has_its_own_connections_and_loop()
    {
        var generator = Parse("load: { generator: { tool: jmeter, command: [jmeter, -t, a.jmx, \"-Jurl={url}\"], connections: 40, loop: open } }\n").Load.Generator!;

        Assert.Equal(["jmeter", "-t", "a.jmx", "-Jurl={url}"], generator.Command);
        Assert.Equal((40, LoadLoop.Open), (generator.Connections, generator.Loop));
        Assert.True(generator.JudgesResponseTime);
    }

    [Theory]
    [InlineData("load: { generator: heey }", "load.generator: \"heey\" is not a load tool that is known. Did you mean hey?")]
    [InlineData("load: { generator: { command: [k6] } }", "load.generator.tool: the key is missing.")]
    [InlineData("load: { generator: k6 }", "load.generator: k6 runs a script, and there is none. Give load.generator a command")]
    [InlineData("load: { generator: { tool: k6, command: [k6, run, \"{rat}\", \"{url}\"] } }", "{rat} is not a placeholder of a load tool. k6 has {url}, {request}, {rate}")]
    [InlineData("load: { generator: { tool: k6, command: [k6, run, a.js] } }", "the command does not say where the arm is, and each has a port of its own. Pass {url}")]
    [InlineData("load: { generator: { tool: hey, loop: open } }", "loop says what a command of your own does")]
    [InlineData("load: { rate: 10/s, generator: wrk }", "wrk sends the next request after each response: load.rate has no effect on it. Remove load.rate")]
    [InlineData("load: { levels: [25%], generator: hey }", "load.levels cannot be combined with a load tool")]
    [InlineData("load: { rate: 300/s, closed_loop: 50, generator: hey }", "load.closed_loop is measured by PerfLab's engine, and cannot be combined with hey.")]
    [InlineData("load: { generator: hey }\ndesign: { slice: 100ms }", "design.slice: 100ms is below 1s")]
    [InlineData("load: { generator: hey }\ndesign: { slice: 1500ms }", "1.5s is no window of hey, which runs for whole seconds")]
    [InlineData("load: { generator: wrk2 }\ndesign: { slice: 5s, budget: 1h }", "5s is no window of wrk2, which runs for whole seconds, 15 at least.")]
    [InlineData("load: { generator: hey }\nthresholds: [p(99)<20ms]", "p(99) is a response time of hey, which waits for a slow response before it sends the next request")]
    [InlineData("load: { generator: hey }\nthresholds: [overhead(p99)<5%]", "is a response time of hey")]
    [InlineData("load: { generator: wrk }\ndesign: { precision: { p50: 2% } }", "a precision of p50 is a response time of wrk")]
    public void What_a_tool_cannot_do_is_refused_with_the_way_out(string yaml, string message) =>
        Assert.Contains(message, Assert.Throws<ScenarioException>(() => Parse(yaml + "\n")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("{ name: a, path: /a }, { name: b, path: /b }", "hey", "hey sends one kind of request, and the target has 2. Give load.generator a command with a script of your own")]
    [InlineData("{ name: a, path: /a, method: PUT }", "h2load", "h2load cannot send PUT by its flags.")]
    [InlineData("{ name: a, path: /a }, { name: b, path: /b }", "nbomber", "nbomber sends one kind of request, and the target has 2.")]
    [InlineData("{ name: a, path: /a, expect: 404 }", "wrk", "wrk has its own idea of a good status (2xx), and request a expects 404. Take a tool that tells statuses apart (hey, ")]
    public void What_a_tool_cannot_send_is_refused_with_the_way_out(string requests, string tool, string message)
    {
        var yaml = MinimalScenario.Text.Replace("- { name: home, path: / }", string.Join("\n    ", requests.Replace("}, {", "}|{", StringComparison.Ordinal).Split('|').Select(request => "- " + request)), StringComparison.Ordinal);

        Assert.Contains(message, Assert.Throws<ScenarioException>(() => ScenarioFile.Parse($"{yaml}load: {{ generator: {tool} }}\n", MinimalScenario.Path)).Message, StringComparison.Ordinal);
        Assert.NotNull(ScenarioFile.Parse($"{yaml}load: {{ generator: {Script} }}\n", MinimalScenario.Path).Load.Generator);
    }

    [Theory]
    [InlineData("vegeta")]
    [InlineData("wrk2")]
    [InlineData("oha")]
    public void Thresholds_on_response_times_are_for_tools_that_count_from_the_intended_start(string tool) =>
        Assert.Single(Parse($"load: {{ rate: 300/s, generator: {tool} }}\ndesign: {{ budget: 2h }}\nthresholds: [p(99)<20ms]\n").Thresholds);

    [Fact]
    public void The_tool_of_the_command_line_brings_its_own_slices()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("minimal.yaml", MinimalScenario.With("load: { rate: 300/s }\ndesign: { slice: 100ms, rounds: 40, warm_up: 3s }\n"));

        var scenario = ScenarioFile.Load(file, folders: null, generator: "hey");

        Assert.Equal("hey", scenario.Load.Generator?.Tool);
        Assert.Equal((4, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3)), (scenario.Design.Rounds, scenario.Design.Slice, scenario.Design.WarmUp));
    }

    // The 30 s of the file, and in each of 6 launch sets 3 arms with 4 windows of 2 s and one more at the end, 180 s, and a quarter of that.
    [Fact]
    public void The_windows_of_a_tool_of_the_command_line_are_no_part_of_the_budget_of_the_file()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("minimal.yaml", MinimalScenario.With("load: { rate: 300/s }\ndesign: { launch_sets: 6, budget: 30s }\n"));

        var scenario = ScenarioFile.Load(file, folders: null, generator: "hey");

        Assert.Equal(TimeSpan.FromSeconds(30 + 225), scenario.Design.Budget);
    }

    [Fact]
    public void A_tool_that_takes_its_time_gets_fewer_and_longer_windows_and_the_budget_for_both()
    {
        var design = Parse("load: { rate: 300/s, generator: nbomber }\n").Design;

        Assert.Equal((2, TimeSpan.FromSeconds(5)), (design.Rounds, design.Slice));

        // 6 launch sets of 3 arms, 2 windows of 5 s each and 4.5 s beside each of them, take 342 s, without them 180 s.
        Assert.Contains("6 launch sets with 2 rounds of 3 arms take", Assert.Throws<ScenarioException>(() => Parse("load: { rate: 300/s, generator: nbomber }\ndesign: { budget: 300s }\n")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_targets_of_vegeta_are_no_example_services_that_an_installed_tool_lacks()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("minimal.yaml", MinimalScenario.With("load: { rate: 300/s, generator: vegeta }\n"));

        var message = Assert.Throws<ScenarioException>(() => ScenarioFile.Load(file, new CommandFolders(folder.Path, Targets: null, folder.Path))).Message;

        Assert.Contains("app.dll does not exist", message, StringComparison.Ordinal);
        Assert.DoesNotContain("example services", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_that_is_not_built_is_told_with_the_command_that_builds_it()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("minimal.yaml", MinimalScenario.With("load: { rate: 300/s, generator: nbomber }\n"));

        var message = Assert.Throws<ScenarioException>(() => ScenarioFile.Load(file, new CommandFolders(folder.Path, folder.Path, folder.Path))).Message;

        Assert.Contains("load.generator: ", message, StringComparison.Ordinal);
        Assert.Contains("ShopLoad.dll does not exist. Build it with `dotnet build src/Integrations/NBomber -c Release`", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plan_without_a_tool_says_nothing_of_one()
    {
        Assert.DoesNotContain("generator", PlanOf("load: { rate: 300/s }\n"), StringComparison.Ordinal);
        Assert.Contains("\"tool\": \"hey\"", PlanOf("load: { rate: 300/s, generator: hey }\n"), StringComparison.Ordinal);
        Assert.Equal("hey", ResultsJson.Deserialize<Plan>(PlanOf("load: { rate: 300/s, generator: hey }\n")).Generator?.Tool);
    }

    [Fact]
    public void Secrets_of_a_command_are_hidden_in_the_plan()
    {
        var scenario = Parse("load: { rate: 300/s, generator: { tool: k6, command: [k6, run, -e, \"API_TOKEN=s3cr3t-0815-xyz\", \"{url}\"] } }\n");

        Assert.DoesNotContain("s3cr3t", ResultsJson.Serialize(PlanTexts.Hide(PlanBuilder.Build(scenario, pilot: null, placement: null, 6), scenario)), StringComparison.Ordinal);
    }

    private static Scenario Parse(string more) => ScenarioFile.Parse(MinimalScenario.With(more), MinimalScenario.Path);

    private static string PlanOf(string more) => ResultsJson.Serialize(PlanBuilder.Build(Parse(more), pilot: null, placement: null, launchSets: 6));
}
