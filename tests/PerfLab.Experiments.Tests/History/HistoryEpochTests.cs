using PerfLab.Experiments.Gates;
using PerfLab.Experiments.History;
using PerfLab.Experiments.Results;
using static PerfLab.Experiments.Tests.History.SampleNights;

namespace PerfLab.Experiments.Tests.History;

public sealed class HistoryEpochTests
{
    private static readonly MachineFingerprint s_newKernel = Machine with { Kernel = "6.9" };

    [Fact]
    public void A_change_of_the_environment_begins_a_new_epoch_and_coming_back_another_one()
    {
        var epochs = HistoryEpoch.Of([Night(1), Night(2), Night(3, s_newKernel), Night(4, s_newKernel), Night(5)]);

        Assert.Equal([2, 2, 1], epochs.Select(epoch => epoch.Entries.Count));
        Assert.Empty(epochs[0].Differences);
        Assert.Equal(["kernel 6.1 and 6.9"], epochs[1].Differences);
        Assert.Equal(["kernel 6.9 and 6.1"], epochs[2].Differences);
    }

    [Theory]
    [InlineData("runtime")]
    [InlineData("processor")]
    [InlineData("memory")]
    [InlineData("system")]
    public void Runtime_processor_memory_and_system_are_part_of_the_environment(string what)
    {
        var other = what switch
        {
            "runtime" => Machine with { Runtime = ".NET 11.0.0" },
            "processor" => Machine with { ProcessorModel = "another" },
            "memory" => Machine with { MemoryBytes = 4L << 30 },
            _ => Machine with { OperatingSystem = "another" },
        };

        Assert.Equal(2, HistoryEpoch.Of([Night(1), Night(2, other)]).Count);
    }

    [Fact]
    public void Only_nights_of_the_last_epoch_and_of_this_machine_are_current()
    {
        HistoryEntry[] entries = [Night(1), Night(2, s_newKernel), Night(3, s_newKernel)];

        Assert.Equal(["night-2", "night-3"], HistoryEpoch.Current(entries, s_newKernel).Select(entry => entry.Night.Name));
        Assert.Empty(HistoryEpoch.Current(entries, Machine));
        Assert.Empty(HistoryEpoch.Current([], Machine));
        Assert.Empty(HistoryEpoch.Of([]));
    }

    // A rewritten git history leaves commits that no repository has: the caller takes the first that is still there.
    [Fact]
    public void Heads_that_passed_come_the_latest_first_and_once()
    {
        var again = Night(3) with { Night = Night(1).Night with { Name = "again" } };
        HistoryEntry[] entries =
        [
            Night(1),
            Night(2, outcome: GateOutcome.Improved),
            again,
            Night(4, outcome: GateOutcome.Undecided),
            Night(5, end: NightEnd.Interrupted),
            Night(6, outcome: GateOutcome.Regressed),
            Night(7) with { Night = Night(7).Night with { Planted = new Dictionary<string, string> { ["A"] = "1" } } },
            Night(8) with { Night = Night(8).Night with { Head = new BuiltCommit(null, null) } },
        ];

        Assert.Equal([$"{1:x40}", $"{2:x40}"], HistoryEpoch.PassedHeads(entries));
    }
}
