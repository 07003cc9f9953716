using PerfLab.Cli.Packages;

namespace PerfLab.Cli.Verbs.Testing;

/// <summary>
/// Sees to the tools that tests need: installs Debian packages where that is wanted and possible, else says what is
/// missing. What stays missing never stops the tests; those that need it are skipped with a reason.
/// </summary>
/// <param name="output">Where to say what happens.</param>
/// <param name="mayInstall">Whether the user wants packages installed.</param>
internal sealed class TestSetUp(TextWriter output, bool mayInstall)
{
    /// <summary>Provides what the given projects need, as far as possible.</summary>
    /// <exception cref="OperationCanceledException">Cancelled; the installation was stopped.</exception>
    public async Task ProvideAsync(IReadOnlyList<TestProject> projects, CancellationToken cancellationToken)
    {
        var missing = TestTool.All
            .Where(tool => projects.Any(project => project.Name == tool.Project) && !tool.IsPresent)
            .ToList();
        if (missing.Count == 0)
        {
            return;
        }

        if (mayInstall && DebianPackages.CanInstall)
        {
            await new DebianPackages(output).InstallAsync([.. missing.Select(tool => tool.DebianPackage)], "the tests", cancellationToken);
        }

        foreach (var tool in missing.Where(tool => !tool.IsPresent))
        {
            await output.WriteLineAsync($"{tool.Commands[0]} is missing; without {tool.Purpose}. On Debian and Ubuntu: sudo apt-get install {tool.DebianPackage}");
        }
    }
}
