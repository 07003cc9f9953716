using PerfLab.Experiments.Results;

namespace PerfLab.Analysis;

/// <summary>Finds an arm's records in launch sets.</summary>
internal static class ArmRecords
{
    /// <summary>Gets the arm's record of a launch set, or null when the launch set lacks the arm.</summary>
    internal static ArmRecord? Find(LaunchRecord launch, string arm) =>
        launch.Arms.FirstOrDefault(record => string.Equals(record.Arm, arm, StringComparison.Ordinal));

    /// <summary>Gets the arm's records in launch order.</summary>
    internal static IEnumerable<ArmRecord> Of(string arm, IEnumerable<LaunchRecord> launches) =>
        launches.Select(launch => Find(launch, arm)).OfType<ArmRecord>();
}
