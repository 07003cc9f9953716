using PerfLab.Experiments.Results;
using PerfLab.Experiments.ScenarioFiles;

namespace PerfLab.Experiments.Tests.Results;

public sealed class ClaimFileTests
{
    [Fact]
    public void Every_shipped_claim_is_about_arms_of_a_shipped_scenario()
    {
        var claims = ClaimFile.Read(Path.Combine(Repository.Scenarios, ClaimFile.FileName));

        Assert.NotEmpty(claims);
        Assert.All(claims, claim =>
        {
            var scenario = ScenarioFile.Load(Path.Combine(Repository.Scenarios, claim.Scenario + ".yaml"));
            var arms = scenario.Variants.Select(variant => variant.Name);
            Assert.NotEmpty(claim.Evidence);
            Assert.All(claim.Evidence, evidence => Assert.Contains(evidence.Arm, arms));
            Assert.All(claim.Evidence.Where(evidence => evidence.ClosedLoop), _ => Assert.NotNull(scenario.Load.ClosedLoopConnections));
            Assert.All(claim.Evidence.Select(evidence => evidence.CapacityShare).OfType<double>(), share => Assert.Contains(share, scenario.Load.Levels.Append(scenario.Load.CapacityShare)));
        });
    }

    [Theory]
    [InlineData("no JSON")]
    [InlineData("""[{ "claim": "It is so.", "scenario": "smoke", "evidence": [] }]""")]
    [InlineData("""[{ "claim": "It is so.", "scenario": "smoke" }]""")]
    [InlineData("""[{ "claim": "It is so.", "scenario": "smoke", "evidence": [{ "arm": "on", "condition": "cpu<5", "holds": true }] }]""")]
    [InlineData("""[{ "claim": "It is so.", "scenario": "smoke", "evidence": [{ "arm": "on", "condition": "errors_kept>=99%", "holds": true, "capacity_share": 0.25 }] }]""")]
    [InlineData("""[{ "claim": "It is so.", "scenario": "smoke", "evidence": [{ "arm": "on", "condition": "cpu<5%", "holds": true, "capacity_share": 25 }] }]""")]
    [InlineData("""[{ "claim": "It is so.", "scenario": "smoke", "evidence": [{ "arm": "on", "condition": "cpu<5%", "holds": true, "capacity_share": 0.25, "closed_loop": true }] }]""")]
    public void A_file_that_is_none_is_named(string text)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("claims.json", text);

        var error = Assert.Throws<InvalidDataException>(() => ClaimFile.Read(path));

        Assert.StartsWith($"{path} is no file of claims: ", error.Message, StringComparison.Ordinal);
    }
}
