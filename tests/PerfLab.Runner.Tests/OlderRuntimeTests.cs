using System.Diagnostics;
using System.Globalization;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Scenarios;
using PerfLab.Runner.LaunchSets;
using PerfLab.Runner.Targets;

namespace PerfLab.Runner.Tests;

/// <summary>Services on other versions of .NET than PerfLab's own: with the probe in them, or without it where it would end them.</summary>
public sealed class OlderRuntimeTests : IDisposable
{
    private const int KnownBytes = 100_000;

    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net8.0</TargetFramework>
            <CheckEolTargetFramework>false</CheckEolTargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
            <InvariantGlobalization>true</InvariantGlobalization>
            <SelfContained>true</SelfContained>
          </PropertyGroup>
        </Project>
        """;

    private const string Program = """
        using System.Net;
        var listener = new HttpListener();
        listener.Prefixes.Add(args[0]);
        listener.Start();
        while (true)
        {
            var context = await listener.GetContextAsync();
            GC.KeepAlive(new byte[BYTES]);
            context.Response.Close();
        }
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("pl-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_service_on_the_oldest_version_is_measured_through_the_probe()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The probe answers over a Unix socket, and CPU time is read from the kernel.");
        var program = await BuildAsync();
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{PortReservation.Take(1)[0]}/"));
        using var launcher = new TargetLauncher(NodeService.ProbeAssembly, _folder);
        await using var target = await launcher.StartAsync(
            new LaunchSpecification
            {
                Arm = "off",
                Process = "target",
                Command = [program, address.ToString()],
                Environment = new Dictionary<string, string?>(),
                WorkingFolder = _folder,
                Address = address,
                ReadyPath = "/",
                ReadyTimeout = TimeSpan.FromSeconds(30),
                LogFile = Path.Combine(_folder, "target.log"),
                Cores = null,
            },
            Cancellation);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var before = target.Readings.ReadFull().Reading;

        for (var request = 0; request < 100; request++)
        {
            using var answer = await http.GetAsync(address, Cancellation);
        }

        var after = target.Readings.Read();
        Assert.Equal(ReadingSourceName.Probe, target.Readings.Name);

        // The array has a head of 24 bytes; beside it a request takes some kilobytes.
        Assert.InRange((after.AllocatedBytes - before.AllocatedBytes)!.Value / 100, KnownBytes, KnownBytes * 1.2);
        Assert.True(after.CpuSeconds > before.CpuSeconds);
        Assert.True(after.CompiledMethodCount > 0);
        Assert.NotNull(after.CompilerCpuSeconds);
        Assert.NotNull(after.GcPauseSeconds);
    }

    [Theory]
    [InlineData("dotnet app.dll", "app", """{ "runtimeOptions": { "framework": { "name": "Microsoft.NETCore.App", "version": "7.0.20" } } }""", false)]
    [InlineData("./app", "app", """{ "runtimeOptions": { "includedFrameworks": [ { "name": "Microsoft.NETCore.App", "version": "3.1.32" } ] } }""", false)]
    [InlineData("nice -n 5 dotnet exec My.Api.dll", "My.Api", """{ "runtimeOptions": { "frameworks": [ { "name": "Microsoft.NETCore.App", "version": "6.0.0" }, { "name": "Microsoft.AspNetCore.App", "version": "6.0.0" }, ] } }""", false)]
    [InlineData("dotnet app.dll", "app", """{ "runtimeOptions": { "framework": { "name": "Microsoft.NETCore.App", "version": "8.0.0" } } }""", true)]
    [InlineData("dotnet app.dll", "app", """{ "runtimeOptions": { "framework": { "name": "Microsoft.NETCore.App", "version": "10.0.0-rc.1" } } }""", true)]
    [InlineData("dotnet app.dll", "app", "no json", true)]
    [InlineData("dotnet app.dll", "other", "", true)]
    public void A_program_that_asks_for_a_version_too_old_for_the_probe_gets_none_and_the_run_says_so(string command, string program, string configuration, bool hasProbe)
    {
        File.WriteAllText(Path.Combine(_folder, $"{program}.runtimeconfig.json"), configuration);
        var variables = new Dictionary<string, string?>(StringComparer.Ordinal);
        var process = new TargetProcess { Name = "target", Command = command.Split(' '), Directory = _folder, Environment = new Dictionary<string, string>(), Ready = new ReadinessCheck("/", TimeSpan.FromSeconds(1)) };

        ProbeEnvironment.AddTo(variables, process.Command, _folder, NodeService.ProbeAssembly, "/probes");

        Assert.Equal(hasProbe, variables.ContainsKey("DOTNET_STARTUP_HOOKS"));
        Assert.Equal(
            hasProbe ? Array.Empty<string>() : ["target"],
            new RunnerFolders(_folder, _folder, null).TooOldForProbe(new TargetDefinition([process], []), [new Variant("off", "off", new Dictionary<string, string>())]).Select(old => old.Where));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<string> BuildAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "Tiny.csproj"), Project, Cancellation);
        await File.WriteAllTextAsync(Path.Combine(_folder, "Program.cs"), Program.Replace("BYTES", KnownBytes.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal), Cancellation);
        var (restored, said) = await DotNetAsync("restore");
        Assert.SkipUnless(restored, $"The runtime of .NET 8 cannot be restored: {said}");
        var (built, output) = await DotNetAsync("build", "--no-restore", "-c", "Release", "-o", "out", "-nodeReuse:false", "-p:UseSharedCompilation=false");
        Assert.True(built, output);
        return Path.Combine(_folder, "out", "Tiny");
    }

    private async Task<(bool IsWell, string Output)> DotNetAsync(params string[] arguments)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(TimeSpan.FromMinutes(3));
        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath is { } path && Path.GetFileName(path) == "dotnet" ? path : "dotnet", arguments) { UseShellExecute = false, WorkingDirectory = _folder, RedirectStandardOutput = true })!;
        try
        {
            var output = await process.StandardOutput.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode == 0, output);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }
}
