using System.Globalization;
using System.Text.RegularExpressions;

namespace PerfLab.Experiments.Results;

/// <summary>How runs are called: <c>20260131T235959Z-SCENARIO-SHORTID</c>.</summary>
internal static partial class RunName
{
    /// <summary>Creates the folder of a new run.</summary>
    public static RunFolder CreateFolder(string resultsRoot, string scenario, DateTimeOffset now, string shortId)
    {
        Check(ScenarioPattern(), scenario, nameof(scenario), "lower-case letters, digits and dashes");
        Check(ShortIdPattern(), shortId, nameof(shortId), "4 to 12 lower-case letters and digits");
        var utc = now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var path = Path.GetFullPath(Path.Combine(resultsRoot, $"{utc}-{scenario}-{shortId}"));
        if (Path.Exists(path))
        {
            throw new IOException($"{path}: a run of this name exists already. Start again; the next run gets another name.");
        }

        Directory.CreateDirectory(path);
        return new RunFolder(path);
    }

    private static void Check(Regex pattern, string text, string parameter, string rule)
    {
        if (!pattern.IsMatch(text))
        {
            throw new ArgumentException($"\"{text}\" cannot be part of a run's name. Use {rule}.", parameter);
        }
    }

    [GeneratedRegex(@"^[a-z][a-z0-9-]*\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex ScenarioPattern();

    [GeneratedRegex(@"^[a-z0-9]{4,12}\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex ShortIdPattern();
}
