namespace PerfLab.Runner.Machines;

/// <summary>Looks for small programs of the operating system.</summary>
internal static class SystemTool
{
    /// <summary>Gets the full path of a program on the PATH, or null.</summary>
    public static string? Find(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
}
