using PerfLab.EndToEnd.Tests.Programs;

namespace PerfLab.EndToEnd.Tests.Verbs;

/// <summary>
/// A checkout with a copy of the real command-line program, whose test programs are shell scripts: bash stands where the
/// .NET host usually is.
/// </summary>
public sealed class TestVerbCheckout : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private readonly TemporaryFolder _folder = new();

    public TestVerbCheckout()
    {
        var target = Directory.CreateDirectory(Path.Combine(_folder.FullPath, "artifacts", "perflab"));
        foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(Checkout.CommandLineProgram)!))
        {
            File.Copy(file, Path.Combine(target.FullName, Path.GetFileName(file)));
        }
    }

    public string Root => _folder.FullPath;

    /// <summary>Adds a test project; without a script it is one that was never built.</summary>
    public void Add(string name, string? script)
    {
        _folder.Write($"tests/{name}/{name}.csproj", "<Project />");
        if (script is not null)
        {
            _folder.Write($"tests/{name}/bin/Release/net10.0/{name}.dll", script);
        }
    }

    public RunningProgram Begin(params string[] arguments) =>
        RunningProgram.Start(
            Root,
            Environment.ProcessPath!,
            [Path.Combine(Root, "artifacts", "perflab", "perflab.dll"), "test", .. arguments],
            new Dictionary<string, string?> { ["DOTNET_HOST_PATH"] = "bash", ["CI"] = null });

    public async Task<ProgramResult> RunAsync(params string[] arguments)
    {
        using var program = Begin(arguments);
        return await EndAsync(program);
    }

    public static Task<ProgramResult> EndAsync(RunningProgram program) => program.EndAsync(Limit);

    public void Dispose() => _folder.Dispose();
}
