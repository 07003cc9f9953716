using System.Text.Json;
using System.Text.Json.Serialization;

namespace Shop.Downstream;

/// <summary>Generated JSON code for what all services share on the wire.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Rejection))]
[JsonSerializable(typeof(Whereabouts))]
internal sealed partial class DownstreamJson : JsonSerializerContext;
