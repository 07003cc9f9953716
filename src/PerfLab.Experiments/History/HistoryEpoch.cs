using PerfLab.Experiments.Gates;
using PerfLab.Experiments.Results;

namespace PerfLab.Experiments.History;

/// <summary>Nights of one environment: the same machine, operating system, kernel and runtime of the lab.</summary>
/// <param name="Machine">The environment.</param>
/// <param name="Differences">How it differs from that of the epoch before; empty in the first.</param>
/// <param name="Entries">The nights, at least one, in the order in which they were added.</param>
public sealed record HistoryEpoch(MachineFingerprint Machine, IReadOnlyList<string> Differences, IReadOnlyList<HistoryEntry> Entries)
{
    /// <summary>
    /// Separates a history wherever its environment changes. Coming back to an earlier one begins a new epoch too: what was
    /// different in between may have been changed for good.
    /// </summary>
    /// <param name="entries">The nights in the order in which they were added.</param>
    public static IReadOnlyList<HistoryEpoch> Of(IReadOnlyList<HistoryEntry> entries)
    {
        var epochs = new List<(IReadOnlyList<string> Differences, List<HistoryEntry> Entries)>();
        foreach (var entry in entries)
        {
            var differences = epochs.Count == 0 ? [] : epochs[^1].Entries[^1].Night.Machine.DifferencesFrom(entry.Night.Machine);
            if (epochs.Count > 0 && differences.Count == 0)
            {
                epochs[^1].Entries.Add(entry);
            }
            else
            {
                epochs.Add((differences, [entry]));
            }
        }

        return [.. epochs.Select(epoch => new HistoryEpoch(epoch.Entries[0].Night.Machine, epoch.Differences, epoch.Entries))];
    }

    /// <summary>Gets the nights of the last epoch if it is of this machine; else none.</summary>
    /// <param name="entries">The nights in the order in which they were added.</param>
    /// <param name="machine">The machine of today.</param>
    public static IReadOnlyList<HistoryEntry> Current(IReadOnlyList<HistoryEntry> entries, MachineFingerprint machine) =>
        Of(entries) is [.., var last] && last.Machine.DifferencesFrom(machine).Count == 0 ? last.Entries : [];

    /// <summary>Gets the heads that passed, the latest first: candidates for a baseline, of which a rewritten git history may have lost some.</summary>
    /// <param name="entries">The nights in the order in which they were added.</param>
    public static IReadOnlyList<string> PassedHeads(IReadOnlyList<HistoryEntry> entries) =>
    [
        .. entries.Reverse()
            .Where(entry => entry is { Outcome: GateOutcome.Passed or GateOutcome.Improved, End: NightEnd.Completed, Night.Planted.Count: 0 })
            .Select(entry => entry.Night.Head.Commit)
            .OfType<string>()
            .Distinct(StringComparer.Ordinal),
    ];
}
