using System.Globalization;
using System.Text;
using PerfLab.Collector.Wire;

namespace PerfLab.Collector.Traces;

/// <summary>Reads the texts and whole numbers in a value, those inside of lists and maps too.</summary>
internal static class ValueTexts
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
