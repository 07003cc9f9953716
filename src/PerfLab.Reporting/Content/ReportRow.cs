using PerfLab.Experiments.Plans;

namespace PerfLab.Reporting.Content;

/// <summary>An arm as a row of a table.</summary>
/// <param name="Arm">The arm's name.</param>
/// <param name="Role">What the arm is for.</param>
/// <param name="Cells">One for each column.</param>
internal sealed record ReportRow(string Arm, ArmRole Role, IReadOnlyList<ReportCell> Cells);
