using System.Globalization;

namespace PerfLab.Cli.Verbs.Mutating;

/// <summary>Shows which changes of the code no test noticed.</summary>
internal static class MutationDisplay
{
    // A replacement is named to be recognised, not to be read in full.
    private const int MostCharacters = 90;

    /// <summary>Prints a report.</summary>
    /// <param name="report">The report.</param>
    /// <param name="least">The least score, as a ratio.</param>
    public static void Show(MutationReport report, double least)
    {
        Console.WriteLine();
        Console.WriteLine(report.Score is { } score
            ? string.Create(CultureInfo.InvariantCulture, $"{report.Project}: {report.Found} of {report.Found + report.Missed.Count} mutants found, {score * 100:0.0} % ({(score >= least ? "ok" : "NOT")}, at least {least * 100:0} %)")
            : $"{report.Project}: no mutants. Look into its {MutationProject.ConfigurationFile}.");
        foreach (var mutant in report.Missed)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {mutant.File}({mutant.Line}): {(mutant.Fate == "NoCoverage" ? "no test comes here" : "survived")}: {Short(mutant.Replacement)}"));
        }
    }

    private static string Short(string text) => text.Length <= MostCharacters ? text : text[..MostCharacters] + "...";
}
