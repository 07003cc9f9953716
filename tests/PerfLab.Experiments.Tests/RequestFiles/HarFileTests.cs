using PerfLab.Experiments.RequestFiles;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Experiments.Tests.RequestFiles;

/// <summary>HTTP archives of browsers and proxies, and which of their requests are the same.</summary>
public sealed class HarFileTests
{
    private const string Har = """
        {"request":{"method":"GET","url":"http://localhost:5000/orders?x=1","headers":[{"name":":authority","value":"a"},{"name":"Accept","value":"*/*"},{"name":"If-None-Match","value":"1"}]},"response":{"status":304}},
        {"request":{"method":"GET","url":"http://localhost:5000/orders?x=1","headers":[{"name":"accept","value":"*/*"}]},"response":{"status":200}},
        {"request":{"method":"POST","url":"http://localhost:5000/orders","headers":[],"postData":{"mimeType":"application/json","text":"{}"}},"response":{"status":201}},
        {"request":{"method":"GET","url":"https://cdn.example/app.js","headers":[]},"response":{"status":200}}
        """;

    [Fact]
    public void An_archive_gives_the_requests_to_the_service_with_weights_and_statuses()
    {
        var (requests, otherHost) = Read(Har);

        Assert.Null(otherHost);
        Assert.Equal(["GET /orders?x=1", "POST /orders"], requests.Select(Line));
        Assert.Equal([2.0, 1.0], requests.Select(request => request.Weight));
        Assert.Equal(["200", "201"], requests.Select(request => request.ExpectedStatus.Text));
        Assert.Equal(["Accept"], requests[0].Headers.Keys);
        Assert.Equal("application/json", requests[1].Headers["Content-Type"]);
        Assert.Throws<FormatException>(() => HarFile.Read("{\"log\":{}}", new Uri("http://a")));
    }

    [Theory]
    [InlineData("http://127.0.0.1:5000", null)]
    [InlineData("http://[::1]:5000", null)]
    [InlineData("http://127.0.0.1:1", "localhost:5000")]
    public void All_names_of_this_machine_are_one_host_and_another_is_told(string service, string? told)
    {
        var (requests, otherHost) = Read(Har, service);

        Assert.Equal(2, requests.Count);
        Assert.Equal(told, otherHost);
    }

    [Fact]
    public void A_form_in_parts_is_encoded()
    {
        var request = Assert.Single(Read("""{"request":{"method":"POST","url":"http://localhost:5000/f","headers":[],"postData":{"mimeType":"application/x-www-form-urlencoded","params":[{"name":"a b","value":"1&2"},{"name":"c"}]}}}""").Requests);

        Assert.Equal("a%20b=1%262&c=", request.Body);
    }

    [Fact]
    public void A_multipart_body_without_its_text_is_refused_by_name()
    {
        var error = Assert.Throws<FormatException>(() => Read("""{"request":{"method":"POST","url":"http://localhost:5000/f","headers":[],"postData":{"mimeType":"multipart/form-data","params":[{"name":"a","fileName":"b"}]}}}"""));

        Assert.Contains("POST /f is multipart/form-data", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Requests_that_were_cancelled_are_left_out()
    {
        var (requests, _) = Read("""
            {"request":{"method":"GET","url":"http://localhost:5000/a","headers":[]},"response":{"status":0}},
            {"request":{"method":"GET","url":"http://localhost:5000/b","headers":[]},"response":{"status":200}}
            """);

        Assert.Equal("GET /b", Line(Assert.Single(requests)));
    }

    [Fact]
    public void Requests_with_other_credentials_or_statuses_are_told_apart()
    {
        var (requests, _) = Read(string.Join(',', Get("Authorization", "a", 200), Get("Authorization", "b", 200), Get("Authorization", "a", 404), Get("Authorization", "a", 200), Get("X-Id", "1", 200), Get("X-Id", "2", 200)));

        Assert.Equal([2.0, 1.0, 1.0, 2.0], requests.Select(request => request.Weight));
    }

    [Fact]
    public void Repeated_headers_are_joined()
    {
        var request = Assert.Single(Read("""{"request":{"method":"GET","url":"http://localhost:5000/a","headers":[{"name":"cookie","value":"a=1"},{"name":"Cookie","value":"b=2"},{"name":"Accept","value":"a/b"},{"name":"accept","value":"c/d"}]}}""").Requests);

        Assert.Equal("a=1; b=2", request.Headers["Cookie"]);
        Assert.Equal("a/b, c/d", request.Headers["Accept"]);
    }

    [Fact]
    public void Names_differ_in_more_than_case()
    {
        var (requests, _) = Read("""
            {"request":{"method":"GET","url":"http://localhost:5000/Orders","headers":[]},"response":{"status":200}},
            {"request":{"method":"GET","url":"http://localhost:5000/orders","headers":[]},"response":{"status":200}}
            """);

        Assert.Equal(["get-Orders", "get-orders-2"], requests.Select(request => request.Name));
    }

    private static string Get(string header, string value, int status) =>
        $$$"""{"request":{"method":"GET","url":"http://localhost:5000/a","headers":[{"name":"{{{header}}}","value":"{{{value}}}"}]},"response":{"status":{{{status}}}}}""";

    private static (IReadOnlyList<RequestDefinition> Requests, string? OtherHost) Read(string entries, string service = "http://localhost:5000") =>
        HarFile.Read($$$"""{"log":{"version":"1.2","entries":[{{{entries}}}]}}""", new Uri(service));

    private static string Line(RequestDefinition request) => $"{request.Method} {request.Path}";
}
