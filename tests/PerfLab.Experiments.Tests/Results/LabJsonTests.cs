using System.Text.Json;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;

namespace PerfLab.Experiments.Tests.Results;

public sealed class LabJsonTests
{
    [Fact]
    public void Every_record_comes_back_as_it_was_written()
    {
        AssertRoundTrip(SampleRun.Plan);
        AssertRoundTrip(SampleRun.Plan with { Pilot = null, Placement = null });
        AssertRoundTrip(SampleRun.Manifest);
        AssertRoundTrip(SampleRun.Outcome);
        AssertRoundTrip(SampleRun.Launch(1));
        AssertRoundTrip(SampleRun.Launch(1) with { Arms = [], Findings = [] });
    }

    [Fact]
    public void Values_survive_and_not_only_their_text()
    {
        var launch = ResultsJson.Deserialize<LaunchRecord>(ResultsJson.Serialize(SampleRun.Launch(7)));
        var plan = ResultsJson.Deserialize<Plan>(ResultsJson.Serialize(SampleRun.Plan));

        Assert.Equal(SampleRun.Launch(7).Arms[0].Slices[1].Before, launch.Arms[0].Slices[1].Before);
        var spans = SampleRun.Launch(7).Arms[0].Spans;
        Assert.Equal(spans.ReceivedByService, launch.Arms[0].Spans.ReceivedByService);
        Assert.Equal(spans.RejectedExports, launch.Arms[0].Spans.RejectedExports);
        Assert.Equal(spans, launch.Arms[0].Spans with { ReceivedByService = spans.ReceivedByService, RejectedExports = spans.RejectedExports });
        Assert.Equal(SampleRun.Launch(7).StartedUtc, launch.StartedUtc);
        Assert.Equal(SampleRun.Plan.Seed, plan.Seed);
        Assert.Equal(SampleRun.Plan.PracticalThresholds, plan.PracticalThresholds);
        Assert.Equal(SampleRun.Plan.Target.Processes[0].Ready, plan.Target.Processes[0].Ready);
        Assert.Equal(SampleRun.Plan.Arms[2].Environment, plan.Arms[2].Environment);
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    public void The_bytes_are_the_same_on_machines_of_all_languages(string culture)
    {
        Assert.True(Culture.IsReal("de-DE"), "This machine has no culture data; the test would prove nothing.");
        var expected = Everything();

        Assert.Equal(expected, Culture.Run(culture, Everything));
        Assert.Equal(expected, Culture.Run(culture, () => ResultsJson.Serialize(ResultsJson.Deserialize<Plan>(ResultsJson.Serialize(SampleRun.Plan)))
            + ResultsJson.Serialize(SampleRun.Manifest) + ResultsJson.Serialize(SampleRun.Launch(1)) + ResultsJson.Serialize(SampleRun.Outcome)));
    }

    [Fact]
    public void Metrics_are_called_by_the_keys_of_the_catalogue()
    {
        using var document = JsonDocument.Parse(ResultsJson.Serialize(SampleRun.Plan));

        var keys = document.RootElement.GetProperty("practical_thresholds").EnumerateObject().Select(property => property.Name);

        Assert.Equal(MetricCatalog.All.Select(metric => metric.Key), keys);
    }

    [Fact]
    public void Text_has_line_feeds_one_at_its_end_and_letters_as_they_are()
    {
        var json = ResultsJson.Serialize(SampleRun.Manifest);

        Assert.DoesNotContain('\r', json);
        Assert.EndsWith("}\n", json, StringComparison.Ordinal);
        Assert.Contains("Prozessor Größe ½", json, StringComparison.Ordinal);
    }

    [Fact]
    public void A_member_too_many_or_too_few_is_refused()
    {
        var json = ResultsJson.Serialize(SampleRun.Outcome);

        Assert.Throws<JsonException>(() => ResultsJson.Deserialize<RunOutcome>(json.Replace("\"reason\"", "\"raison\"", StringComparison.Ordinal)));
        Assert.Throws<JsonException>(() => ResultsJson.Deserialize<RunOutcome>("null"));
        Assert.Throws<JsonException>(() => ResultsJson.Deserialize<Manifest>(ResultsJson.Serialize(SampleRun.Manifest).Replace("\"0.1.0\"", "null", StringComparison.Ordinal)));
    }

    private static string Everything() => ResultsJson.Serialize(SampleRun.Plan) + ResultsJson.Serialize(SampleRun.Manifest)
        + ResultsJson.Serialize(SampleRun.Launch(1)) + ResultsJson.Serialize(SampleRun.Outcome);

    private static void AssertRoundTrip<T>(T value)
    {
        var json = ResultsJson.Serialize(value);

        Assert.Equal(json, ResultsJson.Serialize(ResultsJson.Deserialize<T>(json)));
    }
}
