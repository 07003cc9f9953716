using PerfLab.Experiments.ScenarioFiles;

namespace PerfLab.Experiments.Tests.ScenarioFiles;

/// <summary>What is wrong with a value is told without the secret in it.</summary>
public sealed class SecretMessageTests
{
    [Theory]
    [InlineData("path: /health", "path: 'health?token=planted1'")]
    [InlineData("path: /health", "path: '//other/?api_key=planted1'")]
    [InlineData("path: /health", "path: [ '/health?token=planted1' ]")]
    [InlineData("OTEL_TRACES_SAMPLER: always_on", "DB_PASSWORD: \"planted1\\0\"")]
    [InlineData("OTEL_TRACES_SAMPLER: always_on", "DB_PASSWORD: \"x{planted1}\"")]
    [InlineData("OTEL_TRACES_SAMPLER: always_on", "UPSTREAM: \"http://a:planted1@b/\\0\"")]
    [InlineData("env: { OTEL_TRACES_SAMPLER: always_on }", "env: \"DB_PASSWORD=planted1\"")]
    [InlineData("OTEL_TRACES_SAMPLER: always_on", "DB_PASSWORD=planted1")]
    [InlineData("OTEL_TRACES_SAMPLER: always_on", "DB_PASSWORD=planted1: a, DB_PASSWORD=planted1: b")]
    [InlineData("OTEL_TRACES_SAMPLER: always_on", "\"DATABASE_URL=postgres://a:planted1@b/\": [ x ]")]
    [InlineData("{ name: home, path: / }", "{ name: home, path: /, headers: { \"Authorization: Bearer planted1abc\": } }")]
    [InlineData("{ name: home, path: / }", "{ name: home, path: /, headers: { \"X-Api-Key: planted1\": x } }")]
    [InlineData("{ name: home, path: / }", "{ name: home, path: /, \"Cookie: session=planted1\": x }")]
    [InlineData("{ name: home, path: / }", "{ name: home, path: 'x?key=planted1' }")]
    [InlineData("{ name: home, path: / }", "{ name: home, path: /, headers: { X-Api-Key: \"planted1\\u00e9\" } }")]
    [InlineData("{ name: home, path: / }", "{ name: home, path: /, headers: \"Authorization: Bearer planted1\" }")]
    [InlineData("{ name: home, path: / }", "{ name: home, path: /, method: POST, body: \"{\\\"password\\\":\\\"planted1\\\"}\\0\" }")]
    public void A_fault_of_a_value_shows_no_secret(string written, string instead)
    {
        Assert.Contains(written, MinimalScenario.Text, StringComparison.Ordinal);

        var error = Assert.Throws<ScenarioException>(() => ScenarioFile.Parse(MinimalScenario.Text.Replace(written, instead, StringComparison.Ordinal), MinimalScenario.Path));

        Assert.DoesNotContain("planted1", error.Message, StringComparison.Ordinal);
    }
}
