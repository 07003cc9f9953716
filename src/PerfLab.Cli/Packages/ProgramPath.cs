namespace PerfLab.Cli.Packages;

/// <summary>The folders in which the system looks for programs.</summary>
internal static class ProgramPath
{
    /// <summary>Finds out whether a command is there.</summary>
    public static bool Has(string command) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => new[] { Path.Combine(folder, command), Path.Combine(folder, command + ".exe") })
            .Any(File.Exists);
}
