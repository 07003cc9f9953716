using System.Text;
using PerfLab.Collector.Wire;

namespace PerfLab.Collector.Schema;

/// <summary>One field of a message.</summary>
internal sealed class FieldShape
{
    /// <summary>Initialises a new instance of the <see cref="FieldShape"/> class.</summary>
    public FieldShape(int number, string jsonName, FieldKind kind, MessageShape? message = null)
    {
        Number = number;
        JsonName = jsonName;
        JsonNameUtf8 = Encoding.UTF8.GetBytes(jsonName);
        Kind = kind;
        Message = message;
        WireType = kind switch
        {
            FieldKind.Fixed32 => WireType.Fixed32,
            FieldKind.Fixed64 or FieldKind.Float64 => WireType.Fixed64,
            FieldKind.Text or FieldKind.Binary or FieldKind.Identifier or FieldKind.Message => WireType.LengthDelimited,
            _ => WireType.Varint,
        };
    }

    /// <summary>Gets the number on the wire, 1 or more.</summary>
    public int Number { get; }

    /// <summary>Gets the name in JSON, in lowerCamelCase.</summary>
    public string JsonName { get; }

    /// <summary>Gets the name in JSON as bytes.</summary>
    public byte[] JsonNameUtf8 { get; }

    /// <summary>Gets what the field holds.</summary>
    public FieldKind Kind { get; }

    /// <summary>Gets the layout that the field has on the wire. Another layout makes it an unknown field.</summary>
    public WireType WireType { get; }

    /// <summary>Gets the message inside, for <see cref="FieldKind.Message"/>.</summary>
    public MessageShape? Message { get; }

    /// <summary>Gets a value indicating whether the field may occur more than once; JSON then has an array.</summary>
    public bool Repeated { get; init; }
}
