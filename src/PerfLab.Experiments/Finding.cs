namespace PerfLab.Experiments;

/// <summary>Something doubtful about data that travels with them to the report.</summary>
/// <param name="Severity">How much it matters.</param>
/// <param name="Code">Stable key in kebab case, for example <c>rate-missed</c>.</param>
/// <param name="Subject">What it is about: an arm, <c>launch 3</c>, or <c>run</c>.</param>
/// <param name="Facts">What was seen, with the numbers.</param>
/// <param name="Advice">What to do about it.</param>
public sealed record Finding(FindingSeverity Severity, string Code, string Subject, string Facts, string Advice);

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
