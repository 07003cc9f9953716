namespace PerfLab.Experiments.Tests;

/// <summary>Where the checkout is, so that tests read the files that are shipped.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string Scenarios { get; } = Path.Combine(Root, "scenarios");

    public static string Tests { get; } = Path.Combine(Root, "tests", "PerfLab.Experiments.Tests");

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "PerfLab.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds PerfLab.sln. Run the tests from a build inside the checkout.");
    }
}
