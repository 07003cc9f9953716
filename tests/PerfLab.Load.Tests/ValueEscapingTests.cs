using System.Text;
using PerfLab.Experiments.Scenarios;
using PerfLab.Load.Feeds;
using PerfLab.Load.Tests.Drivers;
using PerfLab.Load.Workloads;

namespace PerfLab.Load.Tests;

/// <summary>Values are escaped for where they stand, and a placeholder that nothing fills is refused wherever it stands.</summary>
public sealed class ValueEscapingTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("perflab-escape-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("no placeholder } here", "no placeholder } here")]
    [InlineData("{{{{id}}", "{{id}}")]
    public void A_text_that_is_expected_is_compared_as_it_is(string text, string expected) => Assert.Equal(expected, Load.Workloads.ExpectedText.Read(text));

    [Theory]
    [InlineData("id {{id}}")]
    [InlineData("{{id")]
    public void A_placeholder_in_a_text_that_is_expected_is_refused(string text) =>
        Assert.Contains("--expect-body", Assert.Throws<FormatException>(() => Load.Workloads.ExpectedText.Read(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("/x/{{v}}", "a/b c?", "/x/a%2Fb%20c%3F")]
    [InlineData("/x?q={{v}}", "a&b=c+d#", "/x?q=a%26b%3Dc%2Bd%23")]
    [InlineData("/x/{{v}}/y", "..", "/x/%2E%2E/y")]
    [InlineData("/x/{{v:raw}}", "a/b", "/x/a/b")]
    [InlineData("/{{f.v:raw}}?{{ v : raw }}", "1", "/1?1")]
    [InlineData("/{{{{v}}", "1", "/{{v}}")]
    public void In_a_path(string path, string value, string expected) => Assert.Equal(expected, Fill(Requests.Get(path), value).Definition.Path);

    [Theory]
    [InlineData("application/json", "{\"a\":\"{{v}}\"}", "say \"hi\"\n\\", "{\"a\":\"say \\\"hi\\\"\\n\\\\\"}")]
    [InlineData("application/json", "{\"a\":{{v}}}", "1.5", "{\"a\":1.5}")]
    [InlineData("application/json", "{\"a\":{{v}},\"b\":\"{{v}}\"}", "\"x\"", "{\"a\":\"x\",\"b\":\"\\\"x\\\"\"}")]
    [InlineData("application/json", "{\"\\\"{{v}}\":1}", "\"", "{\"\\\"\\\"\":1}")]
    [InlineData(null, "[\"{{v}}\"]", "\"", "[\"\\\"\"]")]
    [InlineData("application/json", "{{v:raw}}", "not json", "not json")]
    [InlineData(null, "\uFEFF {\"a\":\"{{v}}\"}", "\"", "\uFEFF {\"a\":\"\\\"\"}")]
    [InlineData("text/xml", "<a><![CDATA[{{v}}]]>{{v}}<![CDATA[x]]>{{v}}</a>", "<&>", "<a><![CDATA[<&>]]>&lt;&amp;&gt;<![CDATA[x]]>&lt;&amp;&gt;</a>")]
    [InlineData("text/xml", "<![CDATA[{{v}}]]>", "a]]>b", "<![CDATA[a]]]]><![CDATA[>b]]>")]
    [InlineData("application/soap+xml", "<a>{{v}}</a>", "<&>", "<a>&lt;&amp;&gt;</a>")]
    [InlineData(null, "<a>{{v}}</a>", "<&>", "<a>&lt;&amp;&gt;</a>")]
    [InlineData(null, "\uFEFF\n<?xml version=\"1.0\"?><a b=\"{{v}}\"/>", "\"", "\uFEFF\n<?xml version=\"1.0\"?><a b=\"&quot;\"/>")]
    [InlineData("text/plain", "{{v}}", "<\"&", "<\"&")]
    [InlineData("application/x-www-form-urlencoded", "a={{v}}", "1&b=2", "a=1%26b%3D2")]
    [InlineData("text/plain", "{{{{v}} {{v}}", "1", "{{v}} 1")]
    public void In_a_body(string? type, string body, string value, string expected)
    {
        var request = Requests.Get() with { Method = "POST", Body = body, Headers = type is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["Content-Type"] = type } };

        Assert.Equal(expected, Encoding.UTF8.GetString(Fill(request, value).Body!));
    }

    [Theory]
    [InlineData("{\"a\":{{v}}}", "abc", "row 1 of placeholder '{{v}}' is not a JSON value")]
    [InlineData("{{v:base64}}", "!", "row 1 of placeholder '{{v:base64}}' is not base64")]
    [InlineData("{{v:hex}}", "00", "no form of a field")]
    public void A_value_that_cannot_stand_there_is_refused_with_its_row(string body, string value, string fault)
    {
        var request = Requests.Get() with { Method = "POST", Body = body, Headers = new Dictionary<string, string> { ["Content-Type"] = "application/json" } };

        Assert.Contains(fault, Assert.Throws<FormatException>(() => Fill(request, value)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("path")]
    [InlineData("header")]
    [InlineData("body")]
    [InlineData("file")]
    public void A_placeholder_that_nothing_fills_is_refused_wherever_it_stands(string part)
    {
        var request = Requests.Get(part == "path" ? "/{{id}}" : "/") with
        {
            Method = "POST",
            Headers = new Dictionary<string, string> { ["X-Id"] = part == "header" ? "{{id}}" : "1" },
            Body = part == "body" ? "{{id}}" : null,
        };
        var bodies = part == "file" ? new Dictionary<string, RequestBody> { [request.Name] = new("a {{ id }}"u8.ToArray(), PlaceholderRule.WellFormed) } : [];

        var message = Assert.Throws<FormatException>(() => RequestMix.Create(new Uri("http://a"), [request], new RequestMixOptions { Feeds = [], Bodies = bodies }, 1)).Message;

        Assert.Contains("'{{id}}' is a placeholder that nothing fills", message, StringComparison.Ordinal);
        Assert.Contains("--generate", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_braces_of_a_file_are_sent_as_they_are()
    {
        const string text = "{{ range .Items }} {{{{ {{\"a\":1}} {{ }} {{";
        var mix = RequestMix.Create(
            new Uri("http://a"),
            [Requests.Get() with { Name = "r", Method = "POST" }],
            new RequestMixOptions { Feeds = [], Bodies = new Dictionary<string, RequestBody> { ["r"] = new(Encoding.UTF8.GetBytes(text), PlaceholderRule.WellFormed) } },
            1);

        Assert.EndsWith("\r\n\r\n" + text, Encoding.UTF8.GetString(mix.Prepare().Take(0).Span), StringComparison.Ordinal);
    }

    [Fact]
    public void A_field_named_beyond_ascii_is_found_in_a_body()
    {
        var path = Path.Combine(_folder, "f.csv");
        File.WriteAllText(path, "gr\u00f6\u00dfe\n42\n");
        var request = Requests.Get() with { Method = "POST", Body = "{{gr\u00f6\u00dfe}}" };

        var mix = RequestMix.Create(new Uri("http://a"), [request], new RequestMixOptions { Feeds = [DataFeed.FromCsvFile("f", path, FeedOrder.Sequential)] }, 1);

        Assert.EndsWith("\r\n\r\n42", Encoding.UTF8.GetString(mix.Prepare().Take(0).Span), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("letters(8)", false)]
    [InlineData("sequence(1000)", false)]
    [InlineData("uuid", false)]
    [InlineData("between(1000,1001)", false)]
    [InlineData("choice(AAEC|AwQF)", true)]
    public void Bytes_of_a_generated_field_are_those_of_a_choice_alone(string kind, bool isSent)
    {
        var request = Requests.Get() with { Method = "POST", Body = "{{id:base64}}" };

        var fault = Record.Exception(() => RequestMix.Create(new Uri("http://a"), [request], new RequestMixOptions { Feeds = [FeedSyntax.Generate([$"id={kind}"], seed: 1)] }, 1));

        Assert.Equal(isSent, fault is null);
        Assert.StartsWith("'{{id:base64}}' asks for the bytes of a generated field", fault?.Message ?? "'{{id:base64}}' asks for the bytes of a generated field", StringComparison.Ordinal);
    }

    [Fact]
    public void Letters_repeat_only_after_all_of_their_length_were_used()
    {
        var field = new GeneratedField(new FieldGenerator.Letters(3), 42);

        // 36^3 texts of three letters and digits.
        Assert.Equal(46_656, Enumerable.Range(0, 46_656).Select(row => field.ValueAt(row)).Distinct().Count());
        Assert.Equal(100_000, Enumerable.Range(0, 100_000).Select(row => new GeneratedField(new FieldGenerator.Letters(20), 7).ValueAt(row)).Distinct().Count());
    }

    private FilledRequest Fill(RequestDefinition request, string value)
    {
        var path = Path.Combine(_folder, "f.csv");
        File.WriteAllText(path, $"v\n\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"\n");
        var mix = RequestMix.Create(new Uri("http://a"), [request], new RequestMixOptions { Feeds = [DataFeed.FromCsvFile("f", path, FeedOrder.Sequential)] }, 1);
        var entry = Assert.Single(mix.Entries);
        return entry.Template.Fill(entry.Variant);
    }
}
