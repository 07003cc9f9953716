using PerfLab.Experiments.ScenarioFiles;
using PerfLab.Experiments.Scenarios;
using PerfLab.Experiments.Secrets;

namespace PerfLab.Experiments.Tests;

/// <summary>What becomes of secrets when a scenario is written to a file.</summary>
public sealed class SecretReferenceTests
{
    [Fact]
    public void A_secret_that_a_variable_holds_becomes_a_reference_to_it()
    {
        var (scenario, inClear, toSet) = ScenarioSecrets.Refer(Scenario("Authorization: Bearer tok-81723-x", "/orders?api_key=a%2Fb%2Fc-9912"), new Dictionary<string, string>
        {
            ["TOKEN"] = "tok-81723-x",
            ["KEY"] = "a/b/c-9912",
            ["SHORT"] = "tok",
        });

        var request = Assert.Single(scenario.Target.Requests);
        Assert.Equal("Bearer ${TOKEN}", request.Headers["Authorization"]);
        Assert.Equal("/orders?api_key=${KEY}", request.Path);
        Assert.Empty(inClear);
        Assert.Empty(toSet);
        Assert.Equal("Bearer tok-81723-x", ScenarioSecrets.Resolve(scenario, name => name == "TOKEN" ? "tok-81723-x" : "a/b/c-9912").Target.Requests[0].Headers["Authorization"]);
    }

    [Fact]
    public void A_secret_that_no_variable_holds_stays_and_is_named()
    {
        var (scenario, inClear, _) = ScenarioSecrets.Refer(Scenario("X-Api-Key: k-5512-aa19", "/orders"), new Dictionary<string, string> { ["OTHER"] = "something else" });

        Assert.Equal("k-5512-aa19", scenario.Target.Requests[0].Headers["X-Api-Key"]);
        Assert.Equal(["X-Api-Key"], inClear);
    }

    [Theory]
    [InlineData("Authorization: Basic YTpi", "Basic ${ORDERS_AUTHORIZATION}", "Authorization", "Basic")]
    [InlineData("authorization: bearer x", "Bearer ${ORDERS_AUTHORIZATION}", "authorization", "Bearer")]
    [InlineData("Authorization: opaque", "${ORDERS_AUTHORIZATION}", "Authorization", null)]
    [InlineData("Cookie: lang=en; sid=4", "${ORDERS_COOKIE}", "Cookie", null)]
    public void Credentials_are_in_no_file_whatever_they_look_like(string header, string written, string name, string? scheme)
    {
        var (scenario, inClear, toSet) = ScenarioSecrets.Refer(Scenario($"\"{header.Replace(": ", "\": \"", StringComparison.Ordinal)}\"", "/orders"), new Dictionary<string, string>());

        Assert.Equal(written, scenario.Target.Requests[0].Headers[name]);
        Assert.Empty(inClear);
        Assert.Equal((name, scheme), (Assert.Single(toSet).Header, toSet[0].Scheme));
    }

    [Fact]
    public void Equal_credentials_share_a_variable_and_others_get_one_that_is_free()
    {
        var one = Scenario("Cookie: sid=1", "/orders");
        var target = one.Target with { Requests = [.. new[] { "1", "2", "1", "3" }.Select(id => one.Target.Requests[0] with { Headers = new Dictionary<string, string> { ["Cookie"] = $"sid={id}" } })] };

        var referring = ScenarioSecrets.Refer(one with { Target = target }, new Dictionary<string, string> { ["ORDERS_COOKIE_2"] = "of somebody else" });

        Assert.Equal(
            ["${ORDERS_COOKIE}", "${ORDERS_COOKIE_3}", "${ORDERS_COOKIE}", "${ORDERS_COOKIE_4}"],
            referring.Scenario.Target.Requests.Select(request => request.Headers["Cookie"]));
        Assert.Equal(["ORDERS_COOKIE", "ORDERS_COOKIE_3", "ORDERS_COOKIE_4"], referring.ToSet.Select(variable => variable.Name));
    }

    [Fact]
    public void A_text_that_looks_like_a_reference_stands_for_itself()
    {
        var literal = Scenario("X-Note: a note", "/orders");
        literal = literal with
        {
            Target = literal.Target with { Requests = [literal.Target.Requests[0] with { Headers = new Dictionary<string, string> { ["X-Note"] = "${HOME} and $${HOME}" } }] },
        };

        var (scenario, _, _) = ScenarioSecrets.Refer(literal, new Dictionary<string, string>());

        Assert.Equal("${HOME} and $${HOME}", ScenarioSecrets.Resolve(scenario, _ => "wrong").Target.Requests[0].Headers["X-Note"]);
    }

    private static Scenario Scenario(string header, string path) => ScenarioFile.Parse(
        $$"""
        scenario: orders
        question: What does it cost?
        target:
          command: [service, "{port}"]
          ready: { path: /health }
          requests:
            - { name: order, path: "{{path}}", headers: { {{header}} } }
        load: { rate: 100/s }
        design: { launch_sets: 6, budget: 3m }
        baseline: off
        variants:
          - { name: off, meaning: No tracing, env: { OTEL_SDK_DISABLED: "true" } }
          - { name: always-on, meaning: Every trace, env: { OTEL_TRACES_SAMPLER: always_on } }
        """,
        "orders.yaml");
}
