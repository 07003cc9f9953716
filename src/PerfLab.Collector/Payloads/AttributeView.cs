using System.Globalization;
using System.Text;

namespace PerfLab.Collector.Payloads;

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

/// <summary>The messages, or texts, that stand in one field of a checked message, in the order of the wire. Nothing is copied.</summary>
internal ref struct NestedMessages
{
    private readonly int wanted;
    private ProtoReader reader;

    /// <summary>Initialises a new instance of the <see cref="NestedMessages"/> struct.</summary>
    /// <param name="message">A message that passed <see cref="PayloadValidator"/>.</param>
    /// <param name="number">The field's number.</param>
    public NestedMessages(ReadOnlySpan<byte> message, int number)
    {
        reader = new ProtoReader(message);
        wanted = number;
        Current = default;
    }

    /// <summary>Gets the bytes of the field found last.</summary>
    public ReadOnlySpan<byte> Current { get; private set; }

    /// <summary>Goes to the next.</summary>
    public bool MoveNext()
    {
        while (!reader.AtEnd && reader.TryReadTag(out var number, out var type))
        {
            if (number == wanted && type == WireType.LengthDelimited)
            {
                var read = reader.TryReadBytes(out var value, out _);
                Current = value;
                return read;
            }

            // The check has bounded the nesting already.
            if (!reader.TrySkip(number, type, int.MaxValue))
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>Makes the type usable in foreach.</summary>
    public readonly NestedMessages GetEnumerator() => this;
}

/// <summary>Reads the texts and whole numbers in a value, those inside of lists and maps too.</summary>
internal static class AnyValueTextReader
{
    private const int StringField = 1;
    private const int IntegerField = 3;
    private const int ListField = 5;
    private const int MapField = 6;
    private const int ValuesField = 1;

    /// <summary>Hands out every text in an AnyValue message.</summary>
    /// <param name="value">A checked message, whose nesting is bounded.</param>
    /// <param name="found">Is given each text.</param>
    public static void Visit(ReadOnlySpan<byte> value, Action<string> found)
    {
        var reader = new ProtoReader(value);
        while (!reader.AtEnd && reader.TryReadTag(out var number, out var type))
        {
            if (type == WireType.LengthDelimited && reader.TryReadBytes(out var bytes, out _))
            {
                VisitBytes(number, bytes, found);
            }
            else if (type == WireType.Varint && reader.TryReadVarint(out var raw))
            {
                if (number == IntegerField)
                {
                    found(((long)raw).ToString(CultureInfo.InvariantCulture));
                }
            }
            else
            {
                reader.TrySkip(number, type, int.MaxValue);
            }
        }
    }

    private static void VisitBytes(int number, ReadOnlySpan<byte> bytes, Action<string> found)
    {
        switch (number)
        {
            case StringField:
                found(Encoding.UTF8.GetString(bytes));
                break;
            case ListField:
                foreach (var item in new NestedMessages(bytes, ValuesField))
                {
                    Visit(item, found);
                }

                break;
            case MapField:
                foreach (var keyValue in new NestedMessages(bytes, ValuesField))
                {
                    Visit(new AttributeView(keyValue).Value, found);
                }

                break;
            default:
                break;
        }
    }
}
