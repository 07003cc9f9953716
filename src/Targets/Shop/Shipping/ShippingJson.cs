using System.Text.Json;
using System.Text.Json.Serialization;

namespace Shop.Shipping;

/// <summary>Generated JSON code for the messages of shipping.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ShippingRequest))]
[JsonSerializable(typeof(ShippingQuote))]
internal sealed partial class ShippingJson : JsonSerializerContext;
