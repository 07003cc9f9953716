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

    /// <summary>Variables of the program, besides those of the test.</summary>
    public Dictionary<string, string?> Variables { get; } = new() { ["DOTNET_HOST_PATH"] = "bash", ["CI"] = null };

    /// <summary>Adds a test project; without a script it is one that was never built.</summary>
    public void Add(string name, string? script)
    {
        _folder.Write($"tests/{name}/{name}.csproj", "<Project />");
        if (script is not null)
        {
            _folder.Write($"tests/{name}/bin/Release/net10.0/{name}.dll", script);
        }
    }

    /// <summary>Leaves the program a search path with nothing but bash and an apt-get that writes down how it was called.</summary>
    public void ReplaceTools()
    {
        var tools = Directory.CreateDirectory(Path.Combine(Root, "tools")).FullName;
        File.CreateSymbolicLink(Path.Combine(tools, "bash"), "/bin/bash");
        var aptGet = _folder.Write("tools/apt-get", $"#!/bin/bash\necho \"$*\" >>\"{Root}/apt-get-calls\"\nif [ $1 = install ]; then : >\"{tools}/chromium\"; fi\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(aptGet, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        Variables["PATH"] = tools;
    }

    public RunningProgram Begin(params string[] arguments) =>
        RunningProgram.Start(
            Root,
            Environment.ProcessPath!,
            [Path.Combine(Root, "artifacts", "perflab", "perflab.dll"), "test", .. arguments],
            Variables);

    public async Task<ProgramResult> RunAsync(params string[] arguments)
    {
        using var program = Begin(arguments);
        return await EndAsync(program);
    }

    public static Task<ProgramResult> EndAsync(RunningProgram program) => program.EndAsync(Limit);

    public void Dispose() => _folder.Dispose();
}
