using System.Globalization;
using System.Text.RegularExpressions;
using PerfLab.Analysis.Tests;
using PerfLab.Experiments;
using PerfLab.Reporting.Interchange;
using PerfLab.Reporting.Tests.Fixture;

namespace PerfLab.Reporting.Tests;

/// <summary>The text for Prometheus, held against the grammar of its documentation ("Exposition formats", text format details).</summary>
public sealed partial class PrometheusTextTests
{
    [Fact]
    public void A_run_is_gauges_with_the_numbers_of_the_summary()
    {
        var (analysis, outcome) = ReferenceAnalysis.Of(ReferenceReports.Sampling);

        var samples = Read(PrometheusText.Write(RunFigures.From(analysis, outcome)));

        var cpu = analysis.Arms.Single(arm => arm.Name == "always-on").Get(MetricId.Cpu);
        Assert.Equal(cpu.Value, Value("perflab_cpu_value_seconds"));
        Assert.Equal(cpu.Difference!.High, Value("perflab_cpu_difference_high_seconds"));
        Assert.Equal(cpu.Ratio!.Estimate, Value("perflab_change_estimate_ratio"));
        Assert.Equal((cpu.Ratio.Low, cpu.Ratio.High), (Value("perflab_change_low_ratio"), Value("perflab_change_high_ratio")));
        Assert.Equal(0.05, Value("perflab_change_threshold_ratio"));
        var estimate = samples.Single(sample => IsCpu(sample) && sample.Name == "perflab_change_estimate_ratio").Labels;
        Assert.Equal(
            ["arm always-on", "load main", "metric cpu", "role variant", "run 20261129T010026Z-sampling-5ab8", "scenario sampling", "verdict slower"],
            estimate.Select(label => $"{label.Key} {label.Value}").Order(StringComparer.Ordinal));
        var info = samples.Single(sample => sample.Name == "perflab_run_info");
        Assert.Equal((1, analysis.Manifest.Commit, "limited"), (info.Value, info.Labels["commit"], info.Labels["trust"]));
        Assert.Contains(samples, sample => sample.Name == "perflab_exported_bytes_value");
        Assert.Contains(samples, sample => sample.Name == "perflab_exported_spans_value");
        Assert.Contains(samples, sample => sample.Name == "perflab_errors_value_ratio");

        double Value(string name) => samples.Single(sample => IsCpu(sample) && sample.Name == name).Value;

        static bool IsCpu(Sample sample) => sample.Labels.GetValueOrDefault("arm") == "always-on" && sample.Labels.GetValueOrDefault("metric") == "cpu";
    }

    [Fact]
    public void Hostile_names_stay_label_values()
    {
        string[] more = [@"back\slash", @"ends in \", "\\n", "x\"} 1\nperflab_owned 1"];
        var run = HostileRun.Create();
        run = new SyntheticRun { Arms = [.. run.Arms, .. more.Select(name => run.Arms[2] with { Name = name })] };

        var samples = Read(PrometheusText.Write(RunFigures.From(run.Analysis(), null)));

        Assert.Equal([.. HostileRun.Names, .. more], samples.Where(sample => sample.Name == "perflab_cpu_value_seconds").Select(sample => sample.Labels["arm"]));
        Assert.DoesNotContain(samples, sample => sample.Name == "perflab_owned");
    }

    [Fact]
    public void What_was_not_measured_has_no_sample_and_nothing_that_is_no_number_gets_in()
    {
        var run = new SyntheticRun { NotMeasured = new HashSet<MetricId> { MetricId.P999 } }.Analysis();
        run = run with { Arms = [.. run.Arms.Select(arm => arm with { Metrics = [.. arm.Metrics.Select(metric => metric with { Ratio = metric.Ratio is null ? null : metric.Ratio with { High = double.PositiveInfinity } })] })] };

        var samples = Read(PrometheusText.Write(RunFigures.From(run, null)));

        Assert.DoesNotContain(samples, sample => sample.Name.StartsWith("perflab_p999", StringComparison.Ordinal) || sample.Name == "perflab_change_high_ratio");
        Assert.Contains(samples, sample => sample.Name == "perflab_change_low_ratio");
    }

    [Theory]
    [InlineData("sampling", "/metrics/job/perflab/scenario/sampling")]
    [InlineData("a/b", "/metrics/job/perflab/scenario@base64/YS9i")]
    [InlineData("?>", "/metrics/job/perflab/scenario@base64/Pz4")]
    [InlineData("", "/metrics/job/perflab/scenario@base64/=")]
    public void The_group_of_a_Pushgateway_holds_the_newest_run_of_a_scenario(string scenario, string path) =>
        Assert.Equal(path, PrometheusText.PushgatewayPath(RunFigures.From(new SyntheticRun().Analysis(), null) with { Scenario = scenario }));

    // Throws where the text is not of the format.
    private static List<Sample> Read(string text)
    {
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        var (families, samples, current) = (new HashSet<string>(StringComparer.Ordinal), new List<Sample>(), string.Empty);
        foreach (var line in text[..^1].Split('\n'))
        {
            if (Comment().Match(line) is { Success: true } comment)
            {
                current = comment.Groups["name"].Value;
                Assert.True(families.Add($"{comment.Groups["kind"]} {current}"), $"{line}: the second line of its kind.");
                continue;
            }

            var match = SampleLine().Match(line);
            Assert.True(match.Success && match.Groups["name"].Value == current, $"'{line}' is no sample of {current}.");
            samples.Add(new Sample(
                current,
                match.Groups["label"].Captures.Zip(match.Groups["text"].Captures).ToDictionary(pair => pair.First.Value, pair => Unescape(pair.Second.Value), StringComparer.Ordinal),
                double.Parse(match.Groups["value"].Value, NumberStyles.Float, CultureInfo.InvariantCulture)));
        }

        Assert.Equal(samples.Count, samples.DistinctBy(sample => string.Join('\n', sample.Labels.Select(label => $"{label.Key}={label.Value}").Order(StringComparer.Ordinal).Prepend(sample.Name))).Count());
        Assert.Equal(families.Count, 2 * samples.DistinctBy(sample => sample.Name).Count());
        return samples;
    }

    private static string Unescape(string text) => Escaped().Replace(text, match => match.Value == @"\n" ? "\n" : match.Value[1..]);

    [GeneratedRegex("^# (?<kind>HELP|TYPE) (?<name>[a-zA-Z_:][a-zA-Z0-9_:]*) ((?<=HELP \\S+ )[^\\n]+|(?<=TYPE \\S+ )gauge)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Comment();

    [GeneratedRegex("^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)\\{((?<label>(?!__)[a-zA-Z_][a-zA-Z0-9_]*)=\"(?<text>([^\"\\\\\\n]|\\\\[\\\\\"n])*)\"(,(?!\\})|(?=\\})))*\\} (?<value>-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SampleLine();

    [GeneratedRegex(@"\\[\\""n]", RegexOptions.None, 1000)]
    private static partial Regex Escaped();

    private sealed record Sample(string Name, IReadOnlyDictionary<string, string> Labels, double Value);
}
