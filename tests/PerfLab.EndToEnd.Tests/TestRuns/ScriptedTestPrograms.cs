using System.Globalization;
using System.Security;
using PerfLab.EndToEnd.Tests.Programs;

namespace PerfLab.EndToEnd.Tests.TestRuns;

/// <summary>
/// A small checkout with the real <c>tests/run-tests.sh</c>, whose test programs are shell scripts, and a scripted
/// <c>dotnet</c> that writes down how it was called and runs them.
/// </summary>
public sealed class ScriptedTestPrograms : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private const string ScriptedDotnet =
        """
        #!/usr/bin/env bash
        echo "$*" >>"$(dirname "$0")/calls"
        module=$3
        while [ $# -gt 0 ]; do
          case $1 in
            --results-directory) results=$2 ;;
            --report-xunit-xml-filename) report=$results/$2 ;;
          esac
          shift
        done
        . "./$module"
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly string _dotnet;

    public ScriptedTestPrograms()
    {
        Directory.CreateDirectory(Path.Combine(Root, "tests"));
        File.Copy(Path.Combine(Checkout.Root, "tests", "run-tests.sh"), Path.Combine(Root, "tests", "run-tests.sh"));
        _dotnet = WriteProgram("dotnet", ScriptedDotnet);
    }

    public string Root => _folder.FullPath;

    /// <summary>The arguments of every call of dotnet, in order.</summary>
    public IReadOnlyList<string> Calls => File.Exists(Path.Combine(Root, "calls")) ? File.ReadAllLines(Path.Combine(Root, "calls")) : [];

    /// <summary>Variables of the script, besides those of the test.</summary>
    public Dictionary<string, string?> Variables { get; } = new() { ["CI"] = null };

    /// <summary>A script that writes a report of xunit and ends as xunit does.</summary>
    /// <param name="passed">Tests that passed.</param>
    /// <param name="failed">Tests that failed.</param>
    /// <param name="errors">Errors outside of tests.</param>
    /// <param name="skipped">Reasons of the tests that were skipped.</param>
    public static string Report(int passed, int failed = 0, int errors = 0, params string[] skipped)
    {
        var tests = string.Concat(skipped.Select(reason => $"<test name=\"x\" result=\"Skip\"><reason>{SecurityElement.Escape(reason)}</reason></test>"));
        var counts = string.Create(
            CultureInfo.InvariantCulture,
            $"errors=\"{errors}\" failed=\"{failed}\" not-run=\"0\" passed=\"{passed}\" skipped=\"{skipped.Length}\" time=\"0.1\" total=\"{passed + failed + skipped.Length}\"");
        return $"""
            cat >"$report" <<'END'
            <assemblies schema-version="3"><assembly name="a" {counts}><errors /><collection passed="7" failed="7" total="14">{tests}</collection></assembly></assemblies>
            END
            exit {(failed + errors > 0 ? 2 : 0)}

            """;
    }

    /// <summary>Adds a test project; without a script it is one that was never built.</summary>
    public void Add(string name, string? script)
    {
        _folder.Write($"tests/{name}/{name}.csproj", "<Project />");
        if (script is not null)
        {
            _folder.Write($"tests/{name}/bin/Release/net10.0/{name}.dll", script);
        }
    }

    /// <summary>Leaves the script a search path with what it needs, without a tool of the tests, and an apt-get that writes down how it was called.</summary>
    /// <param name="awaited">A file of the checkout without which nothing gets installed; null installs at once.</param>
    public void ReplaceTools(string? awaited = null)
    {
        string[] names = ["awk", "bash", "cat", "dirname", "env", "id", "mktemp", "ps", "rm", "sleep", "true"];
        var folders = Environment.GetEnvironmentVariable("PATH")!.Split(':');
        var tools = Directory.CreateDirectory(Path.Combine(Root, "tools")).FullName;
        foreach (var name in names)
        {
            if (folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists) is { } tool)
            {
                File.CreateSymbolicLink(Path.Combine(tools, name), tool);
            }
        }

        var waiting = awaited is null ? string.Empty : $"for i in {{1..300}}; do [ ! -f \"{Root}/{awaited}\" ] || break; sleep 0.1; done; [ -f \"{Root}/{awaited}\" ] || exit 1\n";
        WriteProgram(
            "tools/apt-get",
            $"#!/bin/bash\necho \"$*\" >>\"{Root}/apt-get-calls\"\n{waiting}if [ $1 = install ]; then echo '#!/bin/bash' >\"{tools}/chromium\"; /bin/chmod +x \"{tools}/chromium\"; fi\n");
        Variables["PATH"] = tools;
    }

    public RunningProgram Begin(params string[] arguments) =>
        RunningProgram.Start(Root, Path.Combine(Root, "tests", "run-tests.sh"), [_dotnet, .. arguments], Variables);

    public async Task<ProgramResult> RunAsync(params string[] arguments)
    {
        using var program = Begin(arguments);
        return await EndAsync(program);
    }

    /// <summary>Runs the script as a shell runs a job in the background.</summary>
    public Task<ProgramResult> RunIgnoringInterruptsAsync() => RunningProgram.RunAsync(
        Root, "bash", ["-c", "trap '' INT; exec \"$@\"", "bash", Path.Combine(Root, "tests", "run-tests.sh"), _dotnet], Limit, Variables);

    public static Task<ProgramResult> EndAsync(RunningProgram program) => program.EndAsync(Limit);

    /// <summary>The process that a script wrote into a file of the checkout, or 0 before it did.</summary>
    public int ProcessIn(string file) =>
        File.Exists(Path.Combine(Root, file)) && int.TryParse(File.ReadAllText(Path.Combine(Root, file)), CultureInfo.InvariantCulture, out var id) ? id : 0;

    /// <summary>Commands that start a process which ends only when it is stopped, and write down its id.</summary>
    public string StartChild(string file) => $"sleep 120 & echo $! >\"{Path.Combine(Root, file)}\"\n";

    public void Dispose() => _folder.Dispose();

    private string WriteProgram(string relativePath, string text)
    {
        var path = _folder.Write(relativePath, text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return path;
    }
}
