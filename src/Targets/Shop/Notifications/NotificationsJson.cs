using System.Text.Json;
using System.Text.Json.Serialization;

namespace Shop.Notifications;

/// <summary>Generated JSON code for the messages of notifications.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(OrderPlaced))]
[JsonSerializable(typeof(NotificationTimes.Summary))]
internal sealed partial class NotificationsJson : JsonSerializerContext;
