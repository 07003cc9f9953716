using PerfLab.Experiments.RequestFiles;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Experiments.Tests.RequestFiles;

/// <summary>Requests from files as other tools write them.</summary>
public sealed class RequestFileTests
{
    // As Chrome 141 copies it ("Copy as cURL (bash)"), and as documentation writes it.
    private const string Curl = """
        # from the browser
        curl 'https://shop.example/orders?page=2' \
          -H 'accept: application/json' \
          -H 'Connection: keep-alive' \
          -b 'session=abc' \
          --compressed
        curl 'https://shop.example/orders' -X 'POST' -H 'content-type: application/json' --data-raw $'{"note":"it\'s \u00e9"}'
        curl --json '{"a":1,
         "b":2}' https://shop.example/carts
        curl -s -u me:secret shop.example/status
        """;

    [Fact]
    public void Curl_commands_are_read_as_browsers_copy_them()
    {
        var requests = CurlFile.Read(Curl);

        Assert.Equal(["GET /orders?page=2", "POST /orders", "POST /carts", "GET /status"], requests.Select(Line));
        Assert.Equal(["accept", "Cookie"], requests[0].Headers.Keys);
        Assert.Equal("{\"note\":\"it's é\"}", requests[1].Body);
        Assert.Equal("{\"a\":1,\n \"b\":2}", requests[2].Body);
        Assert.Equal("application/json", requests[2].Headers["Content-Type"]);
        Assert.Equal("Basic bWU6c2VjcmV0", requests[3].Headers["Authorization"]); // base64 of me:secret
        Assert.Equal("get-orders", requests[0].Name);
        Assert.All(requests, request => Assert.Equal("2xx", request.ExpectedStatus.Text));
    }

    [Theory]
    [InlineData("curl -d @body.json http://a/", "reads a file")]
    [InlineData("curl -T file http://a/", "-T")]
    [InlineData("curl -H 'a: b'", "no address")]
    [InlineData("curl 'http://a/", "not closed")]
    [InlineData("wget http://a/", "begins with curl")]
    public void What_of_curl_is_not_read_is_named(string text, string told) =>
        Assert.Contains(told, Assert.Throws<FormatException>(() => CurlFile.Read(text)).Message, StringComparison.Ordinal);

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
    public void An_archive_gives_the_requests_to_the_service_with_weights_and_statuses()
    {
        const string Har = """
            {"log":{"version":"1.2","entries":[
              {"request":{"method":"GET","url":"http://localhost:5000/orders?x=1","headers":[{"name":":authority","value":"a"},{"name":"Accept","value":"*/*"},{"name":"If-None-Match","value":"1"}]},"response":{"status":304}},
              {"request":{"method":"GET","url":"http://localhost:5000/orders?x=1","headers":[]},"response":{"status":200}},
              {"request":{"method":"POST","url":"http://localhost:5000/orders","headers":[],"postData":{"mimeType":"application/json","text":"{}"}},"response":{"status":201}},
              {"request":{"method":"GET","url":"https://cdn.example/app.js","headers":[]},"response":{"status":200}}]}}
            """;

        var requests = HarFile.Read(Har, new Uri("http://localhost:5000"));

        Assert.Equal(["GET /orders?x=1", "POST /orders"], requests.Select(Line));
        Assert.Equal([2.0, 1.0], requests.Select(request => request.Weight));
        Assert.Equal(["2xx", "201"], requests.Select(request => request.ExpectedStatus.Text));
        Assert.Equal(["Accept"], requests[0].Headers.Keys);
        Assert.Equal(2, HarFile.Read(Har, new Uri("http://127.0.0.1:1")).Count); // the host that was called most
        Assert.Throws<FormatException>(() => HarFile.Read("{\"log\":{}}", new Uri("http://a")));
    }

    [Fact]
    public void An_OpenAPI_document_gives_the_operations_for_which_it_has_values()
    {
        var (requests, leftOut) = OpenApiDocument.Read("""
            {"openapi":"3.1.1","servers":[{"url":"http://localhost:5062/api/"}],"paths":{
              "/weatherforecast":{"get":{"operationId":"GetWeatherForecast","responses":{"200":{}}}},
              "/orders/{id}":{"parameters":[{"name":"id","in":"path","required":true,"schema":{"type":"integer"}}],
                "get":{"parameters":[{"name":"full","in":"query","example":true},{"name":"page","in":"query","schema":{"type":"integer"}}]},
                "delete":{"responses":{"204":{}}}},
              "/users/{name}":{"get":{"parameters":[{"name":"name","in":"path","schema":{"type":"string"}}]}},
              "/orders":{"post":{"requestBody":{"required":true,"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Order"}}}},"responses":{"201":{}}}},
              "/notes":{"post":{"requestBody":{"required":true,"content":{"application/json":{"schema":{"type":"object","required":["text"],"properties":{"text":{"type":"string"}}}}}}}}},
             "components":{"schemas":{"Order":{"type":"object","required":["sku"],"properties":{"sku":{"type":["null","string"],"example":"SKU-1"},"count":{"type":"integer","minimum":2},"memo":{"type":"string"}}}}}}
            """);

        Assert.Equal(["GET /api/weatherforecast", "GET /api/orders/1?full=true", "DELETE /api/orders/1", "POST /api/orders"], requests.Select(Line));
        Assert.Equal(["GET /users/{name}", "POST /notes"], leftOut);
        Assert.Equal("{\"sku\":\"SKU-1\",\"count\":2}", requests[3].Body);
        Assert.Equal(["200", "2xx", "204", "201"], requests.Select(request => request.ExpectedStatus.Text));
        Assert.Equal("GetWeatherForecast", requests[0].Name);
        Assert.Throws<FormatException>(() => OpenApiDocument.Read("{\"swagger\":\"2.0\"}"));
    }

    [Fact]
    public void A_schema_that_contains_itself_ends()
    {
        var error = Assert.Throws<FormatException>(() => OpenApiDocument.Read("""
            {"openapi":"3.0.0","paths":{"/t":{"post":{"requestBody":{"required":true,"content":{"application/json":{"schema":{"$ref":"#/components/schemas/T"}}}}}}},
             "components":{"schemas":{"T":{"type":"object","required":["t"],"properties":{"t":{"$ref":"#/components/schemas/T"}}}}}}
            """));

        Assert.Contains("POST /t", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("node app.js", "node|app.js")]
    [InlineData("a  'b c' \"d \\\"e\\\"\" f\\ g h'i'j", "a|b c|d \"e\"|f g|hij")]
    [InlineData("a '' \"\"", "a||")]
    [InlineData("a $'x\\ny'", "a|x\ny")]
    [InlineData("a ${TOKEN}", "a|${TOKEN}")]
    public void Words_are_split_as_a_shell_does(string text, string words) => Assert.Equal(words.Split('|'), ShellWords.Split(text));

    [Theory]
    [InlineData("a | b")]
    [InlineData("a && b")]
    [InlineData("a > b")]
    [InlineData("a `b`")]
    public void What_takes_a_shell_is_refused(string text) => Assert.Contains("bash -c", Assert.Throws<FormatException>(() => ShellWords.Split(text)).Message, StringComparison.Ordinal);

    private static string Line(RequestDefinition request) => $"{request.Method} {request.Path}";
}
