using System.Globalization;
using System.Net;
using PerfLab.Experiments.Results;
using PerfLab.Runner.LaunchSets;
using PerfLab.Runner.Machines;
using PerfLab.Runner.Readings;
using PerfLab.Runner.Targets;

namespace PerfLab.Runner.Tests;

/// <summary>A service in Node.js with the probe in it, started as a target.</summary>
internal sealed class NodeService : IAsyncDisposable
{
    private readonly HttpClient _http = new();
    private readonly TargetLauncher _launcher;

    private NodeService(string folder)
    {
        Folder = folder;
        _launcher = new TargetLauncher(ProbeAssembly, folder);
    }

    public static string ProbeAssembly { get; } = Path.Combine(FindRoot(), "artifacts", "probe", "PerfLab.Probe.dll");

    public string Folder { get; }

    public ITargetProcess Target { get; private set; } = null!;

    public IReadingSource Readings => Target.Readings;

    private Uri Address { get; } = new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{PortReservation.Take(1)[0]}"));

    public static void SkipUnlessThere(params string[] programs)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The probe answers over a Unix socket, and CPU time is read from the kernel.");
        foreach (var program in programs)
        {
            Assert.SkipUnless(SystemTool.Find(program) is not null, $"{program} is not installed.");
        }
    }

    /// <summary>Starts a script that takes the port as its argument and answers GET /.</summary>
    /// <param name="script">The source, an ECMAScript module if its name ends in mjs.</param>
    /// <param name="fileName">The name of its file.</param>
    /// <param name="environment">Environment variables.</param>
    public static async Task<NodeService> StartAsync(string script, string fileName = "server.js", params (string Name, string? Value)[] environment)
    {
        SkipUnlessThere("node");
        var service = new NodeService(Directory.CreateTempSubdirectory("pl-").FullName);
        try
        {
            await File.WriteAllTextAsync(Path.Combine(service.Folder, fileName), script, TestContext.Current.CancellationToken);
            service.Target = await service._launcher.StartAsync(service.Specification(fileName, environment), TestContext.Current.CancellationToken);
            return service;
        }
        catch
        {
            await service.DisposeAsync();
            throw;
        }
    }

    public async Task GetAsync(string path, int count = 1)
    {
        for (var request = 0; request < count; request++)
        {
            using var answer = await _http.GetAsync(new Uri(Address, path), TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    /// <summary>Sends requests and reads how many bytes the service allocated for each.</summary>
    public async Task<double> AllocatedPerRequestAsync(string path, int count)
    {
        var before = Readings.ReadFull().Reading;
        await GetAsync(path, count);
        return (double)(Readings.Read().AllocatedBytes! - before.AllocatedBytes!).Value / count;
    }

    public async ValueTask DisposeAsync()
    {
        if (Target is not null)
        {
            await Target.DisposeAsync();
        }

        _launcher.Dispose();
        _http.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private LaunchSpecification Specification(string fileName, (string Name, string? Value)[] environment) => new()
    {
        Arm = "off",
        Process = "target",
        Command = ["node", fileName, Address.Port.ToString(CultureInfo.InvariantCulture)],
        Environment = environment.ToDictionary(variable => variable.Name, variable => variable.Value, StringComparer.Ordinal),
        WorkingFolder = Folder,
        Address = Address,
        ReadyPath = "/",
        ReadyTimeout = TimeSpan.FromSeconds(30),
        LogFile = Path.Combine(Folder, "target.log"),
        Cores = null,
    };

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "PerfLab.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }
}
