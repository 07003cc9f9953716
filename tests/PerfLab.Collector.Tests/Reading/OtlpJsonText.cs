using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Protobuf;

namespace PerfLab.Collector.Tests.Reading;

/// <summary>Writes OTLP/JSON with Google's formatter and OTLP's deviations: ids in hexadecimal, enumerations as numbers.</summary>
internal static class OtlpJsonText
{
    private const int Deep = 1000;

    private static readonly JsonFormatter Google = new(JsonFormatter.Settings.Default.WithFormatEnumsAsIntegers(true));

    public static byte[] Of(IMessage message)
    {
        var root = JsonNode.Parse(Google.Format(message), nodeOptions: null, new JsonDocumentOptions { MaxDepth = Deep })!;
        Deviate(root);
        return Encoding.UTF8.GetBytes(root.ToJsonString(new JsonSerializerOptions { MaxDepth = Deep }));
    }

    private static void Deviate(JsonNode? node)
    {
        if (node is JsonArray array)
        {
            foreach (var item in array)
            {
                Deviate(item);
            }
        }
        else if (node is JsonObject members)
        {
            foreach (var (name, value) in members.ToList())
            {
                if (name is "traceId" or "spanId" or "parentSpanId")
                {
                    members[name] = Convert.ToHexString(Convert.FromBase64String(value!.GetValue<string>()));
                }
                else
                {
                    Deviate(value);
                }
            }
        }
    }
}
