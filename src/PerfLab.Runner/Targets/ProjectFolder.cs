using PerfLab.Experiments.Scenarios;

namespace PerfLab.Runner.Targets;

/// <summary>The root of the project to which a program file belongs: where its author starts it, and where it reads .env, config/ and public/.</summary>
internal static class ProjectFolder
{
    private const string NodePackage = "package.json";
    private const string NodeModules = "node_modules";
    private const string VirtualEnvironment = "pyvenv.cfg";

    // The folder that a package manager installs programs into lies in the project.
    private static readonly string[] s_environments = [".venv", "venv", "env", ".env", "virtualenv", ".virtualenv"];

    private static readonly string[] s_binFolders = ["bin", ".bin", "Scripts"];

    private static readonly string[] s_dotNetEndings = [".dll", ".exe", ".csproj", ".fsproj", ".vbproj"];

    // A single file has no .dll beside it.
    private static readonly string[] s_besideDotNet = [".dll", ".runtimeconfig.json", ".pdb"];

    private static readonly string[] s_nodeEndings = [".js", ".mjs", ".cjs", ".ts", ".mts", ".cts"];

    private static readonly string[] s_roots =
    [
        NodePackage, "pyproject.toml", "requirements.txt", "Pipfile", "setup.py", "manage.py", "Gemfile", "composer.json",
        "pom.xml", "build.gradle", "build.gradle.kts", "go.mod", "Cargo.toml",
    ];

    /// <summary>Tells whether a file is a .NET program or project.</summary>
    /// <param name="file">Its full path.</param>
    public static bool IsOfDotNet(string file) =>
        s_dotNetEndings.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase)
        || s_besideDotNet.Any(ending => File.Exists(file + ending))
        || (!WorkingFolder.ProgramEndings.Contains(Path.GetExtension(file)) && File.Exists(Path.Combine(Path.GetDirectoryName(file)!, "appsettings.json")));

    /// <summary>Gets the root of the project.</summary>
    /// <param name="file">The full path of a program file of another runtime.</param>
    /// <param name="baseFolder">The folder from which its command is read.</param>
    /// <param name="isProgram">Whether it is the program of the command, which may be an interpreter or another tool.</param>
    public static string Of(string file, string baseFolder, bool isProgram)
    {
        var folder = Path.GetDirectoryName(file)!;
        if (HomeOfTool(folder) is { } home)
        {
            return IsIn(baseFolder, home) ? RootOf(baseFolder, s_roots) is { } inner && IsIn(inner, home) ? inner : home : home;
        }

        if (isProgram && IsTool(file))
        {
            return baseFolder;
        }

        if (s_nodeEndings.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase) && RootOf(folder, [NodePackage]) is { } package)
        {
            return package;
        }

        return IsIn(folder, baseFolder) ? baseFolder : RootOf(folder, s_roots) ?? folder;
    }

    // node_modules/.bin/next and .venv/bin/uvicorn belong to the folder that holds node_modules or .venv.
    private static string? HomeOfTool(string folder)
    {
        if (Ancestors(folder).LastOrDefault(ancestor => Path.GetFileName(ancestor) == NodeModules) is { } modules)
        {
            return Path.GetDirectoryName(modules);
        }

        var environment = Path.GetDirectoryName(folder);
        return environment is not null && s_binFolders.Contains(Path.GetFileName(folder), StringComparer.Ordinal)
            && s_environments.Contains(Path.GetFileName(environment), StringComparer.Ordinal)
                ? Path.GetDirectoryName(environment)
                : null;
    }

    // An interpreter, a server or a launcher that is given by its path runs what the other words say.
    private static bool IsTool(string file) =>
        CommandProgram.IsTool(Path.GetFileName(file))
        || File.Exists(Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(file)) ?? string.Empty, VirtualEnvironment))
        || (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator).Contains(Path.GetDirectoryName(file), StringComparer.Ordinal);

    // Not that of a home folder, in which such files are left behind; a package.json without a name says how files are read, as in dist/.
    private static string? RootOf(string folder, string[] marks) => Ancestors(folder)
        .TakeWhile(ancestor => Path.GetDirectoryName(ancestor) is not null && ancestor != Environment.GetFolderPath(Environment.SpecialFolder.UserProfile))
        .FirstOrDefault(ancestor => marks.Any(mark => File.Exists(Path.Combine(ancestor, mark)) && (mark != NodePackage || IsPackage(Path.Combine(ancestor, mark)))));

    private static bool IsPackage(string file)
    {
        var text = File.ReadAllText(file);
        return text.Contains("\"name\"", StringComparison.Ordinal) || text.Contains("\"scripts\"", StringComparison.Ordinal) || text.Contains("\"dependencies\"", StringComparison.Ordinal);
    }

    private static IEnumerable<string> Ancestors(string folder)
    {
        for (var current = folder; !string.IsNullOrEmpty(current); current = Path.GetDirectoryName(current))
        {
            yield return current;
        }
    }

    private static bool IsIn(string folder, string outer) => Path.GetRelativePath(outer, folder) is var relative
        && relative != ".." && !relative.StartsWith($"..{Path.DirectorySeparatorChar}", StringComparison.Ordinal) && !Path.IsPathRooted(relative);
}
