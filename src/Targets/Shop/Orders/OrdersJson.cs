using System.Text.Json;
using System.Text.Json.Serialization;

namespace Shop.Orders;

/// <summary>Generated JSON code for what customers send and get.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(OrderRequest))]
[JsonSerializable(typeof(OrderConfirmation))]
internal sealed partial class OrdersJson : JsonSerializerContext;
