using System.Text.Json;
using System.Text.Json.Serialization;

namespace Shop.Inventory;

/// <summary>Generated JSON code for the inventory's messages.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(StockRequest))]
[JsonSerializable(typeof(StockReply))]
internal sealed partial class InventoryJson : JsonSerializerContext;
