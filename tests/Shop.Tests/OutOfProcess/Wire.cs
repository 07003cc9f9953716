namespace Shop.Tests.OutOfProcess;

/// <summary>Splits a Protocol Buffers message into its fields (encoding: protobuf.dev, "Message Structure").</summary>
internal static class Wire
{
    public static IEnumerable<Field> Fields(ReadOnlyMemory<byte> message)
    {
        var position = 0;
        while (position < message.Length)
        {
            var key = Varint(message, ref position);
            var number = (int)(key >> 3);
            var length = (key & 7) switch
            {
                0 => SkippedVarint(message, position),
                1 => 8,
                2 => (int)Varint(message, ref position),
                5 => 4,
                _ => throw new InvalidDataException($"Wire type {key & 7} at byte {position} is not one of Protocol Buffers 3."),
            };
            yield return new Field(number, message.Slice(position, length));
            position += length;
        }
    }

    private static ulong Varint(ReadOnlyMemory<byte> message, ref int position)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var part = message.Span[position++];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }
    }

    private static int SkippedVarint(ReadOnlyMemory<byte> message, int position)
    {
        var end = position;
        Varint(message, ref end);
        return end - position;
    }

    internal sealed record Field(int Number, ReadOnlyMemory<byte> Bytes);
}
