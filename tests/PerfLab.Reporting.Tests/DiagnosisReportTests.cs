using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using PerfLab.Analysis.Diagnosis;
using PerfLab.Experiments.Results;
using PerfLab.Reporting.Diagnosis;
using PerfLab.Reporting.Tests.Fixture;

namespace PerfLab.Reporting.Tests;

public sealed class DiagnosisReportTests
{
    private const string Hostile = "Evil.</title></script><script>alert(1)</script>&\"'<img src=x onerror=alert(2)>";

    private static readonly ProfileFrame s_main = new("Shop.Program.Main", "Shop");
    private static readonly ProfileFrame s_start = new("System.Diagnostics.Activity.Start", "System.Diagnostics.DiagnosticSource");

    [Fact]
    public void A_speedscope_file_has_the_shape_of_its_schema()
    {
        using var output = new MemoryStream();
        SpeedscopeFile.Write(output, "smoke, on", Profile(s_main, s_start));

        using var file = JsonDocument.Parse(output.ToArray());
        var root = file.RootElement;
        Assert.Equal("https://www.speedscope.app/file-format-schema.json", root.GetProperty("$schema").GetString());
        var frames = root.GetProperty("shared").GetProperty("frames").EnumerateArray().Select(frame => frame.GetProperty("name").GetString()).ToArray();
        Assert.Equal(["Shop.Program.Main", "System.Diagnostics.Activity.Start", "System.String"], frames);
        Assert.Equal(["none", "bytes"], root.GetProperty("profiles").EnumerateArray().Select(profile => profile.GetProperty("unit").GetString()));
        Assert.All(root.GetProperty("profiles").EnumerateArray(), profile =>
        {
            Assert.Equal("sampled", profile.GetProperty("type").GetString());
            Assert.NotEmpty(profile.GetProperty("name").GetString()!);
            Assert.Equal(0, profile.GetProperty("startValue").GetDouble());
            var weights = profile.GetProperty("weights").EnumerateArray().Select(weight => weight.GetDouble()).ToArray();
            Assert.Equal(profile.GetProperty("samples").GetArrayLength(), weights.Length);
            Assert.Equal(profile.GetProperty("endValue").GetDouble(), weights.Sum(), 9);
            Assert.All(profile.GetProperty("samples").EnumerateArray().SelectMany(sample => sample.EnumerateArray()), place => Assert.InRange(place.GetInt32(), 0, frames.Length - 1));
        });

        // The outermost method first: 30 samples of Main alone, 10 of what it calls.
        var cpu = root.GetProperty("profiles")[0];
        Assert.Equal("[[0],[0,1]]", cpu.GetProperty("samples").GetRawText());
        Assert.Equal("[30,10]", cpu.GetProperty("weights").GetRawText());
    }

