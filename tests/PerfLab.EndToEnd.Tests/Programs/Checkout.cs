namespace PerfLab.EndToEnd.Tests.Programs;

/// <summary>The checkout that these tests were built in.</summary>
public static class Checkout
{
    public static string Root { get; } = FindRoot();

    public static string Script { get; } = Path.Combine(Root, "run.sh");

    /// <summary>The built command-line program, which <c>run.sh</c> starts.</summary>
    public static string CommandLineProgram { get; } = Path.Combine(Root, "artifacts", "perflab", "perflab.dll");

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
