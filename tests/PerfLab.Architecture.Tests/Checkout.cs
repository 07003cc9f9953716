namespace PerfLab.Architecture.Tests;

/// <summary>The checkout that these tests were built in.</summary>
public static class Checkout
{
    private static readonly string[] FoldersOfOthers = [".git", ".vs", ".idea", "bin", "obj", "artifacts", "node_modules", "TestResults", "StrykerOutput"];

    public static string Root { get; } = FindRoot();

    /// <summary>Paths relative to the root, with slashes, of everything that is or could be tracked.</summary>
    public static IReadOnlyList<string> Files { get; } =
        [.. Enumerate(new DirectoryInfo(Root)).Where(path => path != ".git" && !path.StartsWith("results/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    public static string FullPath(string path) => Path.Combine(Root, path);

    public static string Read(string path) => File.ReadAllText(FullPath(path));

    private static IEnumerable<string> Enumerate(DirectoryInfo folder) =>
        folder.EnumerateFiles().Select(file => Path.GetRelativePath(Root, file.FullName).Replace('\\', '/'))
            .Concat(folder.EnumerateDirectories().Where(inner => !FoldersOfOthers.Contains(inner.Name)).SelectMany(Enumerate));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "PerfLab.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"PerfLab.sln is in no folder above {AppContext.BaseDirectory}. Build and run the tests inside the checkout.");
    }
}
