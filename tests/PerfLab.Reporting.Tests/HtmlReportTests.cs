using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using PerfLab.Analysis.Trust;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Reporting.Tests.Fixture;

namespace PerfLab.Reporting.Tests;

public sealed partial class HtmlReportTests
{
    // No pattern here needs more than a blink; a slow one is a fault of the test.
    private const int LimitMilliseconds = 10_000;

    [Fact]
    public void What_matters_most_stands_first()
    {
        var html = Write(new SyntheticRun());

        AssertInOrder(html, "<h1>", "class=\"headline\"", "id=\"recommendation\"", "id=\"trust\"", "The control against the baseline", "class=\"legend\"", "class=\"overview\"", "id=\"answers\"", "id=\"numbers\"", "id=\"charts\"", "id=\"findings\"", "id=\"verdicts\"", "id=\"method\"", "id=\"machine\"", "id=\"details\"", "./run.sh report");
    }

    [Fact]
    public void The_page_needs_nothing_from_outside()
    {
        var html = Write(new SyntheticRun());

        Assert.DoesNotMatch(@"(?i)\s(src|srcset|poster|data|action|xlink:href)\s*=", html);
        Assert.DoesNotMatch(@"(?i)<(link|iframe|object|embed|img|base)\b", html);
        Assert.Equal(1, Regex.Count(html, "(?i)<script"));
        Assert.Contains("\n<script>", html, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"(?i)@import", html);
        Assert.DoesNotMatch(@"(?i)https?:", html);
        Assert.All(Url().Matches(html), match => Assert.True(
            match.Value.StartsWith("url(data:font/woff2", StringComparison.Ordinal) || match.Value.StartsWith("url(#", StringComparison.Ordinal),
            match.Value[..Math.Min(60, match.Value.Length)]));
        Assert.All(Href().Matches(html), match => Assert.StartsWith("#", match.Groups["target"].Value, StringComparison.Ordinal));
    }

