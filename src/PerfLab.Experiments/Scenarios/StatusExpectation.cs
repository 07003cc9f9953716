using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PerfLab.Experiments.Scenarios;

/// <summary>The final statuses that count as an answer: single ones and classes, as in <c>200,201,3xx</c>. Equal if they allow the same.</summary>
[JsonConverter(typeof(StatusExpectationConverter))]
public sealed class StatusExpectation : IEquatable<StatusExpectation>
{
    /// <summary>What the text of a status or several looks like, for editors and parsers.</summary>
    public const string Pattern = "^([2-5][0-9][0-9]|[2-5]xx)( *, *([2-5][0-9][0-9]|[2-5]xx))*$";

    private const int First = 200;
    private const int Last = 599;

    private readonly bool[] _allowed;

    private StatusExpectation(string text, bool[] allowed)
    {
        Text = text;
        _allowed = allowed;
        Lowest = First + Array.IndexOf(allowed, true);
    }

    /// <summary>Gets the statuses as they were written.</summary>
    public string Text { get; }

    /// <summary>Gets the lowest status that is allowed.</summary>
    public int Lowest { get; }

    /// <summary>Makes the expectation of one status.</summary>
    /// <param name="status">200 to 599.</param>
    public static implicit operator StatusExpectation(int status) => FromInt32(status);

    /// <summary>Makes the expectation of one status.</summary>
    /// <param name="status">200 to 599.</param>
    /// <exception cref="ArgumentOutOfRangeException">The status is not final.</exception>
    public static StatusExpectation FromInt32(int status) => TryParse(status.ToString(CultureInfo.InvariantCulture), out var one)
        ? one
        : throw new ArgumentOutOfRangeException(nameof(status), status, $"expected status {status} is not final. Use 200 to 599.");

    /// <summary>Reads statuses and classes with commas between them.</summary>
    /// <param name="text">For example <c>2xx</c> or <c>200,404</c>.</param>
    /// <param name="expectation">What it means.</param>
    /// <returns>False when it is something else.</returns>
    public static bool TryParse(string text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out StatusExpectation? expectation)
    {
        expectation = null;
        var allowed = new bool[Last - First + 1];
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (part is not [>= '2' and <= '5', _, _])
            {
                return false;
            }

            var start = (part[0] - '2') * 100;
            if (part[1..].Equals("xx", StringComparison.OrdinalIgnoreCase))
            {
                Array.Fill(allowed, true, start, 100);
            }
            else if (int.TryParse(part.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var rest))
            {
                allowed[start + rest] = true;
            }
            else
            {
                return false;
            }
        }

        expectation = new StatusExpectation(text, allowed);
        return true;
    }

    /// <summary>Tells whether a status counts as an answer; false for every status that is not final.</summary>
    /// <param name="status">Any number.</param>
    public bool Allows(int status) => (uint)(status - First) < (uint)_allowed.Length && _allowed[status - First];

    /// <inheritdoc/>
    public bool Equals(StatusExpectation? other) => other is not null && _allowed.AsSpan().SequenceEqual(other._allowed);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as StatusExpectation);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Lowest, _allowed.AsSpan().Count(true));

    /// <inheritdoc/>
    public override string ToString() => Text;
}

/// <summary>Writes one status as a number, as all versions of the format have it, and several as a text.</summary>
internal sealed class StatusExpectationConverter : JsonConverter<StatusExpectation>
{
    /// <inheritdoc/>
    public override StatusExpectation Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.TokenType == JsonTokenType.Number ? reader.GetInt32().ToString(CultureInfo.InvariantCulture) : reader.GetString();
        return text is not null && StatusExpectation.TryParse(text, out var expectation)
            ? expectation
            : throw new JsonException($"'{text}' is not an expected status. Use 200 to 599, or a class such as 2xx.");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, StatusExpectation value, JsonSerializerOptions options)
    {
        if (int.TryParse(value.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var status))
        {
            writer.WriteNumberValue(status);
        }
        else
        {
            writer.WriteStringValue(value.Text);
        }
    }
}
