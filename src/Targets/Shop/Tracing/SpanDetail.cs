namespace Shop.Tracing;

/// <summary>What the shop's own spans say.</summary>
internal sealed record SpanDetail
{
    /// <summary>The length of the text of a made-up fact unless the environment gives one, in characters.</summary>
    public const int DefaultFactLength = 16;

    /// <summary>Gets how many facts each of the shop's own spans tells, 0 to 1000; null tells the business facts and no more.</summary>
    public required int? FactCount { get; init; }

    /// <summary>Gets the length of the text of made-up facts, in characters.</summary>
    public required int FactLength { get; init; }

    /// <summary>Gets a value indicating whether each fact is an event of its own instead of an attribute.</summary>
    public required bool FactsAreEvents { get; init; }

    /// <summary>Gets a value indicating whether an exception is recorded as an event, with its stack; the status is set in any case.</summary>
    public required bool RecordsExceptions { get; init; }

    /// <summary>Gets a value indicating whether the order's span tells who the customer is, as careless code does.</summary>
    public required bool RecordsPersonalFacts { get; init; }
}
