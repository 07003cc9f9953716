namespace PerfLab.Runner.Runs;

/// <summary>How a run ended.</summary>
public enum RunEnd
{
    /// <summary>Not stated.</summary>
    Unknown = 0,

    /// <summary>As many valid launch sets as planned.</summary>
    Completed = 1,

    /// <summary>The time allowed was over first.</summary>
    BudgetUsedUp = 2,

    /// <summary>One launch set after the other was voided.</summary>
    Voided = 3,
}
