namespace PerfLab.Experiments.Results;

/// <summary>Something doubtful about data that travels with them to the report.</summary>
/// <param name="Severity">How much it matters.</param>
/// <param name="Code">Stable key in kebab case, for example <c>rate-missed</c>.</param>
/// <param name="Subject">What it is about: an arm, <c>launch 3</c>, <c>generator</c>, <c>machine</c> or <c>run</c>.</param>
/// <param name="Facts">What was seen, in words: of a load test, and of a run of an earlier version; else null.</param>
/// <param name="Advice">What to do about it, in words; null where <paramref name="Facts"/> is.</param>
public sealed record Finding(FindingSeverity Severity, string Code, string Subject, string? Facts = null, string? Advice = null)
{
    /// <summary>Gets what was seen; null where it is there in words only.</summary>
    public FindingDetails? Details { get; init; }
}

/// <summary>How much a finding matters.</summary>
public enum FindingSeverity
{
    /// <summary>Not stated.</summary>
    Unknown = 0,

    /// <summary>Good to know.</summary>
    Note = 1,

    /// <summary>Read the numbers with care.</summary>
    Warning = 2,

    /// <summary>The launch set or run that it is about does not count.</summary>
    Invalid = 3,
}
