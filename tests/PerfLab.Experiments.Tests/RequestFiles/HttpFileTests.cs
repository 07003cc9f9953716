using PerfLab.Experiments.RequestFiles;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Experiments.Tests.RequestFiles;

/// <summary>Files of Visual Studio, Rider and the REST Client.</summary>
public sealed class HttpFileTests
{
    [Fact]
    public void An_http_file_is_read_with_its_variables_and_names()
    {
        // The first request is that of `dotnet new webapi`, the others use what Rider and the REST Client have.
        var requests = HttpFile.Read("""
            @webapi_HostAddress = http://localhost:5062
            @id = 7

            GET {{webapi_HostAddress}}/weatherforecast/
            Accept: application/json

            ### Create an order
            # @name create
            POST {{webapi_HostAddress}}/orders?dry=true
                &trace=1 HTTP/1.1
            Content-Type: application/json
            // a comment

            {
              "id": {{id}}
            }

            > {% client.test() %}
            ###

            {{webapi_HostAddress}}/orders/{{ id }}
            """);

        Assert.Equal(["GET /weatherforecast/", "POST /orders?dry=true&trace=1", "GET /orders/7"], requests.Select(Line));
        Assert.Equal("create", requests[1].Name);
        Assert.Equal("{\n  \"id\": 7\n}", requests[1].Body);
        Assert.Equal("application/json", Assert.Single(requests[1].Headers).Value);
    }

    [Fact]
    public void A_variable_that_an_http_file_does_not_have_is_named() =>
        Assert.Contains("{{token}}", Assert.Throws<FormatException>(() => HttpFile.Read("GET http://a/\nAuthorization: {{token}}\n")).Message, StringComparison.Ordinal);

    [Fact]
    public void An_address_may_have_lines_and_blanks()
    {
        var requests = HttpFile.Read("""
            get http://a
                /orders
                ?q=x y
                &page=2 HTTP/1.1
            ###
            Post http://a/search for HTTP/2
            """);

        Assert.Equal(["GET /orders?q=x%20y&page=2", "POST /search%20for"], requests.Select(Line));
    }

    [Fact]
    public void What_follows_the_body_is_no_part_of_it()
    {
        var requests = HttpFile.Read("POST http://a/1\n\nx\n>>! out.json\n###\nPOST http://a/2\n\nx\n<> old.json\n###\nGET http://a/3\n> {% a %}");

        Assert.Equal(["x", "x", null], requests.Select(request => request.Body));
    }

    [Theory]
    [InlineData("POST http://a/\n\n< body.json", "'< body.json' reads a file")]
    [InlineData("POST http://a/\n\n<@ body.json", "'<@ body.json' reads a file")]
    [InlineData("POST http://a/\n\n--b\n\n< body.json\n--b--", "'< body.json' reads a file")]
    [InlineData("< {% a %}\nGET http://a/", "script")]
    [InlineData("POST http://a/\nAccept: a\n{", "'{' is not a header")]
    [InlineData("GET http://a/\nAccept", "'Accept' is not a header")]
    public void What_is_not_read_is_named(string text, string told) =>
        Assert.Contains(told, Assert.Throws<FormatException>(() => HttpFile.Read(text)).Message, StringComparison.Ordinal);

    private static string Line(RequestDefinition request) => $"{request.Method} {request.Path}";
}
