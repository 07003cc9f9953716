namespace PerfLab.Runner.LaunchSets;

/// <summary>CPU time of this program: generator, collector and runner together.</summary>
internal static class LabCpu
{
    /// <summary>Gets user and system CPU time since the program started.</summary>
    public static double ReadSeconds() => Environment.CpuUsage.TotalTime.TotalSeconds;
}
