namespace PerfLab.EndToEnd.Tests.Programs;

/// <summary>PerfLab packed from what is built, and installed as a .NET tool by a feed that holds nothing else; removed after the tests.</summary>
public sealed class InstalledTool : IAsyncLifetime
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(5);

    // A comma in the value of a property of MSBuild begins another: no name such as that of TemporaryFolder.
    private readonly string _folder = Directory.CreateTempSubdirectory("tested-tool-").FullName;
    private readonly Dictionary<string, string?> _environment;

    public InstalledTool() => _environment = new Dictionary<string, string?>(Cli.Quickly)
    {
        ["DOTNET_ROOT"] = Path.GetDirectoryName(Environment.ProcessPath),
        ["DOTNET_CLI_HOME"] = Path.Combine(_folder, "home"),
        ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
        ["DOTNET_NOLOGO"] = "1",
        ["NUGET_PACKAGES"] = Path.Combine(_folder, "packages"),
    };

    /// <summary>Gets the folder that the tool is installed in.</summary>
    public string Home => Path.Combine(_folder, "tool");

    public async ValueTask InitializeAsync()
    {
        var feed = Path.Combine(_folder, "feed");
        var sources = Path.Combine(_folder, "nuget.config");
        await File.WriteAllTextAsync(sources, $"""<configuration><packageSources><clear /><add key="feed" value="{feed}" /></packageSources></configuration>""");

        // Nothing is compiled or restored.
        await DotNetAsync(Checkout.Root, null, "pack", Path.Combine("src", "PerfLab.Cli"), "--no-build", "--no-restore", "-c", "Release", "-nodeReuse:false", "-o", feed, $"-p:PublishDir={Path.Combine(_folder, "published")}/");
        await DotNetAsync(_folder, _environment, "tool", "install", "PerfLab", "--tool-path", Home, "--configfile", sources);
    }

    /// <summary>Starts the tool in a folder of its user.</summary>
    public Task<ProgramResult> RunAsync(string folder, params string[] arguments) =>
        RunningProgram.RunAsync(folder, Path.Combine(Home, OperatingSystem.IsWindows() ? "perflab.exe" : "perflab"), arguments, s_limit, _environment);

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private static async Task DotNetAsync(string folder, Dictionary<string, string?>? environment, params string[] arguments)
    {
        var result = await RunningProgram.RunAsync(folder, Environment.ProcessPath!, arguments, s_limit, environment);
        Assert.True(result.ExitCode == 0, $"dotnet {string.Join(' ', arguments)}: {result}");
    }
}
