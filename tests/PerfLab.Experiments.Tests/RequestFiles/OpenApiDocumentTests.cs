using PerfLab.Experiments.RequestFiles;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Experiments.Tests.RequestFiles;

/// <summary>OpenAPI documents, and the values that they give.</summary>
public sealed class OpenApiDocumentTests
{
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
        Assert.Equal(["GET /users/{name} (no value for its parameter name)", "POST /notes (no value for its body)"], leftOut);
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
    [InlineData("""{"url":"/api/{version}","variables":{"version":{"default":"v2"}}}""", "/api/v2/x")]
    [InlineData("""{"url":"https://{host}/{version}/","variables":{"host":{"default":"a"},"version":{"default":"v2"}}}""", "/v2/x")]
    [InlineData("""{"url":"./api"}""", "/api/x")]
    public void Variables_of_the_server_have_their_defaults(string server, string path) =>
        Assert.Equal(path, Assert.Single(Read($$$$$$"""{"/x":{"get":{}}},"servers":[{{{{{{server}}}}}}]""").Requests).Path);

    [Fact]
    public void A_variable_of_the_server_without_a_default_is_refused() =>
        Assert.Contains("without a default", Assert.Throws<FormatException>(() => Read("""{"/x":{"get":{}}},"servers":[{"url":"/{v}"}]""")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_parameter_of_an_operation_replaces_that_of_its_path()
    {
        var request = Assert.Single(Read("""{"/x/{id}":{"parameters":[{"name":"id","in":"path","example":1},{"name":"q","in":"query","example":"a"}],"get":{"parameters":[{"name":"q","in":"query","example":"b"},{"name":"id","in":"path","example":2}]}}}""").Requests);

        Assert.Equal("/x/2?q=b", request.Path);
    }

    [Theory]
    [InlineData("""{"name":"tags","in":"query","required":true,"schema":{"type":"array","items":{"type":"string","enum":["a"]}}}""", "?tags=a")]
    [InlineData("""{"name":"tags","in":"query","example":["a","b c"]}""", "?tags=a&tags=b%20c")]
    [InlineData("""{"name":"tags","in":"query","explode":false,"example":["a","b"]}""", "?tags=a%2Cb")]
    [InlineData("""{"name":"f","in":"query","style":"deepObject","example":{"a":1}}""", "?f%5Ba%5D=1")]
    [InlineData("""{"name":"f","in":"query","examples":{"one":{"$ref":"#/components/examples/E"}}}""", "?f=e")]
    public void Values_of_the_query_are_written_in_their_style(string parameter, string query) =>
        Assert.Equal("/x" + query, Assert.Single(Read($$$$$$"""{"/x":{"get":{"parameters":[{{{{{{parameter}}}}}}]}}},"components":{"examples":{"E":{"value":"e"}}}""").Requests).Path);

    [Theory]
    [InlineData("""{"allOf":[{"$ref":"#/components/schemas/A"},{"required":["b"],"properties":{"b":{"type":"integer"}}}]}""", """{"a":"x","b":1}""")]
    [InlineData("""{"allOf":[{"$ref":"#/components/schemas/A"},{"example":{"b":2}}],"required":["a","b"]}""", """{"a":"x","b":2}""")]
    [InlineData("""{"allOf":[{"type":"string","example":"e"}]}""", "\"e\"")]
    [InlineData("""{"oneOf":[{"type":"string"},{"$ref":"#/components/schemas/A"}]}""", """{"a":"x"}""")]
    [InlineData("""{"anyOf":[{"type":"null"},{"type":"integer"}]}""", "1")]
    [InlineData("""{"const":"c"}""", "\"c\"")]
    [InlineData("""{"type":"object","required":["id"],"properties":{"id":{"type":"string","readOnly":true},"n":{"type":"integer"}}}""", """{"n":1}""")]
    public void Bodies_are_made_of_composed_schemas(string schema, string body) => Assert.Equal(body, Assert.Single(Post(schema).Requests, request => request.Method == "POST").Body);

    [Theory]
    [InlineData("""{"type":"string"}""")]
    [InlineData("""{"allOf":[{"required":["b"]},{"properties":{"a":{"type":"integer"}}}]}""")]
    public void An_operation_without_a_value_for_its_body_is_left_out(string schema) => Assert.Equal(["POST /x (no value for its body)"], Post(schema).LeftOut);

    [Fact]
    public void All_successes_that_are_declared_are_expected() =>
        Assert.Equal("200,201", Assert.Single(Read("""{"/x":{"get":{"responses":{"200":{},"201":{},"404":{},"default":{}}}}}""").Requests).ExpectedStatus.Text);

    [Fact]
    public void Schemas_that_refer_to_each_other_in_many_ways_end()
    {
        var properties = string.Join(',', Enumerable.Range(0, 12).Select(type => $$"""
            "p{{type}}":{"$ref":"#/components/schemas/T{{type}}"}
            """));
        var schemas = string.Join(',', Enumerable.Range(0, 12).Select(type => $"\"T{type}\":{{\"type\":\"object\",\"properties\":{{{properties}}}}}"));

        Assert.Single(Read("""{"/x":{"post":{"requestBody":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/T0"}}}}}}},"components":{"schemas":{""" + schemas + "}}").Requests);
    }

    private static (IReadOnlyList<RequestDefinition> Requests, IReadOnlyList<string> LeftOut) Post(string schema) => Read(
        """{"/x":{"get":{},"post":{"requestBody":{"content":{"application/json":{"schema":""" + schema + """}}}}}},"components":{"schemas":{"A":{"properties":{"a":{"type":"string","default":"x"}}}}}""");

    private static (IReadOnlyList<RequestDefinition> Requests, IReadOnlyList<string> LeftOut) Read(string pathsAndMore) => OpenApiDocument.Read("""{"openapi":"3.1.0","paths":""" + pathsAndMore + "}");

    private static string Line(RequestDefinition request) => $"{request.Method} {request.Path}";
}
