using System.Globalization;
using System.Text;

namespace PerfLab.Runner.Machines;

/// <summary>
/// A started process and all its descendants, also those whose parent has ended: once seen they stay members until they end,
/// and who was not seen in time is recognized by an environment variable that descendants inherit.
/// </summary>
/// <param name="rootId">The started process.</param>
/// <param name="mark">Its environment has <c>NAME=VALUE</c> that no other process has; null when there is none.</param>
/// <param name="found">Is told of every descendant when it is found; null for nobody.</param>
internal sealed class TrackedProcessTree(int rootId, string? mark, Action<ProcessIdentity>? found = null)
{
    private readonly List<ProcessIdentity> _members = ProcessIdentity.Read(rootId) is { } root ? [root] : [];
    private readonly byte[]? _mark = mark is null ? null : Encoding.UTF8.GetBytes(mark);
    private HashSet<int> _others = [];
    private string? _lastCreated;

    /// <summary>Gets the identity of the started process.</summary>
    public int RootId => rootId;

    /// <summary>Gets the members found so far, the started process first and parents before their children.</summary>
    public IReadOnlyList<ProcessIdentity> Members => _members;

    /// <summary>Looks for new members; does nothing when no process was created since the last time.</summary>
    public void Refresh()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        // The last field is the number given last in this PID namespace, to a process or a thread (proc(5)).
        var created = File.ReadAllText("/proc/loadavg").TrimEnd();
        created = created[(created.LastIndexOf(' ') + 1)..];
        if (string.Equals(created, _lastCreated, StringComparison.Ordinal))
        {
            return;
        }

        _lastCreated = created;
        Scan();
    }

    /// <summary>Forgets a member that has ended.</summary>
    /// <param name="member">The member.</param>
    public void Remove(ProcessIdentity member) => _members.Remove(member);

    private void Scan()
    {
        var known = _members.Select(member => member.Id).ToHashSet();
        var others = new HashSet<int>();
        var candidates = new List<ProcessIdentity>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out var id) || known.Contains(id))
            {
                continue;
            }

            if (_others.Contains(id))
            {
                others.Add(id);
            }
            else if (ProcessIdentity.Read(id) is { } candidate)
            {
                candidates.Add(candidate);
            }
        }

        // A parent is older than its child: it is found, or not, before the child is asked about.
        foreach (var candidate in candidates.OrderBy(candidate => candidate.StartTicks).ThenBy(candidate => candidate.Id))
        {
            if (known.Contains(candidate.ParentId) || HasMark(candidate.Id))
            {
                known.Add(candidate.Id);
                _members.Add(candidate);
                found?.Invoke(candidate);
            }
            else
            {
                others.Add(candidate.Id);
            }
        }

        _others = others;
    }

    private bool HasMark(int id)
    {
        if (_mark is null)
        {
            return false;
        }

        try
        {
            return File.ReadAllBytes(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/environ")).AsSpan().IndexOf(_mark) >= 0;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It has just ended, or belongs to somebody else.
            return false;
        }
    }
}
