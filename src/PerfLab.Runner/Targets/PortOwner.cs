using System.Globalization;
using PerfLab.Runner.Machines;

namespace PerfLab.Runner.Targets;

/// <summary>Who listens on a port.</summary>
internal enum PortOwnerKind
{
    /// <summary>It cannot be told: another platform, or processes that do not show what they hold.</summary>
    Unknown,

    /// <summary>The target's own processes.</summary>
    Target,

    /// <summary>A process that is no part of the target.</summary>
    Other,

    /// <summary>Nothing listens there in this network namespace: whatever answers is forwarded to another one.</summary>
    Nobody,
}

/// <summary>The owner of the socket that answers on a loopback port.</summary>
/// <param name="Kind">Whose it is.</param>
/// <param name="ProcessIds">The processes that hold it; empty where unknown.</param>
internal sealed record PortOwner(PortOwnerKind Kind, IReadOnlyList<int> ProcessIds)
{
    // State TCP_LISTEN in /proc/net/tcp (include/net/tcp_states.h), and its addresses in the order in which the kernel prefers them.
    private const string Listening = "0A";
    private const int UserField = 7;
    private const string IPv6Loopback = "00000000000000000000000001000000";
    private static readonly string[][] s_addresses =
    [
        ["0100007F", "0000000000000000FFFF00000100007F"],
        ["00000000", "0000000000000000FFFF000000000000"],
        ["00000000000000000000000000000000"],
    ];

    /// <summary>Looks for the owner.</summary>
    /// <param name="port">The port on 127.0.0.1.</param>
    /// <param name="members">The target's processes.</param>
    public static PortOwner Find(int port, IReadOnlyList<ProcessIdentity> members)
    {
        string[][] listeners = OperatingSystem.IsLinux() ? [.. Listeners()] : [];
        var sockets = FindSockets(listeners, port);
        if (sockets.Length == 0)
        {
            // PerfLab itself listens: an empty list is one that is not shown.
            return new PortOwner(listeners.Length > 0 ? PortOwnerKind.Nobody : PortOwnerKind.Unknown, []);
        }

        var links = sockets.Select(Link).ToHashSet(StringComparer.Ordinal);
        int[] own = [.. members.Select(member => member.Id).Where(id => Holds(id, links))];
        if (own.Length > 0)
        {
            return new PortOwner(PortOwnerKind.Target, own);
        }

        // A shell that has just been replaced, or another user's process, shows no descriptors: only a culprit that is seen is one.
        int[] others = [.. Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0 && Holds(id, links))];
        return new PortOwner(others.Length > 0 || !CanBeOf(members, sockets) ? PortOwnerKind.Other : PortOwnerKind.Unknown, others);
    }

    // A socket belongs to the user whose process made it, such as root for one that a daemon started.
    private static bool CanBeOf(IReadOnlyList<ProcessIdentity> members, string[][] sockets)
    {
        var users = members.SelectMany(member => UsersOf(member.Id)).ToHashSet(StringComparer.Ordinal);
        return sockets.Any(fields => users.Contains(fields[UserField]));
    }

    // The real, effective, saved and file system's user of a process (proc(5)), which everybody may read.
    private static string[] UsersOf(int id)
    {
        try
        {
            return File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/status"))
                .FirstOrDefault(line => line.StartsWith("Uid:", StringComparison.Ordinal))?.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1..] ?? [];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>Names the processes for a message, for example <c>nginx (4711)</c>.</summary>
    public string Describe() => Kind == PortOwnerKind.Nobody ? "a process in another network namespace"
        : ProcessIds.Count == 0 ? "a process of another user"
        : string.Join(", ", ProcessIds.Select(id => string.Create(CultureInfo.InvariantCulture, $"{NameOf(id)} ({id})")));

    /// <summary>Gets the ports at which processes listen, ascending; empty where it cannot be told.</summary>
    /// <param name="members">The processes.</param>
    public static IReadOnlyList<int> ListeningPorts(IReadOnlyList<ProcessIdentity> members)
    {
        if (!OperatingSystem.IsLinux())
        {
            return [];
        }

        var ports = Listeners().ToLookup(Link, PortOf, StringComparer.Ordinal);
        return [.. members.SelectMany(member => LinksOf(member.Id)).SelectMany(link => ports[link]).Distinct().Order()];
    }

    /// <summary>Says whether processes listen on a port at IPv6's loopback address, where nobody asks.</summary>
    /// <param name="port">The port.</param>
    /// <param name="members">The processes.</param>
    public static bool ListensOnIPv6Loopback(int port, IReadOnlyList<ProcessIdentity> members)
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        var address = string.Create(CultureInfo.InvariantCulture, $"{IPv6Loopback}:{port:X4}");
        var links = Listeners().Where(fields => fields[1] == address).Select(Link).ToHashSet(StringComparer.Ordinal);
        return links.Count > 0 && members.Any(member => Holds(member.Id, links));
    }

    private static string[][] FindSockets(string[][] listeners, int port)
    {
        var suffix = string.Create(CultureInfo.InvariantCulture, $":{port:X4}");
        return s_addresses
            .Select(addresses => listeners.Where(fields => addresses.Any(address => fields[1] == address + suffix)).ToArray())
            .FirstOrDefault(found => found.Length > 0) ?? [];
    }

    private static IEnumerable<string[]> Listeners() => ReadLines("/proc/net/tcp").Concat(ReadLines("/proc/net/tcp6"))
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Where(fields => fields.Length > 9 && fields[3] == Listening);

    private static string Link(string[] fields) => $"socket:[{fields[9]}]";

    private static string[] ReadLines(string path) => File.Exists(path) ? File.ReadAllLines(path) : [];

    private static int PortOf(string[] fields) =>
        int.Parse(fields[1].AsSpan(fields[1].IndexOf(':', StringComparison.Ordinal) + 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static bool Holds(int id, HashSet<string> links) => LinksOf(id).Any(links.Contains);

    private static IReadOnlyList<string> LinksOf(int id)
    {
        try
        {
            return [.. Directory.EnumerateFileSystemEntries(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/fd"))
                .Select(file => new FileInfo(file).LinkTarget)
                .OfType<string>()];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It has ended, or belongs to somebody else.
            return [];
        }
    }

    private static string NameOf(int id)
    {
        try
        {
            return File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/comm")).TrimEnd();
        }
        catch (IOException)
        {
            return "process";
        }
    }
}
