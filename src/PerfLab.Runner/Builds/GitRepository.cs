using System.Text;
using CliWrap;

namespace PerfLab.Runner.Builds;

/// <summary>A git repository on this machine, through git's own program.</summary>
/// <param name="folder">A folder of its checkout.</param>
public sealed class GitRepository(string folder)
{
    /// <summary>Finds the commit that a person names.</summary>
    /// <param name="name">A hash or its beginning, a branch, a tag, <c>HEAD~3</c>.</param>
    /// <param name="cancellationToken">Interrupts.</param>
    /// <returns>The full hash.</returns>
    /// <exception cref="InvalidDataException">There is no such commit, the folder is no repository, or git is not installed.</exception>
    public async Task<string> ResolveAsync(string name, CancellationToken cancellationToken) =>
        await FindAsync(name, cancellationToken) ?? throw new InvalidDataException(
            $"{folder}: git finds no commit '{name}' in this repository. Name one that is there; a shallow clone lacks older ones (fetch-depth: 0).");

    /// <summary>Finds the commit that a person names, or null.</summary>
    /// <param name="name">As for <see cref="ResolveAsync"/>.</param>
    /// <param name="cancellationToken">Interrupts.</param>
    /// <exception cref="InvalidDataException">The folder is no repository, or git is not installed.</exception>
    public async Task<string?> FindAsync(string name, CancellationToken cancellationToken)
    {
        var (code, output) = await RunAsync(["rev-parse", "--verify", "--quiet", "--end-of-options", $"{name}^{{commit}}"], cancellationToken);
        if (code == 0)
        {
            return output.Trim();
        }

        var (isRepository, why) = await RunAsync(["rev-parse", "--git-dir"], cancellationToken);
        return isRepository == 0 ? null : throw new InvalidDataException($"{folder}: git sees no repository there: {why.Trim()}");
    }

    /// <summary>Lists the commits after one, up to another, along the first parents, oldest first; none where the first is no first parent of the second.</summary>
    /// <param name="after">The full hash of the commit that they follow.</param>
    /// <param name="last">The full hash of the last.</param>
    /// <param name="cancellationToken">Interrupts.</param>
    /// <exception cref="InvalidDataException">git could not list them.</exception>
    public async Task<IReadOnlyList<(string Hash, string Subject)>> FirstParentsAsync(string after, string last, CancellationToken cancellationToken)
    {
        var (code, output) = await RunAsync(["log", "--first-parent", "--reverse", "--format=%H%x09%P%x09%s", $"{after}..{last}"], cancellationToken);
        if (code != 0)
        {
            throw new InvalidDataException($"{folder}: git could not list the commits after {after}: {output.Trim()}");
        }

        var commits = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t', 3)).ToArray();
        var isFirstParent = commits is [[_, var parents, _], ..] && parents.Split(' ')[0] == after;
        return isFirstParent ? [.. commits.Select(commit => (commit[0], commit[2]))] : [];
    }

    /// <summary>Checks a commit out into a folder that does not exist yet.</summary>
    internal async Task AddWorktreeAsync(string path, string commit, CancellationToken cancellationToken)
    {
        // Hooks of the repository are for people who change branches, not for this.
        var (code, output) = await RunAsync(["-c", "core.hooksPath=/dev/null", "worktree", "add", "--detach", "--force", path, commit], cancellationToken);
        if (code != 0)
        {
            throw new InvalidDataException($"{folder}: git could not check out {commit}: {output.Trim()}");
        }
    }

    /// <summary>Lets git forget a checkout whose folder is gone, and that one alone; one that was never finished is no error.</summary>
    internal Task ForgetWorktreeAsync(string path) => RunAsync(["worktree", "remove", "--force", "--force", path], CancellationToken.None);

    private async Task<(int Code, string Output)> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var output = new StringBuilder();
        try
        {
            return (await BuildProcess.RunAsync(["git", "-C", folder, .. arguments], folder, PipeTarget.ToStringBuilder(output), cancellationToken), output.ToString());
        }
        catch (BuildProcessException error)
        {
            throw new InvalidDataException($"{folder}: {error.Message} Install git, and check that the folder exists.", error);
        }
    }
}
