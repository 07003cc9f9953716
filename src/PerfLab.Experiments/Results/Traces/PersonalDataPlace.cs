namespace PerfLab.Experiments.Results.Traces;

/// <summary>A place in which personal data was found, never the data.</summary>
/// <param name="Service">Whose span.</param>
/// <param name="Span">The span's name, with what looks personal in it replaced.</param>
/// <param name="Part">The part of the span: <c>attribute</c>, <c>event</c>, <c>event attribute</c>, <c>span name</c>, <c>status</c> or <c>resource</c>.</param>
/// <param name="Key">The attribute's key, or the event's name; empty where the part has none. What looks personal in it is replaced.</param>
/// <param name="Kind">What it looks like: <c>e-mail address</c>, <c>card number</c>, <c>bearer token</c> or the name of a configured pattern.</param>
/// <param name="Count">How many values there held it.</param>
public sealed record PersonalDataPlace(string Service, string Span, string Part, string Key, string Kind, long Count);
