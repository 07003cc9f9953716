using PerfLab.Analysis;
using PerfLab.Experiments.Plans;

namespace PerfLab.Reporting.Charts;

/// <summary>One arm in a forest plot.</summary>
/// <param name="Arm">The arm's name.</param>
/// <param name="Role">What the arm is for.</param>
/// <param name="Change">The relative change with its interval; null where there is none.</param>
/// <param name="Verdict">The verdict.</param>
/// <param name="LaunchSets">The relative change of each launch set that measured both the arm and the baseline.</param>
internal sealed record ForestRow(string Arm, ArmRole Role, Interval? Change, Verdict Verdict, IReadOnlyList<double> LaunchSets);
