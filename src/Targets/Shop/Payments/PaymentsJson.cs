using System.Text.Json;
using System.Text.Json.Serialization;

namespace Shop.Payments;

/// <summary>Generated JSON code for the messages of payments.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(PaymentRequest))]
[JsonSerializable(typeof(PaymentReceipt))]
internal sealed partial class PaymentsJson : JsonSerializerContext;
