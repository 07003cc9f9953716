using System.Text.Json;

namespace PerfLab.Load.Feeds;

/// <summary>Rows from a JSON array of flat objects that all have the same members.</summary>
internal static class JsonFeedParser
{
    private static readonly JsonDocumentOptions Options = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <exception cref="FormatException">The text is something else.</exception>
    public static (IReadOnlyList<string> Fields, string[][] Rows) Parse(string text, string source)
    {
        try
        {
            using var document = JsonDocument.Parse(text, Options);
            if (document.RootElement.ValueKind != JsonValueKind.Array || document.RootElement.GetArrayLength() == 0)
            {
                throw new FormatException($"{source}: not an array of objects. Write [{{\"field\": \"value\"}}, ...].");
            }

            JsonElement[] items = [.. document.RootElement.EnumerateArray()];
            string[] fields = items[0].ValueKind == JsonValueKind.Object ? [.. items[0].EnumerateObject().Select(member => member.Name)] : [];
            return (fields, [.. items.Select((item, index) => RowOf(item, fields, $"{source}[{index}]"))]);
        }
        catch (InvalidOperationException exception)
        {
            throw new FormatException($"{source}: a text holds half of a surrogate pair, which is no character. Correct the \\u escapes of the file.", exception);
        }
        catch (JsonException exception)
        {
            throw new FormatException($"{source}({exception.LineNumber + 1},{exception.BytePositionInLine + 1}): not JSON: {exception.Message} Correct the file.", exception);
        }
    }

    private static string[] RowOf(JsonElement item, string[] fields, string place)
    {
        if (item.ValueKind != JsonValueKind.Object || item.EnumerateObject().Count() != fields.Length)
        {
            throw new FormatException($"{place}: not an object with the {fields.Length} members of the first one. Give every row the same members.");
        }

        return
        [
            .. fields.Select(field => item.TryGetProperty(field, out var value)
                ? TextOf(value, $"{place}.{field}")
                : throw new FormatException($"{place}: member '{field}' is missing. Give every row the same members.")),
        ];
    }

    private static string TextOf(JsonElement value, string place) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        JsonValueKind.Null => string.Empty,
        _ => throw new FormatException($"{place}: an object or array cannot fill a placeholder. Use a text, a number or a boolean."),
    };
}
