using PerfLab.Experiments.Scenarios;
using PerfLab.Runner.Targets;

namespace PerfLab.Runner.Tests;

/// <summary>Scenario files in several places of projects of Node.js, Python and others: a service runs where its .env and its public/ lie.</summary>
public sealed class ProjectFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pl-").FullName;

    public ProjectFolderTests()
    {
        Write("""{ "name": "shop" }""", "web/package.json", "mono/package.json", "mono/apps/api/package.json");
        Write("""{ "type": "commonjs" }""", "web/dist/package.json");
        Write(
            string.Empty, "web/dist/main.js", "web/node_modules/.bin/next", "web/node_modules/next/dist/bin/next.js", "mono/apps/api/dist/main.js", "mono/node_modules/.bin/next",
            "api/.venv/bin/uvicorn", "api/.venv/bin/python", "api/pyproject.toml", "api/src/app.py", "tool/pyvenv.cfg", "tool/bin/flask", "java/pom.xml", "java/target/app.jar", "java/mvnw",
            "go/bin/server", "net/out/My.Api", "net/out/appsettings.json", "scripts/start.sh");
        foreach (var folder in (string[])["web/perf", "mono/apps/api/perf", "api/perf", "java/perf", "lab", "go/perf"])
        {
            Directory.CreateDirectory(Path.Combine(_folder, folder));
        }
    }

    // The folder of the scenario file, the command, and where it runs.
    [Theory]
    [InlineData("web", "node dist/main.js", "web")]
    [InlineData("web/perf", "node ../dist/main.js", "web")]
    [InlineData("web/perf", "node --enable-source-maps ../dist/main.js --port 1", "web")]
    [InlineData("lab", "/usr/bin/env node ../web/dist/main.js", "web")]
    [InlineData("web", "node_modules/.bin/next start", "web")]
    [InlineData("web/perf", "../node_modules/.bin/next start", "web")]
    [InlineData("lab", "../web/node_modules/.bin/next start", "web")]
    [InlineData("web", "node node_modules/next/dist/bin/next.js start", "web")]
    [InlineData("mono/apps/api", "../../node_modules/.bin/next start", "mono/apps/api")]
    [InlineData("mono/apps/api/perf", "../../../node_modules/.bin/next start", "mono/apps/api")]
    [InlineData("lab", "node ../mono/apps/api/dist/main.js", "mono/apps/api")]
    [InlineData("api", ".venv/bin/uvicorn main:app", "api")]
    [InlineData("api/perf", "../.venv/bin/uvicorn main:app", "api")]
    [InlineData("lab", "../api/.venv/bin/uvicorn main:app", "api")]
    [InlineData("lab", "../api/.venv/bin/python -m uvicorn main:app", "api")]
    [InlineData("api/perf", "../.venv/bin/python ../src/app.py", "api")]
    [InlineData("api", "python3 src/app.py", "api")]
    [InlineData("lab", "../tool/bin/flask run", "lab")]
    [InlineData("lab", "/usr/bin/env -u A python3 -m uvicorn main:app", "lab")]
    [InlineData("java/perf", "java -jar ../target/app.jar", "java")]
    [InlineData("java/perf", "../mvnw spring-boot:run", "java")]
    [InlineData("go", "bin/server", "go")]
    [InlineData("go", "./bin/server", "go")]
    [InlineData("go/perf", "../bin/server", "go/bin")]
    [InlineData("lab", "../net/out/My.Api", "net/out")]
    [InlineData("lab", "sh ../scripts/start.sh", "scripts")]
    public void A_service_runs_at_the_root_of_its_project(string scenario, string command, string expected)
    {
        var process = new TargetProcess { Name = "target", Command = command.Split(' '), Environment = new Dictionary<string, string>(), Ready = new ReadinessCheck("/", TimeSpan.FromSeconds(1)) };

        var place = WorkingFolder.Of(process, Path.Combine(_folder, scenario), new PlaceholderValues
        {
            Process = "target",
            Ports = new Dictionary<string, int> { ["target"] = 5000 },
            Root = _folder,
            Targets = "/targets",
            Scratch = "/tmp/none",
        });

        Assert.Equal(Path.Combine(_folder, expected), place.Path);
        Assert.All(place.Command.Where(word => word.Contains("..", StringComparison.Ordinal)), word => Assert.True(File.Exists(Path.GetFullPath(word, place.Path)), word));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Write(string text, params string[] files)
    {
        foreach (var file in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_folder, file))!);
            File.WriteAllText(Path.Combine(_folder, file), text);
        }
    }
}
