using PerfLab.Experiments.Results;

namespace PerfLab.Runner.Builds;

/// <summary>A private folder for checkouts and for what builds make of them. Both are gone when it is disposed of, whatever happened.</summary>
internal sealed class BuildScratch : IAsyncDisposable
{
    private readonly GitRepository _repository;
    private readonly RunLock? _held;
    private readonly List<string> _worktrees = [];

    /// <summary>Creates the folder; nobody else may read it.</summary>
    public BuildScratch(GitRepository repository)
    {
        _repository = repository;
        Path = LeftFolders.CreateTemporary("perflab-nightly-").FullName;
        _held = RunLock.TryTake(Path);
    }

    /// <summary>Gets the folder.</summary>
    public string Path { get; }

    /// <summary>Checks a commit out.</summary>
    /// <param name="name">The name of the checkout's folder.</param>
    /// <param name="commit">The full hash.</param>
    /// <param name="cancellationToken">Interrupts.</param>
    /// <returns>The folder of the checkout.</returns>
    public async Task<string> CheckOutAsync(string name, string commit, CancellationToken cancellationToken)
    {
        var path = System.IO.Path.Combine(Path, name);
        _worktrees.Add(path);
        await _repository.AddWorktreeAsync(path, commit, cancellationToken);
        return path;
    }

    /// <summary>Creates an empty folder.</summary>
    public string CreateFolder(string name) => Directory.CreateDirectory(System.IO.Path.Combine(Path, name)).FullName;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _held?.Dispose();

        // First the folder: git itself refuses to remove some, for example those with submodules.
        TryDelete();
        foreach (var worktree in _worktrees)
        {
            await _repository.ForgetWorktreeAsync(worktree);
        }
    }

    private void TryDelete()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Something of a build is still written or protected; the first error is the one that is told.
        }
    }
}
