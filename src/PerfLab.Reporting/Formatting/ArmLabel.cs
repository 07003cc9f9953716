using PerfLab.Experiments.Plans;

namespace PerfLab.Reporting.Formatting;

/// <summary>The word that marks an arm which is not a variant.</summary>
internal static class ArmLabel
{
    /// <summary>Gets <c>baseline</c>, <c>control</c>, or null for a variant.</summary>
    public static string? For(ArmRole role) => role switch
    {
        ArmRole.Baseline => "baseline",
        ArmRole.Control => "control",
        _ => null,
    };
}
