using System.Globalization;
using System.Text;
using PerfLab.Collector.Traces;
using PerfLab.Collector.Wire;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Collector.TailSampling;

/// <summary>Looks for an attribute of a span, by name or by name and value.</summary>
/// <param name="rule">What is looked for.</param>
internal sealed class AttributeRule(TailRule.HasAttribute rule)
{
    // Fields of AnyValue (opentelemetry/proto/common/v1/common.proto).
    private const int TextField = 1;
    private const int FlagField = 2;
    private const int WholeField = 3;
    private const int RealField = 4;

    private readonly byte[] name = Encoding.UTF8.GetBytes(rule.Name);
    private readonly byte[]? text = rule.Value is null ? null : Encoding.UTF8.GetBytes(rule.Value);
    private readonly ulong? flag = rule.Value switch { "true" => 1, "false" => 0, _ => null };
    private readonly long? whole = long.TryParse(rule.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
    private readonly double? real = double.TryParse(rule.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Says whether a span has it.</summary>
    public bool Fits(SpanView span)
    {
        foreach (var keyValue in span.Attributes)
        {
            var attribute = new AttributeView(keyValue);
            if (attribute.Key.SequenceEqual(name) && (text is null || FitsValue(attribute.Value)))
            {
                return true;
            }
        }

        return false;
    }

    private bool FitsValue(ReadOnlySpan<byte> value)
    {
        var reader = new ProtoReader(value);
        var fits = false;
        while (!reader.AtEnd && reader.TryReadTag(out var number, out var type))
        {
            // Of a oneof the last field on the wire counts.
            switch (number, type)
            {
                case (TextField, WireType.LengthDelimited):
                    reader.TryReadBytes(out var bytes, out _);
                    fits = bytes.SequenceEqual(text);
                    break;
                case (FlagField, WireType.Varint):
                    reader.TryReadVarint(out var bit);
                    fits = bit == flag;
                    break;
                case (WholeField, WireType.Varint):
                    reader.TryReadVarint(out var integer);
                    fits = (long)integer == whole;
                    break;
                case (RealField, WireType.Fixed64):
                    reader.TryReadFixed64(out var bits);
                    fits = BitConverter.UInt64BitsToDouble(bits).Equals(real);
                    break;
                default:
                    reader.TrySkip(number, type, int.MaxValue);
                    break;
            }
        }

        return fits;
    }
}
