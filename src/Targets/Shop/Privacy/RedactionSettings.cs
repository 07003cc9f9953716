using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Shop.Privacy;

/// <summary>What is taken out of spans before they leave the process. Mail addresses and card numbers always are.</summary>
internal sealed record RedactionSettings
{
    /// <summary>Gets a value indicating whether a keyed hash takes the place of what is found, so that equal values can still be told.</summary>
    public required bool Hashes { get; init; }

    /// <summary>Gets the attributes whose whole value is taken out, as full names, or beginnings that end with <c>*</c>.</summary>
    public required ImmutableArray<string> Keys { get; init; }

    /// <summary>Gets one more pattern of text to take out; null for none. It runs in linear time.</summary>
    public required Regex? Pattern { get; init; }

    /// <summary>
    /// Gets the key of the hash. Without one, anybody who has the span could try all card numbers; a random one of the
    /// process is used when the environment gives none.
    /// </summary>
    public required ImmutableArray<byte> Secret { get; init; }
}