    [Fact]
    public void Names_of_methods_and_arms_stay_text()
    {
        var html = Page([Diagnosis("on", Profile(new ProfileFrame(Hostile, Hostile), s_start))]);

        Assert.Equal(1, Regex.Count(html, "(?i)<script"));
        Assert.Equal(1, Regex.Count(html, "(?i)</script"));
        Assert.DoesNotContain("<img", html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Evil.&lt;/title&gt;&lt;/script&gt;&lt;script&gt;alert(1)", html, StringComparison.Ordinal);
        Assert.DoesNotContain("innerHTML", html, StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_needs_nothing_from_outside_and_no_style_that_its_policy_forbids()
    {
        var html = Page([Diagnosis("off", Profile(s_main, s_main)), Diagnosis("on", Profile(s_main, s_start))]);

        Assert.Contains("default-src 'none'; style-src 'sha256-", html, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"(?i)\s(src|srcset|data|action|style|on\w+)\s*=", html[html.IndexOf("<body", StringComparison.Ordinal)..html.IndexOf("<script>", StringComparison.Ordinal)]);
        Assert.DoesNotMatch("(?i)https?:", html);
    }

    [Fact]
    public void Without_a_script_the_tables_say_what_the_flame_graph_shows()
    {
        var html = Regex.Replace(Page([Diagnosis("off", Profile(s_main, s_main)), Diagnosis("on", Profile(s_main, s_start))]), "(?s)<script>.*</script>|<svg.*?</svg>", string.Empty, RegexOptions.NonBacktracking);

        Assert.Contains("on less off", html, StringComparison.Ordinal);
        Assert.Contains("on: methods by themselves", html, StringComparison.Ordinal);
        Assert.Contains("on: methods with what they call", html, StringComparison.Ordinal);
        Assert.Contains("on: allocation sites", html, StringComparison.Ordinal);
        Assert.Matches("<bdi>System.Diagnostics.Activity.Start</bdi></th><td class=\"words\">System.Diagnostics.DiagnosticSource</td>\\s<td class=\"words\">tracing</td>\\s<td class=\"number\">25.0 %</td>", html);
    }

    [Fact]
    public void The_flame_graph_is_as_wide_as_the_weights_and_marks_what_belongs_to_tracing()
    {
        var svg = FlameGraph.Of("test", Profile(s_main, s_start).Cpu, weight => $"{weight}").Text;

        Assert.Matches("<g class=\"other\"><title>Shop.Program.Main\nShop, 40, 100 %</title><rect x=\"0\" y=\"18\" width=\"1100\"", svg);
        Assert.Matches("<g class=\"tracing\"><title>System.Diagnostics.Activity.Start\n[^<]*, 10, 25.0 %</title><rect x=\"0\" y=\"36\" width=\"275\"", svg);
    }

    [Fact]
    public void The_short_form_has_the_shares_five_methods_and_the_difference()
    {
        var arms = new[] { Diagnosis("off", Profile(s_main, s_main)), Diagnosis("on", Profile(s_main, s_start)) };
        var lines = new DiagnosisReport("run", Record(arms), [.. arms.Select(arm => arm.Profile)]).Lines.Select(line => line.Text).ToArray();

        Assert.Contains(lines, line => line.StartsWith("on: tracing has 25.0 % (", StringComparison.Ordinal) && line.EndsWith("of the allocated bytes.", StringComparison.Ordinal));
        Assert.Contains("   25.0 %  Activity.Start  (tracing)", lines);
        Assert.Contains(lines, line => line.StartsWith("on less off: +25.0 points", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1400, ColorScheme.Light)]
    [InlineData(1400, ColorScheme.Dark)]
    [InlineData(360, ColorScheme.Light)]
    public async Task The_page_opens_from_disk_asks_for_nothing_fits_the_screen_and_widens_what_is_clicked(int width, ColorScheme scheme)
    {
        await using var report = await ReportBrowser.OpenAsync(Page([Diagnosis("off", Profile(s_main, s_main)), Diagnosis("on", Profile(new ProfileFrame(Hostile, Hostile), s_start))]), width, scheme, withScript: true);

        var frame = report.Page.Locator("svg.flame >> nth=2 >> g.tracing rect");
        Assert.Equal("275", await frame.GetAttributeAsync("width"));
        await frame.DispatchEventAsync("click");
        Assert.Equal("1100", await frame.GetAttributeAsync("width"));
        Assert.Equal("Activity.Start", await report.Page.Locator("svg.flame >> nth=2 >> g.tracing text").TextContentAsync());

        Assert.Equal(width, await report.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
        Assert.All(report.Requests, request => Assert.True(request == report.Url || request.StartsWith("data:font/woff2", StringComparison.Ordinal), request));
        Assert.Empty(report.Complaints);
    }

    [Theory]
    [InlineData("System.Net.Http.HttpConnection+<SendAsync>d__57.MoveNext", "HttpConnection+<SendAsync>d__57.MoveNext")]
    [InlineData("System.Collections.Generic.Dictionary`2[System.__Canon,System.__Canon].FindValue", "Dictionary`2.FindValue")]
    [InlineData("System.Collections.Generic.List`1[System.__Canon].ConvertAll[System.__Canon]", "List`1.ConvertAll")]
    [InlineData("System.Linq.Iterator`2[System.Collections.Generic.KeyValuePair`2[System.String,System.Byte[]],System.Int32[,]].MoveNext", "Iterator`2.MoveNext")]
    [InlineData("System.Byte[].Clone", "Byte[].Clone")]
    [InlineData("Main", "Main")]
    public void A_short_name_is_the_type_and_the_method(string name, string expected) => Assert.Equal(expected, FlameGraph.ShortName(name));

    [Theory]
    [InlineData("System.Byte[]", "System.Byte[]")]
    [InlineData("System.Int32[,]", "System.Int32[,]")]
    [InlineData("System.Char[][]", "System.Char[][]")]
    [InlineData("System.Collections.Generic.KeyValuePair`2[System.String,System.Object][]", "System.Collections.Generic.KeyValuePair`2[]")]
    [InlineData("System.Collections.Generic.List`1[System.Byte[]]", "System.Collections.Generic.List`1")]
    [InlineData("System.Collections.Generic.Dictionary`2+Entry[System.String,System.Collections.Generic.List`1[System.Byte[]]][,]", "System.Collections.Generic.Dictionary`2+Entry[,]")]
    public void A_name_without_type_arguments_is_still_that_of_an_array(string name, string expected) => Assert.Equal(expected, FlameGraph.WithoutArguments(name));

    private static string Page((ArmDiagnosis Diagnosis, ArmProfile Profile)[] arms) => DiagnosisPage.Write("run", Record(arms), [.. arms.Select(arm => arm.Profile)]);

    private static DiagnosisRecord Record((ArmDiagnosis Diagnosis, ArmProfile Profile)[] arms) => new()
    {
        FormatVersion = DiagnosisRecord.CurrentFormatVersion,
        Started = new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero),
        Scenario = "smoke",
        Machine = new SyntheticRun().Analysis().Manifest.Machine,
        Arms = [.. arms.Select(arm => arm.Diagnosis)],
    };

    private static (ArmDiagnosis Diagnosis, ArmProfile Profile) Diagnosis(string arm, ArmProfile profile) => (DiagnosisAnalyzer.Analyze(
        new DiagnosisLoad { Arm = arm, FileStem = arm, SampledProcesses = ["target"], OtherProcesses = [], RatePerSecond = 100, Seconds = 2, AnsweredCount = 200, CpuSeconds = 0.5 },
        profile), profile);

    // Three quarters end in the first, a quarter in the second, in each of two seconds.
    private static ArmProfile Profile(ProfileFrame first, ProfileFrame second) => new()
    {
        Cpu = new StackProfile([Stack([first], 15), Stack([first, second], 5)], 40),
        Allocation = new StackProfile([Stack([first, second, new ProfileFrame("System.String", ProfileFrame.AllocatedType)], 500)], 3),
        WaitingSampleCount = 7,
        RoundCount = 100,
        LostEventCount = 0,
    };

    private static ProfiledStack Stack(ProfileFrame[] frames, double weight) => new(frames, new Dictionary<int, double> { [0] = weight, [1] = weight });
}
