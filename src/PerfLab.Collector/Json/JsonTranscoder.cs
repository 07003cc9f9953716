using System.Text.Json;
using PerfLab.Collector.Bodies;
using PerfLab.Collector.Schema;
using PerfLab.Collector.Wire;

namespace PerfLab.Collector.Json;

/// <summary>
/// Turns OTLP/JSON into protobuf's wire format in one pass, so that everything behind it sees one form only
/// (OTLP specification, "JSON Protobuf Encoding": ids are hexadecimal, enumerations are numbers, unknown names are passed over).
/// </summary>
internal static class JsonTranscoder
{
    /// <summary>The shortest message, <c>{},</c>, becomes a tag and a padded length: 6 bytes of 3.</summary>
    public const int MaxGrowth = 2;

    /// <summary>Transcodes.</summary>
    /// <param name="json">A whole JSON text in UTF-8.</param>
    /// <param name="shape">The message that it should be.</param>
    /// <param name="maxNesting">How many levels of messages may lie inside the outermost.</param>
    /// <param name="output">Where the protobuf goes.</param>
    /// <returns>Null, or what is wrong.</returns>
    public static JsonFault? Transcode(ReadOnlySpan<byte> json, MessageShape shape, int maxNesting, PooledBody output)
    {
        // A message may add an object and an array around it.
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = (2 * maxNesting) + 2 });
        var writer = new ProtoWriter(output);
        try
        {
            reader.Read();
            Message(ref reader, ref writer, shape, maxNesting);
            reader.Read();
            return writer.Fault == BodyFault.None ? null : new JsonFault(null, reader.TokenStartIndex, writer.Fault);
        }
        catch (JsonException malformed)
        {
            return new JsonFault(malformed.Message, reader.TokenStartIndex, BodyFault.None);
        }
        catch (InvalidOperationException malformed)
        {
            // What the reader throws for an escape that is half of a surrogate pair, or bytes that are not UTF-8.
            return new JsonFault(malformed.Message, reader.TokenStartIndex, BodyFault.None);
        }
    }

    private static void Message(ref Utf8JsonReader reader, ref ProtoWriter writer, MessageShape shape, int levelsLeft)
    {
        Expect(reader.TokenType == JsonTokenType.StartObject, "an object is expected");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = shape.Find(ref reader);
            reader.Read();
            if (field is null)
            {
                reader.Skip();
            }
            else if (reader.TokenType != JsonTokenType.Null)
            {
                Field(ref reader, ref writer, field, levelsLeft);
            }
        }
    }

    private static void Field(ref Utf8JsonReader reader, ref ProtoWriter writer, FieldShape field, int levelsLeft)
    {
        if (!field.Repeated)
        {
            Value(ref reader, ref writer, field, levelsLeft);
            return;
        }

        Expect(reader.TokenType == JsonTokenType.StartArray, "an array is expected");
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            Value(ref reader, ref writer, field, levelsLeft);
        }
    }

    private static void Value(ref Utf8JsonReader reader, ref ProtoWriter writer, FieldShape field, int levelsLeft)
    {
        writer.Tag(field.Number, field.WireType);
        if (field.Message is not { } inner)
        {
            JsonScalar.Transcode(ref reader, ref writer, field.Kind);
            return;
        }

        Expect(levelsLeft > 0, "messages are nested too deeply");
        var start = writer.Open();
        Message(ref reader, ref writer, inner, levelsLeft - 1);
        writer.Close(start);
    }

    private static void Expect(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new JsonException(otherwise);
        }
    }
}
