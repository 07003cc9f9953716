using System.Text.Json;

namespace PerfLab.Collector.Schema;

/// <summary>The fields of a message.</summary>
internal sealed class MessageShape
{
    private FieldShape?[] byNumber = [];

    /// <summary>Initialises a new instance of the <see cref="MessageShape"/> class.</summary>
    public MessageShape(params ReadOnlySpan<FieldShape> fields) => Define(fields);

    /// <summary>Sets the fields, for messages that contain each other.</summary>
    public void Define(params ReadOnlySpan<FieldShape> fields)
    {
        var highest = 0;
        foreach (var field in fields)
        {
            highest = Math.Max(highest, field.Number);
        }

        byNumber = new FieldShape?[highest + 1];
        foreach (var field in fields)
        {
            byNumber[field.Number] = field;
        }
    }

    /// <summary>Returns the field of the name that the reader stands on, or null where the message has none.</summary>
    public FieldShape? Find(ref Utf8JsonReader reader)
    {
        // Exporters never escape names, and comparing bytes is much faster than unescaping them.
        var plain = !reader.ValueIsEscaped;
        foreach (var field in byNumber)
        {
            if (field is not null && (plain ? reader.ValueSpan.SequenceEqual(field.JsonNameUtf8) : reader.ValueTextEquals(field.JsonNameUtf8)))
            {
                return field;
            }
        }

        return null;
    }

    /// <summary>Returns the field of that number, or null where the message has none.</summary>
    public FieldShape? Find(int number) => (uint)number < (uint)byNumber.Length ? byNumber[number] : null;
}
