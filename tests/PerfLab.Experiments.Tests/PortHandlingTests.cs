using PerfLab.Experiments.Inspections;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Experiments.Tests;

/// <summary>The ways in which a service may take its port, made from what its user typed.</summary>
public sealed class PortHandlingTests
{
    [Fact]
    public void A_placeholder_that_the_user_wrote_is_the_only_way()
    {
        var only = Assert.Single(PortHandling.CandidatesFor(Service(["node", "app.js", "{port}"])));

        Assert.Equal(PortHandlingKind.Placeholder, only.Kind);
        Assert.Equal(["node", "app.js", "{port}"], only.Process.Command);
    }

    [Theory]
    [InlineData("3000", "{port}")]
    [InlineData("--port=3000", "--port={port}")]
    [InlineData("http://127.0.0.1:3000/", "http://127.0.0.1:{port}/")]
    public void The_port_of_the_address_is_replaced_where_it_stands_in_the_command(string word, string expected)
    {
        var first = PortHandling.CandidatesFor(Service(["node", "app.js", word]))[0];

        Assert.Equal(PortHandlingKind.WrittenOut, first.Kind);
        Assert.Equal(["node", "app.js", expected], first.Process.Command);
    }

    [Theory]
    [InlineData("13000")]
    [InlineData("30001")]
    [InlineData("--workers=4")]
    public void A_longer_number_is_not_the_port(string word) =>
        Assert.Equal(PortHandlingKind.Variable, PortHandling.CandidatesFor(Service(["node", "app.js", word]))[0].Kind);

    [Fact]
    public void The_port_is_replaced_in_a_variable_too()
    {
        var service = Service(["node", "app.js"], ("LISTEN", "127.0.0.1:3000"));

        var first = PortHandling.CandidatesFor(service)[0];

        Assert.Equal("127.0.0.1:{port}", first.Process.Environment["LISTEN"]);
    }

    [Fact]
    public void Variables_are_set_all_at_once_and_those_of_the_user_stay()
    {
        var candidate = Assert.Single(PortHandling.CandidatesFor(Service(["java", "-jar", "a.jar"], ("PORT", "none"))));

        Assert.Equal(["ASPNETCORE_URLS", "SERVER_PORT"], candidate.Variables.Order(StringComparer.Ordinal));
        Assert.Equal("none", candidate.Process.Environment["PORT"]);
        Assert.Equal("{url}", candidate.Process.Environment["ASPNETCORE_URLS"]);
    }

    [Fact]
    public void One_variable_is_tried_first_when_the_runtime_is_known()
    {
        var service = Service(["java", "-jar", "a.jar"]);

        var simpler = PortHandling.CandidatesFor(service)[0].Simpler(service, ServiceRuntime.Java);

        Assert.Equal(["SERVER_PORT", "PORT"], simpler.Select(one => Assert.Single(one.Variables)));
        Assert.All(simpler, one => Assert.Single(one.Process.Environment));
    }

    [Fact]
    public void A_dotnet_command_gets_the_argument_at_last_and_dotnet_run_leaves_its_launch_profile_out()
    {
        Assert.Equal(["dotnet", "a.dll", "--urls", "{url}"], PortHandling.CandidatesFor(Service(["dotnet", "a.dll"]))[^1].Process.Command);
        Assert.Equal(
            ["dotnet", "run", "--project", "a", "--no-launch-profile", "--", "--urls", "{url}"],
            PortHandling.CandidatesFor(Service(["dotnet", "run", "--project", "a"]))[^1].Process.Command);
        Assert.DoesNotContain(PortHandling.CandidatesFor(Service(["node", "a.js"])), one => one.Kind == PortHandlingKind.Argument);
    }

    [Theory]
    [InlineData("{port}", "{port}")]
    [InlineData("{\"a\":1}", "{{\"a\":1}}")]
    [InlineData("{{x}}", "{{{{x}}}}")]
    [InlineData("{\"a\":{\"b\":2}}", "{{\"a\":{{\"b\":2}}}}")]
    [InlineData("}{", "}}{{")]
    [InlineData("plain", "plain")]
    public void Braces_that_are_no_placeholder_stand_for_themselves(string typed, string escaped)
    {
        Assert.Equal(escaped, Placeholders.Escape(typed));

        var values = new PlaceholderValues { Process = "target", Ports = new Dictionary<string, int> { ["target"] = 1 }, Root = "", Targets = "", Scratch = "" };
        Assert.Equal(typed.Replace("{port}", "1", StringComparison.Ordinal), Placeholders.Expand(escaped, values));
    }

    private static ServiceDescription Service(string[] command, params (string Name, string Value)[] variables) => new(
        "service",
        new TargetProcess
        {
            Name = "target",
            Command = command,
            Environment = variables.ToDictionary(variable => variable.Name, variable => variable.Value, StringComparer.Ordinal),
            Ready = new ReadinessCheck("/health", TimeSpan.FromSeconds(30)),
        },
        [])
    {
        BaseFolder = "/",
        Port = 3000,
    };
}
