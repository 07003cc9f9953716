using PerfLab.Experiments.ScenarioFiles;
using PerfLab.Experiments.Scenarios;
using PerfLab.Experiments.Secrets;

namespace PerfLab.Experiments.Tests.ScenarioFiles;

public sealed class LoginTests
{
    private const string Requests = "    - { name: home, path: /, headers: { Authorization: \"Bearer {{token}}\" } }";

    [Fact]
    public void A_login_is_a_POST_of_which_any_2xx_is_expected()
    {
        var login = Parse("  login: { path: /login, body: 'user=a', token: data.token }", Requests).Target.Login!;

        Assert.Equal(("POST", "/login", "user=a", "2xx"), (login.Request.Method, login.Request.Path, login.Request.Body, login.Request.ExpectedStatus.Text));
        Assert.Equal(("data.token", null), (login.Member, login.Cookie));
    }

    [Fact]
    public void What_is_stated_holds()
    {
        var login = Parse("  login: { path: /in, method: PUT, expect: 201, cookie: session }", Requests).Target.Login!;

        Assert.Equal(("PUT", "201", null, "session"), (login.Request.Method, login.Request.ExpectedStatus.Text, login.Member, login.Cookie));
    }

    [Theory]
    [InlineData("  login: { path: /login }", Requests, "does not say which part of the answer is the token")]
    [InlineData("  login: { path: /login, token: a, cookie: b }", Requests, "does not say which part of the answer is the token")]
    [InlineData("  login: { path: /login, token: a b }", Requests, "is not the name of a member or a cookie")]
    [InlineData("  login: { path: /login, token: a }", "    - { name: home, path: / }", "no request holds {{token}}")]
    [InlineData("  login: { path: /login, token: a, body: '{{user}}' }", Requests, "{{user}} would be sent as it is")]
    [InlineData("  login: { path: /login, token: a }", "    - { name: home, path: /, body: '{{token}} {{user}}' }", "{{user}} would be sent as it is")]
    [InlineData("", Requests, "and target.login, which would, is missing")]
    public void What_cannot_work_is_refused(string login, string requests, string problem)
    {
        var error = Assert.Throws<ScenarioException>(() => Parse(login, requests));

        Assert.Contains(error.Faults, fault => fault.Problem.Contains(problem, StringComparison.Ordinal));
    }

    [Fact]
    public void A_load_tool_does_not_get_the_token()
    {
        var error = Assert.Throws<ScenarioException>(() => Parse("  login: { path: /login, token: a }", Requests, "load: { rate: 100/s, generator: hey }\n"));

        Assert.Contains(error.Faults, fault => fault.Problem.Contains("hey does not know the token of target.login", StringComparison.Ordinal));
    }

    [Fact]
    public void The_token_is_percent_encoded_in_a_path_and_as_it_is_elsewhere()
    {
        var request = Parse("  login: { path: /login, token: a }", "    - { name: home, path: '/x?t={{token}}', body: '{{token}}', method: POST, headers: { X-Token: '{{token}}' } }").Target.Requests[0];

        var filled = LoginDefinition.Fill(request, "a/b+c==");

        Assert.Equal(("/x?t=a%2Fb%2Bc%3D%3D", "a/b+c==", "a/b+c=="), (filled.Path, filled.Body, filled.Headers["X-Token"]));
        Assert.False(LoginDefinition.IsIn(filled));
    }

    [Fact]
    public void What_stands_for_the_token_is_no_secret()
    {
        Assert.Empty(SecretText.FindAll("Authorization", "Bearer {{token}}"));
        Assert.Equal("Bearer {{token}}", SecretText.Hide("Authorization", "Bearer {{token}}"));
        Assert.Equal("***", SecretText.Hide("Authorization", "Bearer {{token}}abc"));
    }

    private static Scenario Parse(string login, string requests, string more = "") => ScenarioFile.Parse(
        MinimalScenario.With(more).Replace("    - { name: home, path: / }", requests, StringComparison.Ordinal).Replace("  requests:", $"{login}\n  requests:", StringComparison.Ordinal),
        MinimalScenario.Path);
}
