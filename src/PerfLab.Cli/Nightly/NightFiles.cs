using PerfLab.Cli.Options;
using PerfLab.Experiments.History;
using PerfLab.Experiments.Results;
using PerfLab.Reporting.Gates;

namespace PerfLab.Cli.Nightly;

/// <summary>The files of a night for build servers.</summary>
/// <param name="JUnit">Test cases; null for none.</param>
/// <param name="Summary">Markdown is appended to it; null for none.</param>
internal sealed record NightFiles(string? JUnit, string? Summary)
{
    /// <summary>Finds what would fail only at the end.</summary>
    public void Check(UsageFaults faults)
    {
        foreach (var file in new[] { JUnit, Summary }.OfType<string>())
        {
            OutputFile.Check(file, "nightly", faults);
        }

        OutputFile.CheckDistinct(faults, ("--junit", JUnit), ("--summary", Summary));
    }

    /// <summary>Writes them.</summary>
    public void Write(GateNight night)
    {
        if (JUnit is not null)
        {
            NamedOutput.Write(JUnit, GateJUnit.Of(night));
        }

        if (Summary is not null)
        {
            File.AppendAllText(Summary, GateReport.Markdown(night));
        }
    }
}

/// <summary>The folder of a night: <c>nightly/NIGHT/</c> in the folder of runs, with the logs of the builds, <c>gate.json</c> and <c>gate.md</c>.</summary>
/// <param name="Name">The night's name.</param>
/// <param name="Path">The folder.</param>
internal sealed record NightFolder(string Name, string Path)
{
    /// <summary>Creates it.</summary>
    /// <param name="results">The folder of runs.</param>
    /// <param name="policy">The name of the policy.</param>
    public static NightFolder Create(string results, string policy)
    {
        var folder = RunFolder.Create(System.IO.Path.Combine(results, "nightly"), policy, TimeProvider.System, Guid.NewGuid().ToString("N")[..4]);
        return new NightFolder(folder.RunId, folder.Path);
    }

    /// <summary>Writes what the gate says.</summary>
    /// <returns>The page for a reader.</returns>
    public string Write(GateNight night, HistoryEntry entry)
    {
        var page = System.IO.Path.Combine(Path, "gate.md");
        RunFolder.Write(System.IO.Path.Combine(Path, "gate.json"), entry);
        File.WriteAllText(page, GateReport.Markdown(night));
        return page;
    }
}
