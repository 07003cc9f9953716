using PerfLab.Experiments;
using PerfLab.Experiments.Results;

namespace PerfLab.Runner.Validity;

/// <summary>Whether the arms print so much that its cost stands beside that of tracing, or one more than another.</summary>
internal static class LogChecks
{
    // An access log has one line a request; more is a log level meant for development.
    private const double MostLines = 1.05;

    // A tenth of a line is some microseconds in ten: less than what is measured of tracing, and more than a start-up line or two.
    private const double LineTolerance = 0.1;

    /// <summary>Checks the arms.</summary>
    public static IEnumerable<Finding> Run(IReadOnlyList<ArmRecord> arms)
    {
        var noted = arms.Where(arm => arm.Log?.LinesPerRequest is not null).ToList();
        if (noted.Count == 0)
        {
            yield break;
        }

        var least = noted.Min(arm => arm.Log!.LinesPerRequest!.Value);
        foreach (var arm in noted)
        {
            var (lines, bytes) = (arm.Log!.LinesPerRequest!.Value, arm.Log.BytesPerRequest!.Value);
            if (lines > MostLines)
            {
                yield return new Finding(FindingSeverity.Warning, "log-volume", arm.Arm) { Details = new ManyLogLines(lines, bytes) };
            }

            if (lines > least + LineTolerance)
            {
                yield return new Finding(FindingSeverity.Warning, "log-unequal", arm.Arm) { Details = new UnequalLogLines(lines, least) };
            }
        }
    }
}
