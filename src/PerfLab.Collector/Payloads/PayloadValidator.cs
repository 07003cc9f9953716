using System.Text.Unicode;

namespace PerfLab.Collector.Payloads;

/// <summary>
/// Decides whether a payload is a well-formed message, down to its last attribute, before anything of it is counted:
/// a request is taken or refused as a whole.
/// </summary>
internal static class PayloadValidator
{
    /// <summary>Checks a payload.</summary>
    /// <param name="payload">The message's bytes.</param>
    /// <param name="shape">What the message should be. Fields it does not know are passed over.</param>
    /// <param name="maxNesting">How many levels of messages and groups may lie inside the outermost.</param>
    /// <param name="fault">What is wrong, or <see cref="WireError.None"/>.</param>
    /// <param name="position">Where, in bytes from the start of the payload.</param>
    /// <returns>True if nothing is wrong.</returns>
    public static bool Passes(
        ReadOnlySpan<byte> payload, MessageSchema shape, int maxNesting, out WireError fault, out int position)
    {
        fault = WireError.None;
        position = 0;
        return Passes(payload, 0, shape, maxNesting, ref fault, ref position);
    }

    private static bool Passes(
        ReadOnlySpan<byte> message, int origin, MessageSchema shape, int levelsLeft, ref WireError fault, ref int position)
    {
        var reader = new ProtoReader(message, origin);
        while (!reader.AtEnd)
        {
            if (!reader.TryReadTag(out var number, out var type))
            {
                return Fail(reader.Error, reader.Position, ref fault, ref position);
            }

            var field = shape.Find(number);
            if (field is null || field.WireType != type || type != WireType.LengthDelimited)
            {
                if (!reader.TrySkip(number, type, levelsLeft))
                {
                    return Fail(reader.Error, reader.Position, ref fault, ref position);
                }

                continue;
            }

            if (!reader.TryReadBytes(out var value, out var valueOrigin))
            {
                return Fail(reader.Error, reader.Position, ref fault, ref position);
            }

            if (field.Kind == FieldKind.Text && !Utf8.IsValid(value))
            {
                return Fail(WireError.NotUtf8, valueOrigin, ref fault, ref position);
            }

            if (field.Message is { } inner)
            {
                if (levelsLeft <= 0)
                {
                    return Fail(WireError.TooDeep, valueOrigin, ref fault, ref position);
                }

                if (!Passes(value, valueOrigin, inner, levelsLeft - 1, ref fault, ref position))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static bool Fail(WireError found, int at, ref WireError fault, ref int position)
    {
        fault = found;
        position = at;
        return false;
    }
}
