using PerfLab.Experiments.Scenarios;
using PerfLab.Runner.Targets;

namespace PerfLab.Runner.Inspections;

/// <summary>Where a service runs whose command somebody typed in a shell.</summary>
public static class ServiceFolder
{
    /// <summary>
    /// Gives a process its working folder: the one that it has; else the folder of the program file of a .NET service whose command
    /// names nothing else in the folder of the shell; else that folder.
    /// </summary>
    /// <param name="process">The process, as typed.</param>
    /// <param name="currentFolder">The folder of the shell.</param>
    /// <returns>The process with a full path as its folder, and the program file as it reads from there.</returns>
    /// <exception cref="TargetFailedException">Its folder does not exist.</exception>
    public static TargetProcess Place(TargetProcess process, string currentFolder)
    {
        ArgumentNullException.ThrowIfNull(process);
        var values = new PlaceholderValues
        {
            Process = process.Name,
            Ports = new Dictionary<string, int>(StringComparer.Ordinal) { [process.Name] = 0 },
            Root = currentFolder,
            Targets = currentFolder,
            Scratch = currentFolder,
        };
        var place = WorkingFolder.Of(process, currentFolder, values);
        if (process.Directory is not null)
        {
            return process with { Directory = place.Path };
        }

        int[] changed = [.. Enumerable.Range(0, process.Command.Count).Where(index => !string.Equals(place.Command[index], process.Command[index], StringComparison.Ordinal) && File.Exists(place.Command[index]))];
        var namesMore = process.Command.Where((word, index) => !changed.Contains(index) && IsIn(currentFolder, word)).Any();
        return namesMore || !place.IsBesideProgram || string.Equals(place.Path, currentFolder, StringComparison.Ordinal)
            ? process with { Directory = currentFolder }
            : process with { Directory = place.Path, Command = [.. process.Command.Select((word, index) => changed.Contains(index) ? From(place.Path, place.Command[index], index == 0) : word)] };
    }

    private static bool IsIn(string folder, string word) =>
        word.Length > 0 && word[0] != '-' && !Path.IsPathRooted(word) && word.Contains('.', StringComparison.Ordinal) && Path.Exists(Path.GetFullPath(word, folder));

    // A program without a slash would be looked for on the PATH.
    private static string From(string folder, string file, bool isProgram)
    {
        var relative = Path.GetRelativePath(folder, file);
        return isProgram && !relative.Contains('/', StringComparison.Ordinal) ? $"./{relative}" : relative;
    }
}