    [Fact]
    public void The_policy_lets_in_this_style_sheet_and_this_script_only()
    {
        var html = Write(new SyntheticRun());
        var sheet = StyleSheet().Match(html).Groups["sheet"].Value;
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(sheet)));

        var script = html[(html.IndexOf("<script>", StringComparison.Ordinal) + "<script>".Length)..html.IndexOf("</script>", StringComparison.Ordinal)];
        var scriptHash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)));
        Assert.Contains($"default-src 'none'; style-src 'sha256-{hash}'; script-src 'sha256-{scriptHash}'; font-src data:", html, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"\sstyle\s*=", html);
    }

    [Fact]
    public void Hostile_text_stays_text()
    {
        var html = Write(HostileRun.Create());

        Assert.DoesNotMatch(@"(?i)<(img|iframe)\b", html);
        Assert.Equal(1, Regex.Count(html, @"(?i)<script\b"));
        Assert.Equal(1, Regex.Count(html, @"(?i)</script\b"));
        Assert.DoesNotMatch(@"(?i)<[^>]*\son[a-z]+\s*=\s*""document", html);
        Assert.Equal(1, Regex.Count(html, "<h1>"));
        Assert.Equal(1, Regex.Count(html, "</style>"));
        Assert.Contains("&lt;script&gt;document.title=&#39;owned&#39;&lt;/script&gt;", html, StringComparison.Ordinal);
        Assert.DoesNotContain('\u202e', html);
        Assert.DoesNotContain('\0', html);
    }

    [Fact]
    public void Every_verdict_is_shown_as_sign_and_word()
    {
        var html = Write(new SyntheticRun { Arms = VerdictArms });

        Assert.Matches(">▲</span> More", html);
        Assert.Matches(">▲</span> Slower", html);
        Assert.Matches(">▼</span> Less", html);
        Assert.Matches(">▼</span> Faster", html);
        Assert.Matches(">≈</span> Same", html);
        Assert.Matches(">△</span> More", html);
        Assert.Matches(">○</span> No change found", html);
        Assert.Matches(">\\?</span> Cannot tell", Write(new SyntheticRun { CpuSpread = 0.6 }));
        Assert.Matches(">–</span> Not judged", Write(new SyntheticRun { LaunchSets = 3 }));
    }

    [Fact]
    public void Where_no_change_is_found_the_first_screen_and_the_numbers_name_the_same_cost_that_could_not_have_been_missed()
    {
        var html = Write(new SyntheticRun());
        var numbers = html.IndexOf("id=\"numbers\"", StringComparison.Ordinal);
        var first = MissedCost().Matches(html[..numbers]).Select(match => match.Value).ToHashSet(StringComparer.Ordinal);

        Assert.NotEmpty(first);
        Assert.Superset(first, MissedCost().Matches(html[numbers..]).Select(match => match.Value).ToHashSet(StringComparer.Ordinal));
    }

    [Fact]
    public void A_clear_change_that_is_no_proof_among_so_many_says_so()
    {
        var html = Write(new SyntheticRun { IsOutOfReach = true });

        Assert.Matches("always-on costs more CPU per request, \\+24\\.6.% \\([0-9.]+ to [0-9.]+\\), but not provably beyond 5.%\\.", html);
        Assert.Matches("△</span> More</span>.*too many arms for proof", html);
        Assert.Contains("8 launch sets are needed", html, StringComparison.Ordinal);
    }

    [Fact]
    public void The_level_of_trust_is_said_once_before_its_sentence() =>
        Assert.Contains("class=\"trust-sentence\"><b>How sure:</b> <bdi dir=\"ltr\">95\u00a0% intervals from 11 of 11 launch sets. The baseline measured twice agrees with itself", Write(new SyntheticRun()), StringComparison.Ordinal);

    [Theory]
    [InlineData(TrustLevel.Trusted, "Measurement: trusted")]
    [InlineData(TrustLevel.Limited, "Measurement: limited")]
    [InlineData(TrustLevel.Untrusted, "Measurement: untrusted")]
    [InlineData(TrustLevel.Undecided, "Measurement: undecided")]
    public void The_badge_says_of_the_measurement_whether_it_is_trusted(TrustLevel level, string word) =>
        Assert.Matches($"id=\"trust\" class=\"badge\">.*</span> {word}</h2>", Write(new SyntheticRun { TrustLevel = level }));

    [Fact]
    public void An_untrusted_run_says_so_in_its_headline_and_beside_its_numbers()
    {
        var html = Write(new SyntheticRun { TrustLevel = TrustLevel.Untrusted });

        Assert.Contains("This run decides nothing", html, StringComparison.Ordinal);
        AssertInOrder(html, "id=\"numbers\"", "class=\"notice\"", "can neither pass nor fail", "class=\"metrics\"");
    }

    [Fact]
    public void A_run_with_three_launch_sets_shows_values_and_no_interval()
    {
        var html = Write(new SyntheticRun { LaunchSets = 3 });

        Assert.Contains("Too early to tell: 3 launch sets of 11 planned.", html, StringComparison.Ordinal);
        Assert.Contains("This run ended before its plan: 3 of 11 planned launch sets were completed. Ctrl-C was pressed.", html, StringComparison.Ordinal);
        Assert.Contains("class=\"value\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"by\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_not_measured_says_so_and_says_why()
    {
        var html = Write(new SyntheticRun { NotMeasured = new HashSet<MetricId> { MetricId.WorkingSet, MetricId.ExportedBytes } });

        Assert.Matches("class=\"absent\" data-label=\"Working set[^\"]*\">not measured<", html);
        Assert.Contains("Working set: no reading of the working set (11 of 11 launch sets)", html, StringComparison.Ordinal);
        Assert.Contains("Steal time: the hypervisor does not report it.", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_in_which_nothing_was_measured_is_a_page_without_charts()
    {
        var html = Write(new SyntheticRun { NotMeasured = MetricCatalog.All.Select(metric => metric.Id).ToHashSet() });

        Assert.Contains("There is nothing to draw", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<svg", html, StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"metrics\"", html, StringComparison.Ordinal);
        Assert.Contains("Nothing was measured.", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_without_variants_has_a_page() =>
        Assert.Contains("Only the baseline and its control were measured.", Write(new SyntheticRun { Arms = [.. SyntheticRun.SamplingArms.Take(2)] }), StringComparison.Ordinal);

    [Fact]
    public void Twenty_arms_have_twenty_rows_in_plan_order()
    {
        var html = Write(ManyArms());
        var table = html[html.IndexOf("<caption>What it costs", StringComparison.Ordinal)..];
        table = table[..table.IndexOf("</table>", StringComparison.Ordinal)];

        Assert.Equal(20, Regex.Count(table, "scope=\"row\""));
        AssertInOrder(table, ">off<", ">arm-2<", ">arm-10<", ">arm-19<");
    }

    [Fact]
    public void Tables_have_captions_and_scopes_and_charts_have_words()
    {
        var html = Write(new SyntheticRun());

        Assert.All(Header().Matches(html), header => Assert.Contains("scope=", header.Value, StringComparison.Ordinal));
        // A bar repeats the words beside it.
        string[] drawings = [.. Svg().Matches(html).Select(svg => svg.Value).Where(svg => !svg.Contains("class=\"bar", StringComparison.Ordinal))];
        Assert.All(drawings, svg => Assert.Matches("role=\"img\" aria-label=\"[^\"]{40,}\"", svg));
        Assert.Equal(10, drawings.Length);
        Assert.All(Svg().Matches(html).Select(svg => svg.Value).Except(drawings), bar => Assert.Contains("aria-hidden=\"true\"", bar, StringComparison.Ordinal));
    }

    [Fact]
    public void Thresholds_stand_before_the_answers_and_the_arm_that_violates_stands_first()
    {
        var html = Write(new SyntheticRun { Thresholds = SyntheticThresholds.OneOfEach });

        AssertInOrder(html, "id=\"trust\"", "id=\"thresholds\"", "</span> Proven", "</span> Violated", "is violated by always-on", "holds for ratio-1", "</span> Not decided", "no arm to judge", "id=\"answers\"");
    }

    [Fact]
    public void A_scenario_without_thresholds_has_no_section_about_them() =>
        Assert.DoesNotContain("id=\"thresholds\"", Write(new SyntheticRun()), StringComparison.Ordinal);

    [Fact]
    public void Noise_stands_beside_the_verdicts_or_what_to_do_where_there_is_none() =>
        AssertInOrder(Write(new SyntheticRun()), "id=\"numbers\"", "There is no noise profile of this machine with runtime lab", "class=\"metrics\"");

    // Student's t at 97.5 and 80 % with 11 degrees of freedom and the stretch give 0.935 of the spread at 12.
    [Fact]
    public void A_run_of_identical_arms_shows_what_they_show()
    {
        var html = Write(new SyntheticRun { MeasuredNoise = SyntheticNoise.Profile });

        AssertInOrder(html, "id=\"noise\"", "8 arms that differ in nothing, in 61 launch sets. 40 comparisons of 6 launch sets each", "CPU per request", ">1 of 40<", ">0.06 to 13.2\u00a0%<", ">0<", ">2.0\u00a0%<", ">1.9\u00a0%<", "Working set", ">–<", "id=\"answers\"");
        Assert.DoesNotContain("id=\"noise\"", Write(new SyntheticRun()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_with_known_costs_shows_what_was_put_in_and_what_was_found()
    {
        var html = Write(new SyntheticRun { Calibration = SyntheticCalibration.Two });

        AssertInOrder(html, "id=\"calibration\"", "3 of 6 intervals hold the size", "CPU of each request", ">1.010 (0.980 to 1.040)<", "✓ right", "CPU in bursts", "✕ wrong", "id=\"calibration-sizes\"", ">cpu-20<", ">20.0\u00a0µs<", ">yes<", ">no<", "id=\"charts\"", "CPU of each request: slope 1.010 (0.980 to 1.040)", "put in 20.0\u00a0µs, found 20.2\u00a0µs");
    }

    [Fact]
    public void No_two_elements_share_an_id()
    {
        var ids = Id().Matches(Write(new SyntheticRun())).Select(match => match.Groups["id"].Value).ToArray();

        Assert.Equal(ids.Length, ids.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Twelve_arms_and_twenty_launch_sets_stay_below_a_megabyte()
    {
        var run = new SyntheticRun { LaunchSets = 20, Arms = [.. ManyArms().Arms.Take(12)] };

        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(Write(run)), 100_000, 1_000_000);
    }

    internal static IReadOnlyList<SyntheticArm> VerdictArms { get; } =
    [
        .. SyntheticRun.SamplingArms,
        new("leaner", "Needs less and is faster", ArmRole.Variant, 0.7, 0.8, 0.6, 0),
    ];

    internal static SyntheticRun ManyArms() => new()
    {
        Arms =
        [
            .. SyntheticRun.SamplingArms.Take(2),
            .. Enumerable.Range(2, 18).Select(index => new SyntheticArm($"arm-{index}", "One of many", ArmRole.Variant, 1 + (0.02 * index), 1 + (0.01 * index), 1 + (0.01 * index), index)),
        ],
    };

    private static string Write(SyntheticRun run) => ReportTexts.Html(run);

    private static void AssertInOrder(string text, params string[] parts)
    {
        var place = 0;
        foreach (var part in parts)
        {
            var found = text.IndexOf(part, place, StringComparison.Ordinal);
            Assert.True(found >= 0, $"'{part}' does not come after what should stand before it.");
            place = found + part.Length;
        }
    }

    [GeneratedRegex("a cost above [0-9.]+\u00a0% could not have been missed", RegexOptions.ExplicitCapture, LimitMilliseconds)]
    private static partial Regex MissedCost();

    [GeneratedRegex(@"(?i)url\([^)]*\)", RegexOptions.ExplicitCapture, LimitMilliseconds)]
    private static partial Regex Url();

    [GeneratedRegex("(?i)href=\"(?<target>[^\"]*)\"", RegexOptions.ExplicitCapture, LimitMilliseconds)]
    private static partial Regex Href();

    [GeneratedRegex("<style>(?<sheet>.*?)</style>", RegexOptions.Singleline | RegexOptions.ExplicitCapture, LimitMilliseconds)]
    private static partial Regex StyleSheet();

    [GeneratedRegex("<th[ >][^>]*", RegexOptions.ExplicitCapture, LimitMilliseconds)]
    private static partial Regex Header();

    [GeneratedRegex("<svg[^>]*>", RegexOptions.ExplicitCapture, LimitMilliseconds)]
    private static partial Regex Svg();

    [GeneratedRegex("\\sid=\"(?<id>[^\"]*)\"", RegexOptions.ExplicitCapture, LimitMilliseconds)]
    private static partial Regex Id();
}
