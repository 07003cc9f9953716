using PerfLab.Reporting.Formatting;

namespace PerfLab.Reporting.Content;

/// <summary>One arm and one metric as text; what is null is not shown.</summary>
internal sealed record ReportCell
{
    /// <summary>Gets the arm's own value in the column's unit; null where not measured.</summary>
    public required string? Value { get; init; }

    /// <summary>Gets the change against the baseline with its sign and unit.</summary>
    public required string? Change { get; init; }

    /// <summary>Gets the interval of the change, in the unit of <see cref="Change"/>.</summary>
    public required string? Range { get; init; }

    /// <summary>Gets the verdict.</summary>
    public required VerdictLabel? Verdict { get; init; }

    /// <summary>Gets what keeps a verdict from being decided, in a few words.</summary>
    public required string? Doubt { get; init; }

    /// <summary>Gets why there is no value or no verdict.</summary>
    public required string? Because { get; init; }
}
