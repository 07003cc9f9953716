using System.Globalization;
using PerfLab.Experiments.Results;
using PerfLab.Runner.Machines;

namespace PerfLab.Runner.Readings;

/// <summary>
/// CPU time and resident memory of a whole process tree. The CPU time never runs backwards: what a process had used when it
/// was last seen stays charged after its end.
/// </summary>
/// <param name="tree">The tree.</param>
internal sealed class ProcessTreeAccount(TrackedProcessTree tree)
{
    private readonly Dictionary<int, ProcessCharge> _charges = [];
    private readonly Dictionary<string, (int Count, long Nanoseconds)> _ended = new(StringComparer.Ordinal);
    private long _orphanedNanoseconds;
    private long _highestNanoseconds;

    /// <summary>Gets a value indicating whether some CPU time was known in clock ticks only.</summary>
    public bool IsInTicks { get; private set; }

    /// <summary>Reads the tree.</summary>
    /// <returns>CPU time since its processes started, and resident memory now.</returns>
    /// <exception cref="IOException">The started process has ended.</exception>
    public (double CpuSeconds, long ResidentBytes) Read()
    {
        tree.Refresh();
        var ended = new List<ProcessIdentity>();
        var pages = 0L;

        // Parents come first: a child that ends and is waited for in between is then missing from this reading, not in it twice.
        foreach (var member in tree.Members)
        {
            if (ProcessStat.Read(member.Id) is { } stat && stat.Identity.StartTicks == member.StartTicks)
            {
                pages += stat.ResidentPages;
                Charge(member.Id, stat);
            }
            else
            {
                ended.Add(member);
            }
        }

        ended.Reverse();
        foreach (var member in ended)
        {
            Settle(member);
        }

        if (!_charges.ContainsKey(tree.RootId))
        {
            throw new IOException(string.Create(CultureInfo.InvariantCulture, $"Process {tree.RootId} has ended."));
        }

        _highestNanoseconds = Math.Max(_highestNanoseconds, _orphanedNanoseconds + _charges.Values.Sum(charge => charge.TotalNanoseconds));
        return (_highestNanoseconds / 1e9, pages * Environment.SystemPageSize);
    }

    /// <summary>Gets the CPU time by name of program as of the last reading: of processes that live and of those that were seen before they ended.</summary>
    public IReadOnlyList<ProgramCpu> ByProgram() =>
    [
        .. _charges.Values.Select(charge => (charge.Name, Count: 1, Nanoseconds: charge.OwnNanoseconds))
            .Concat(_ended.Select(program => (Name: program.Key, program.Value.Count, program.Value.Nanoseconds)))
            .GroupBy(program => program.Name, StringComparer.Ordinal)
            .Select(group => new ProgramCpu(group.Key, group.Sum(program => program.Count), group.Sum(program => program.Nanoseconds) / 1e9))
            .OrderBy(program => program.Program, StringComparer.Ordinal),
    ];

    private void Charge(int id, ProcessStat stat)
    {
        if (!_charges.TryGetValue(id, out var charge))
        {
            _charges[id] = charge = new ProcessCharge();
        }

        charge.Update(stat);
        IsInTicks |= charge.IsInTicks;
    }

    private void Settle(ProcessIdentity member)
    {
        tree.Remove(member);
        if (!_charges.Remove(member.Id, out var charge))
        {
            return;
        }

        var (count, nanoseconds) = _ended.GetValueOrDefault(charge.Name);
        _ended[charge.Name] = (count + 1, nanoseconds + charge.OwnNanoseconds);

        if (_charges.TryGetValue(member.ParentId, out var parent))
        {
            parent.AddEndedChild(charge.TotalNanoseconds);
        }
        else
        {
            _orphanedNanoseconds += charge.TotalNanoseconds;
        }
    }
}
