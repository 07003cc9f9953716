using System.Globalization;
using PerfLab.EndToEnd.Tests.Programs;

namespace PerfLab.EndToEnd.Tests.Scenarios;

/// <summary>The targets of one test among all processes: the scenario gives them a folder under the test's own.</summary>
internal static class TargetProcesses
{
    /// <summary>Gets those that run.</summary>
    public static IReadOnlyList<int> In(TemporaryFolder folder) =>
        [.. Directory.GetDirectories("/proc")
            .Select(process => int.TryParse(Path.GetFileName(process), CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0 && FolderOf(id)?.StartsWith(folder.FullPath, StringComparison.Ordinal) == true)];

    private static string? FolderOf(int id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/environ").Split('\0')
                .FirstOrDefault(variable => variable.StartsWith(ScriptedTarget.FolderVariable + "=", StringComparison.Ordinal))?[(ScriptedTarget.FolderVariable.Length + 1)..];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null; // It has just ended.
        }
    }
}
