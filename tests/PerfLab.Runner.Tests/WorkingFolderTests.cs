using PerfLab.Experiments.Results;
using PerfLab.Experiments.Scenarios;
using PerfLab.Runner.LaunchSets;
using PerfLab.Runner.Targets;

namespace PerfLab.Runner.Tests;

/// <summary>Where a target runs and what it inherits, decided for commands as people write them.</summary>
public sealed class WorkingFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pl-").FullName;

    public WorkingFolderTests()
    {
        foreach (var file in (string[])["scenarios/here.yaml", "api/Api.dll", "api/tracing.js", "app/server.js", "app/Api.csproj", "bin/service", "other/data.json", "scenarios/agent.jar", "scenarios/tracing.js", "scenarios/dist/server.js", "scenarios/target/app.jar", "scenarios/bin/service", "scenarios/config/app.yaml", "scenarios/config/gunicorn.conf.py"])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_folder, file))!);
            File.WriteAllText(Path.Combine(_folder, file), "");
        }
    }

    [Theory]
    [InlineData("dotnet {root}/api/Api.dll --urls {url}", "api", "{root}/api/Api.dll")]
    [InlineData("dotnet ../api/Api.dll", "api", "{root}/api/Api.dll")]
    [InlineData("/usr/bin/dotnet ../api/Api.dll", "api", "{root}/api/Api.dll")]
    [InlineData("node ../app/server.js {port}", "app", "{root}/app/server.js")]
    [InlineData("node --require ../api/tracing.js ../app/server.js", "app", "{root}/app/server.js")]
    [InlineData("dotnet run --project ../app/Api.csproj", "app", "{root}/app/Api.csproj")]
    [InlineData("../bin/service --config ../other/data.json", "bin", "{root}/bin/service")]
    [InlineData("{root}/bin/service", "bin", "{root}/bin/service")]
    [InlineData("npm --prefix ../app start", "scenarios", null)]
    [InlineData("gunicorn app:app", "scenarios", null)]
    [InlineData("node missing.js", "scenarios", null)]
    [InlineData("python3 -m http.server", "scenarios", null)]
    [InlineData("java -javaagent:agent.jar -jar target/app.jar", "scenarios", "target/app.jar")]
    [InlineData("node --require ./tracing.js dist/server.js", "scenarios", "dist/server.js")]
    [InlineData("node --import=./tracing.js dist/server.js", "scenarios", "dist/server.js")]
    [InlineData("bin/service --config config/app.yaml", "scenarios", "{root}/scenarios/bin/service")]
    [InlineData("./bin/service --config=config/app.yaml", "scenarios", "{root}/scenarios/bin/service")]
    [InlineData("gunicorn -c config/gunicorn.conf.py app:app", "scenarios", "config/gunicorn.conf.py")]
    [InlineData("node dist/server.js ./none.json", "scenarios", "dist/server.js")]
    public void Without_a_directory_it_is_where_the_author_of_the_command_starts_it(string command, string folder, string? file)
    {
        var place = Of(command, directory: null);

        Assert.Equal(Path.Combine(_folder, folder), place.Path);
        if (file is not null)
        {
            Assert.Contains(file.Replace("{root}", _folder, StringComparison.Ordinal), place.Command);
        }
    }

    [Theory]
    [InlineData("../app", "app")]
    [InlineData("{root}/api", "api")]
    public void A_directory_decides(string directory, string folder)
    {
        var place = Of("node server.js", directory);

        Assert.Equal(Path.Combine(_folder, folder), place.Path);
        Assert.Equal(["node", "server.js"], place.Command);
    }

    [Fact]
    public void A_directory_that_is_missing_is_named() =>
        Assert.Contains("target.directory", Assert.Throws<TargetFailedException>(() => Of("node server.js", "{root}/nowhere")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("OTEL_SERVICE_NAME", true)]
    [InlineData("DOTNET_TieredPGO", true)]
    [InlineData("DOTNET_gcServer", true)]
    [InlineData("DOTNET_STARTUP_HOOKS", true)]
    [InlineData("COMPlus_TieredCompilation", true)]
    [InlineData("CORECLR_ENABLE_PROFILING", true)]
    [InlineData("ASPNETCORE_URLS", true)]
    [InlineData("PERFLAB_PROBE_FOLDER", true)]
    [InlineData("ASPNETCORE_ENVIRONMENT", false)]
    [InlineData("DOTNET_ENVIRONMENT", false)]
    [InlineData("DOTNET_ROOT", false)]
    [InlineData("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", false)]
    [InlineData("ConnectionStrings__Orders", false)]
    [InlineData("NODE_ENV", false)]
    [InlineData("NODE_OPTIONS", false)]
    [InlineData("PATH", false)]
    public void The_environment_is_inherited_but_for_what_the_arms_define(string name, bool isRemoved) =>
        Assert.Equal(isRemoved, CallerEnvironment.RemovedOf([name]).Count == 1);

    [Fact]
    public void The_manifest_names_what_was_changed_here()
    {
        var changes = CallerEnvironment.Describe(["PATH", "OTEL_SERVICE_NAME", "NODE_OPTIONS"], hasProbe: true);

        Assert.Equal(["OTEL_SERVICE_NAME"], changes.Single(change => change is { Kind: EnvironmentChangeKind.Removed, Rule: "OTEL_*" }).Names);
        Assert.Equal(["NODE_OPTIONS"], changes.Where(change => change.Kind == EnvironmentChangeKind.Kept).Select(change => change.Rule));
        Assert.Contains(changes, change => change is { Kind: EnvironmentChangeKind.Set, Rule: "DOTNET_STARTUP_HOOKS" });
        Assert.DoesNotContain(changes, change => change.Names.Contains("PATH"));
    }

    [Fact]
    public void A_folder_of_PerfLab_reads_alike_on_every_machine()
    {
        var process = Process("dotnet {targets}/Shop.dll", directory: null);
        File.WriteAllText(Path.Combine(_folder, "api", "Shop.dll"), "");

        Assert.Equal("{targets}", new RunnerFolders(_folder, Path.Combine(_folder, "api"), null).WorkingFolderOf(new TargetDefinition([process], []), process));
        Assert.Equal("{root}/api", new RunnerFolders(_folder, "/elsewhere", null).WorkingFolderOf(new TargetDefinition([process], []), Process("dotnet {root}/api/Api.dll", null)));
    }

    [Fact]
    public void Working_folders_name_the_arm_that_starts_another_program()
    {
        var target = new TargetDefinition([Process("dotnet api/Api.dll", null)], []) { BaseFolder = _folder };
        File.WriteAllText(Path.Combine(_folder, "api", "Api.dll"), "");
        var folders = new RunnerFolders(_folder, "/elsewhere", null);

        var some = folders.WorkingFoldersOf(target, [Variant("off", null), Variant("next", new ArmProgram(null, "app"))]);
        var all = folders.WorkingFoldersOf(target, [Variant("next", new ArmProgram(null, "app"))]);

        Assert.Equal([new("target", "{root}/api"), new ProcessFolder("target", "{root}/app") { Arm = "next" }], some);
        Assert.Equal([new ProcessFolder("target", "{root}/app") { Arm = "next" }], all);

        static Variant Variant(string name, ArmProgram? program) => new(name, name, new Dictionary<string, string>()) { Program = program };
    }

    [Fact]
    public async Task A_real_target_reads_the_files_beside_it_and_the_environment_of_its_author()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The target is a shell script.");
        File.WriteAllText(Path.Combine(_folder, "app", "appsettings.txt"), "warning");
        File.WriteAllText(Path.Combine(_folder, "app", "start.sh"), "echo level $(cat appsettings.txt) environment $AUTHORS_ENVIRONMENT service [$OTEL_SERVICE_NAME]; exit 1\n");
        Environment.SetEnvironmentVariable("AUTHORS_ENVIRONMENT", "Staging");
        Environment.SetEnvironmentVariable("OTEL_SERVICE_NAME", "of-the-caller");
        try
        {
            using var launcher = new TargetLauncher(probeAssembly: null, _folder);
            var place = Of("sh ../app/start.sh", directory: null);
            var error = await Assert.ThrowsAsync<TargetFailedException>(() => launcher.StartAsync(
                new LaunchSpecification
                {
                    Arm = "off",
                    Process = "target",
                    Command = place.Command,
                    Environment = new Dictionary<string, string?>(),
                    WorkingFolder = place.Path,
                    Address = new Uri($"http://127.0.0.1:{PortReservation.Take(1)[0]}"),
                    ReadyPath = "/",
                    ReadyTimeout = TimeSpan.FromSeconds(20),
                    LogFile = Path.Combine(_folder, "target.log"),
                    Cores = null,
                },
                TestContext.Current.CancellationToken));

            Assert.Contains("level warning environment Staging service []", error.Message, StringComparison.Ordinal);
        }
        finally
        {
            Environment.SetEnvironmentVariable("AUTHORS_ENVIRONMENT", null);
            Environment.SetEnvironmentVariable("OTEL_SERVICE_NAME", null);
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static TargetProcess Process(string command, string? directory) => new()
    {
        Name = "target",
        Command = command.Split(' '),
        Directory = directory,
        Environment = new Dictionary<string, string>(),
        Ready = new ReadinessCheck("/", TimeSpan.FromSeconds(1)),
    };

    private WorkingFolder Of(string command, string? directory) => WorkingFolder.Of(Process(command, directory), Path.Combine(_folder, "scenarios"), new PlaceholderValues
    {
        Process = "target",
        Ports = new Dictionary<string, int> { ["target"] = 5000 },
        Root = _folder,
        Targets = "/targets",
        Scratch = "/tmp/none",
    });
}
