using PerfLab.Collector.Wire;

namespace PerfLab.Collector.Traces;

/// <summary>The messages, or texts, that stand in one field of a checked message, in the order of the wire. Nothing is copied.</summary>
internal ref struct NestedMessages
{
    private readonly int wanted;
    private ProtoReader reader;

    /// <summary>Initialises a new instance of the <see cref="NestedMessages"/> struct.</summary>
    /// <param name="message">A message that passed <see cref="Schema.PayloadCheck"/>.</param>
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
