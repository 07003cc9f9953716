using PerfLab.Collector.Wire;

namespace PerfLab.Collector.Traces;

/// <summary>One attribute where it lies in the payload.</summary>
internal readonly ref struct AttributeView
{
    private const int KeyField = 1;
    private const int ValueField = 2;
    private const int StringValueField = 1;

    /// <summary>Initialises a new instance of the <see cref="AttributeView"/> struct.</summary>
    /// <param name="keyValue">A KeyValue message that was checked.</param>
    public AttributeView(ReadOnlySpan<byte> keyValue)
    {
        var reader = new ProtoReader(keyValue);
        while (!reader.AtEnd && reader.TryReadTag(out var number, out var type))
        {
            if (type != WireType.LengthDelimited)
            {
                reader.TrySkip(number, type, int.MaxValue);
            }
            else if (reader.TryReadBytes(out var value, out _))
            {
                Key = number == KeyField ? value : Key;
                Value = number == ValueField ? value : Value;
            }
        }
    }

    /// <summary>Gets the name, in UTF-8.</summary>
    public ReadOnlySpan<byte> Key { get; }

    /// <summary>Gets the AnyValue message; empty where the attribute has no value.</summary>
    public ReadOnlySpan<byte> Value { get; }

    /// <summary>Returns the text, in UTF-8, if the value is text.</summary>
    public bool TryGetText(out ReadOnlySpan<byte> text)
    {
        text = default;
        var found = false;
        foreach (var value in new NestedMessages(Value, StringValueField))
        {
            text = value;
            found = true;
        }

        return found;
    }
}
