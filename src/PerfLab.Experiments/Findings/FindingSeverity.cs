namespace PerfLab.Experiments.Findings;

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
