namespace PerfLab.Runner.Validity;

/// <summary>The share of one processor's time that the hypervisor may take.</summary>
internal static class StealLimit
{
    /// <summary>Worth a word.</summary>
    public const double WarningShare = 0.01;

    /// <summary>Shows in every number.</summary>
    public const double InvalidShare = 0.05;
}
