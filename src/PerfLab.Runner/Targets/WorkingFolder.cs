using PerfLab.Experiments.Scenarios;

namespace PerfLab.Runner.Targets;

/// <summary>Where a process runs, as its author would start it, and its command as it reads from there.</summary>
/// <param name="Path">The working folder.</param>
/// <param name="Command">The program and its arguments; the file that decided on the folder by its full path.</param>
internal sealed record WorkingFolder(string Path, IReadOnlyList<string> Command)
{
    // What an interpreter or a package manager is told to run.
    internal static readonly HashSet<string> ProgramEndings = new(StringComparer.OrdinalIgnoreCase)
    {
        ".dll", ".exe", ".csproj", ".fsproj", ".vbproj", ".js", ".mjs", ".cjs", ".ts", ".mts", ".cts",
        ".py", ".pyz", ".jar", ".war", ".rb", ".php", ".pl", ".lua", ".sh",
    };

    // The file behind one of these is loaded beside the program.
    private static readonly HashSet<string> s_optionsOfOtherFiles = new(StringComparer.Ordinal)
    {
        "-r", "--require", "--import", "--loader", "--experimental-loader", "--additional-deps", "--additionalprobingpath",
        "-c", "--config", "--env-file",
    };

    private static readonly char[] s_valueMarks = ['=', ':', ','];

    /// <summary>Gets a value indicating whether the folder is that of a .NET program, which reads its settings beside it.</summary>
    public bool IsBesideProgram { get; private init; }

    /// <summary>
    /// Decides: <c>target.directory</c>; else the folder of the .NET program or the project of another one that the command runs
    /// (<see cref="ProjectFolder"/>), unless another word of the command names a file as it reads from the folder of the scenario
    /// file; else that folder.
    /// </summary>
    /// <param name="process">The process.</param>
    /// <param name="baseFolder">The folder of the scenario file, to which relative paths belong.</param>
    /// <param name="values">What placeholders stand for.</param>
    /// <exception cref="TargetFailedException">The folder does not exist.</exception>
    public static WorkingFolder Of(TargetProcess process, string baseFolder, PlaceholderValues values)
    {
        string[] command = [.. process.Command.Select(word => Placeholders.Expand(word, values))];
        if (process.Directory is { } directory)
        {
            var folder = System.IO.Path.GetFullPath(Placeholders.Expand(directory, values), baseFolder);
            return Directory.Exists(folder)
                ? new WorkingFolder(folder, WithFullProgram(command, folder))
                : throw new TargetFailedException($"process {process.Name}: target.directory {folder} does not exist. Name an existing folder; a relative one belongs to the folder of the scenario file.");
        }

        if (FindFile(command, baseFolder) is var index and >= 0)
        {
            var file = System.IO.Path.GetFullPath(command[index], baseFolder);
            var isDotNet = ProjectFolder.IsOfDotNet(file);
            var folder = isDotNet ? System.IO.Path.GetDirectoryName(file)! : ProjectFolder.Of(file, baseFolder, isProgram: index == 0);
            if (!NamesOthers(command, index, baseFolder, folder))
            {
                command[index] = folder == baseFolder ? command[index] : file;
                return new WorkingFolder(folder, WithFullProgram(command, baseFolder)) { IsBesideProgram = isDotNet };
            }
        }

        return new WorkingFolder(baseFolder, WithFullProgram(command, baseFolder));
    }

    // Such as an agent, a file to load or a configuration: -javaagent:agents/a.jar, --require ./tracing.js, --config=config/app.yaml.
    private static bool NamesOthers(string[] command, int program, string baseFolder, string folder) => command.Where((_, index) => index > 0 && index != program)
        .SelectMany(word => word.Split(s_valueMarks).Append(word))
        .Any(word => word.AsSpan().IndexOfAny('.', '/') >= 0 && !System.IO.Path.IsPathRooted(word)
            && File.Exists(System.IO.Path.GetFullPath(word, baseFolder)) && !File.Exists(System.IO.Path.GetFullPath(word, folder)));

    private static int FindFile(string[] command, string baseFolder)
    {
        var argument = Array.FindIndex(command, Math.Min(1, command.Length), word => ProgramEndings.Contains(System.IO.Path.GetExtension(word)) && Exists(word));
        while (argument > 0 && s_optionsOfOtherFiles.Contains(command[argument - 1]))
        {
            argument = Array.FindIndex(command, argument + 1, word => ProgramEndings.Contains(System.IO.Path.GetExtension(word)) && Exists(word));
        }

        return argument >= 0 ? argument : IsPath(command[0]) && Exists(command[0]) ? 0 : -1;

        bool Exists(string word) => File.Exists(System.IO.Path.GetFullPath(word, baseFolder));
    }

    // A program without a path is looked for on the PATH.
    private static string[] WithFullProgram(string[] command, string folder) =>
        IsPath(command[0]) ? [System.IO.Path.GetFullPath(command[0], folder), .. command[1..]] : command;

    private static bool IsPath(string word) => word.Contains('/', StringComparison.Ordinal) || word.Contains(System.IO.Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
