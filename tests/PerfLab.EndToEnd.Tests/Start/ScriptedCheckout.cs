using PerfLab.EndToEnd.Tests.Programs;

namespace PerfLab.EndToEnd.Tests.Start;

/// <summary>
/// A small checkout with the real <c>run.sh</c> and a scripted <c>dotnet</c>: it writes down how it was called, and
/// "builds" by copying the sources together, so that a start tells which sources it was built from.
/// </summary>
public sealed class ScriptedCheckout : IDisposable
{
    /// <summary>Long, because the machine may be loaded; a start takes some 50 ms.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private const string ScriptedDotnet =
        """
        #!/usr/bin/env bash
        here=$(dirname "$0")
        case $1 in
          --version) [ ! -f "$here/misfit" ] || exit 145; echo 99.0.100 ;;
          --list-sdks) echo '8.0.100 [somewhere]' ;;
          build)
            echo "$*" >>"$here/builds"
            if [ -f "$here/fail" ]; then echo 'Answer.cs(1,1): error CS1002: ; expected'; exit 1; fi
            if [ -f "$here/hang" ]; then sleep 120 & echo $! >"$here/hanging"; wait; fi
            mkdir -p artifacts/perflab
            cat src/*.cs >artifacts/perflab/perflab.pdb
            cat src/*.cs >artifacts/perflab/perflab.dll ;;
          *)
            echo "built from: $(cat "$1")"
            shift
            echo "folder: $PWD"
            printf 'argument: %s\n' "$@"
            exit "${SCRIPTED_EXIT_CODE:-0}" ;;
        esac
        """;

    private readonly TemporaryFolder _folder = new();

    public ScriptedCheckout()
    {
        _folder.Write("global.json", """{ "sdk": { "version": "99.0.100" } }""");
        _folder.Write(".editorconfig", "root = true\n");
        _folder.Write("BannedSymbols.txt", "");
        _folder.Write("src/Answer.cs", "42\n");
        _folder.Write("tests/AnswerTests.cs", "is it 42?\n");
        File.Copy(Checkout.Script, Path.Combine(Root, "run.sh"));
        File.Copy(Path.Combine(Checkout.Root, "tests", "run-tests.sh"), Path.Combine(Root, "tests", "run-tests.sh"));
        AddDotnet("dotnet on the path");
    }

    public string Root => _folder.FullPath;

    public string Script => Path.Combine(Root, "run.sh");

    /// <summary>The folders that commands are looked up in; the first one has the scripted dotnet.</summary>
    public string SearchPath { get; set; } = Environment.GetEnvironmentVariable("PATH")!;

    /// <summary>Variables of the starts.</summary>
    public Dictionary<string, string?> Variables { get; } = new() { ["DOTNET_ROOT"] = null, ["HOME"] = "/nonexistent" };

    /// <summary>The arguments of every build by the dotnet on the path, in order.</summary>
    public IReadOnlyList<string> Builds => File.Exists(Switch("builds")) ? File.ReadAllLines(Switch("builds")) : [];

    /// <summary>Adds a scripted dotnet in a folder of its own.</summary>
    /// <returns>The folder.</returns>
    public string AddDotnet(string folder)
    {
        var dotnet = _folder.Write(Path.Combine("outside", folder, "dotnet"), ScriptedDotnet);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(dotnet, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return Path.GetDirectoryName(dotnet)!;
    }

    /// <summary>A file beside the dotnet on the path that changes what it does: <c>misfit</c>, <c>fail</c> or <c>hang</c>.</summary>
    public string Switch(string name) => Path.Combine(Root, "outside", "dotnet on the path", name);

    public void TurnOn(string name) => File.WriteAllText(Switch(name), "");

    public void TurnOff(string name) => File.Delete(Switch(name));

    public string Write(string relativePath, string content) => _folder.Write(relativePath, content);

    public RunningProgram Begin(params string[] arguments)
    {
        Variables["PATH"] = $"{Path.GetDirectoryName(Switch("x"))}:{SearchPath}";
        return RunningProgram.Start(Root, Script, arguments, Variables);
    }

    public async Task<ProgramResult> StartAsync(params string[] arguments)
    {
        using var program = Begin(arguments);
        return await EndAsync(program);
    }

    public static Task<ProgramResult> EndAsync(RunningProgram program) => program.EndAsync(Limit);

    public void Dispose() => _folder.Dispose();
}
