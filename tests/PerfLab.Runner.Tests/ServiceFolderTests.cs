using PerfLab.Experiments.Scenarios;
using PerfLab.Runner.Inspections;

namespace PerfLab.Runner.Tests;

/// <summary>Where a service runs whose command was typed in a shell.</summary>
public sealed class ServiceFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pl-").FullName;

    public ServiceFolderTests()
    {
        foreach (var file in new[] { "out/Api.dll", "out/Api", "app.js", "instrumentation.js", "out/app.js", "dist/main.js", ".venv/bin/uvicorn", "node_modules/.bin/next", "bin/server", "src/app.py" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_folder, file))!);
            File.WriteAllText(Path.Combine(_folder, file), string.Empty);
        }
    }

    [Theory]
    [InlineData("dotnet out/Api.dll", "out", "dotnet Api.dll")]
    [InlineData("out/Api --urls {url}", "out", "./Api --urls {url}")]
    [InlineData("node app.js", "", "node app.js")]
    [InlineData("node --require ./instrumentation.js app.js 3000", "", "node --require ./instrumentation.js app.js 3000")]
    [InlineData("node --require ./instrumentation.js out/app.js", "", "node --require ./instrumentation.js out/app.js")]
    [InlineData("npm start", "", "npm start")]
    [InlineData("node dist/main.js", "", "node dist/main.js")]
    [InlineData(".venv/bin/uvicorn main:app", "", ".venv/bin/uvicorn main:app")]
    [InlineData("node_modules/.bin/next start", "", "node_modules/.bin/next start")]
    [InlineData("./bin/server --port {port}", "", "./bin/server --port {port}")]
    [InlineData("python3 src/app.py", "", "python3 src/app.py")]
    public void It_runs_where_its_command_finds_all_that_it_names(string command, string folder, string expected)
    {
        var placed = ServiceFolder.Place(Process(command), _folder);

        Assert.Equal(Path.Combine(_folder, folder).TrimEnd('/'), placed.Directory);
        Assert.Equal(expected.Split(' '), placed.Command);
    }

    [Fact]
    public void A_folder_that_is_given_is_kept_and_a_full_path_is_run_where_it_lies()
    {
        Assert.Equal(Path.Combine(_folder, "out"), ServiceFolder.Place(Process("dotnet Api.dll") with { Directory = "out" }, _folder).Directory);
        Assert.Equal(Path.Combine(_folder, "out"), ServiceFolder.Place(Process($"dotnet {_folder}/out/Api.dll"), Path.GetTempPath()).Directory);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static TargetProcess Process(string command) => new()
    {
        Name = "target",
        Command = command.Split(' '),
        Environment = new Dictionary<string, string>(),
        Ready = new ReadinessCheck("/", TimeSpan.FromSeconds(1)),
    };
}
