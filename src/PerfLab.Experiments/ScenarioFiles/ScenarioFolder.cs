namespace PerfLab.Experiments.ScenarioFiles;

/// <summary>A folder with scenario files, and how a person may call one of them.</summary>
/// <param name="Path">Path of the folder.</param>
public sealed record ScenarioFolder(string Path)
{
    private const string Ending = ".yaml";

    /// <summary>The paths of all scenario files, by name.</summary>
    public IReadOnlyList<string> Files() => Directory.Exists(Path)
        ? [.. Directory.EnumerateFiles(Path, "*" + Ending).Order(StringComparer.Ordinal)]
        : [];

    /// <summary>The path of a scenario file.</summary>
    /// <param name="nameOrPath">A name of this folder, for example <c>smoke</c> or <c>smoke.yaml</c>, or a path to a file anywhere.</param>
    /// <exception cref="ScenarioException">There is no such file; the message names those that there are.</exception>
    public string Find(string nameOrPath)
    {
        if (File.Exists(nameOrPath))
        {
            return nameOrPath;
        }

        var files = Files();
        var wanted = System.IO.Path.GetFileNameWithoutExtension(nameOrPath);
        return files.FirstOrDefault(file => NameOf(file) == nameOrPath || System.IO.Path.GetFileName(file) == nameOrPath) ?? throw new ScenarioException(
            [new ScenarioFault(nameOrPath, 1, 1, "file", "there is no such scenario.", Advise(wanted, [.. files.Select(NameOf)]))]);
    }

    private string Advise(string wanted, IReadOnlyList<string> names) => names.Count == 0
        ? $"{Path} has no scenario files; give the path of one."
        : $"{NearestName.Advise(wanted, names)} A path to a file will do as well.";

    private static string NameOf(string file) => System.IO.Path.GetFileNameWithoutExtension(file);
}
