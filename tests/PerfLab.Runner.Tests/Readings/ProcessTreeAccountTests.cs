using PerfLab.Runner.Machines;
using PerfLab.Runner.Readings;

namespace PerfLab.Runner.Tests.Readings;

/// <summary>Real processes that burn a known CPU time: whatever part of the tree burns it, it is charged.</summary>
public sealed class ProcessTreeAccountTests : IDisposable
{
    // What forking and handing over add, and what the ticks take away in which the kernel counts ended children.
    private const double Tolerance = 0.05;
    private const double BurnSeconds = 0.5;

    private readonly string _mark = $"PERFLAB_TEST_TREE={Guid.NewGuid():N}";
    private readonly BurningProcess? _process;
    private readonly TrackedProcessTree? _tree;
    private readonly ProcessTreeAccount? _account;

    public ProcessTreeAccountTests()
    {
        if (OperatingSystem.IsLinux())
        {
            _process = new BurningProcess(_mark);
            _tree = new TrackedProcessTree(_process.Id, _mark);
            _account = new ProcessTreeAccount(_tree);
        }
    }

    [Theory]
    [InlineData("self")]
    [InlineData("ended-thread")]
    [InlineData("ended-child")]
    [InlineData("living-child")]
    [InlineData("orphan")]
    public void What_a_part_of_the_tree_burns_is_charged(string part)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Reads the kernel's clocks.");
        var before = _account!.Read().CpuSeconds;

        _process!.Do(part, BurnSeconds);

        Assert.InRange(_account.Read().CpuSeconds - before, BurnSeconds * (1 - Tolerance), BurnSeconds * (1 + Tolerance));
    }

    [Fact]
    public void Two_workers_are_charged_both()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Reads the kernel's clocks.");
        var before = _account!.Read().CpuSeconds;

        _process!.Do("living-child", 0.2);
        _process.Do("living-child", 0.3);

        Assert.InRange(_account.Read().CpuSeconds - before, 0.5, 0.5 * (1 + Tolerance));
    }

    [Theory]
    [InlineData("living-child")]
    [InlineData("orphan")]
    [InlineData("ended-child")]
    public void The_programs_of_a_tree_add_up_to_what_it_used(string part)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Reads the kernel's clocks.");
        var before = _account!.Read().CpuSeconds;
        var used = _account.ByProgram().Sum(program => program.CpuSeconds);

        _process!.Do(part, BurnSeconds);

        var total = _account.Read().CpuSeconds - before;
        var programs = _account.ByProgram();

        Assert.All(programs, program => Assert.StartsWith("python", program.Program, StringComparison.Ordinal));
        Assert.InRange(programs.Sum(program => program.ProcessCount), 1, 2);

        // A child that ended before it was seen is charged to no name.
        Assert.InRange(programs.Sum(program => program.CpuSeconds) - used, part == "ended-child" ? 0 : total * (1 - Tolerance), total + 1e-6);
    }

    [Fact]
    public void A_millisecond_is_seen_where_clock_ticks_are_ten()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Reads the kernel's clocks.");
        var before = _account!.Read().CpuSeconds;

        _process!.Do("self", 0.001);

        Assert.InRange(_account.Read().CpuSeconds - before, 0.001, 0.004);
        Assert.False(_account.IsInTicks);
    }

    [Fact]
    public void A_child_that_nobody_waits_for_stays_charged_after_its_end()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Reads the kernel's clocks.");
        _process!.Do("ignore-children");
        var before = _account!.Read().CpuSeconds;
        _process.Do("living-child", BurnSeconds);
        var alive = _account.Read().CpuSeconds;
        var child = Assert.Single(_tree!.Members, member => member.Id != _process.Id);

        ProcessTree.KillSurvivors([child]);
        SpinWait.SpinUntil(() => ProcessIdentity.Read(child.Id) is null, TimeSpan.FromSeconds(5));

        Assert.InRange(alive - before, BurnSeconds, BurnSeconds * (1 + Tolerance));
        Assert.InRange(_account.Read().CpuSeconds - before, BurnSeconds, BurnSeconds * (1 + Tolerance));
        Assert.DoesNotContain(child, _tree.Members);
    }

    [Fact]
    public void Children_that_come_and_go_never_make_the_time_run_backwards()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Reads the kernel's clocks.");
        var before = _account!.Read().CpuSeconds;
        var previous = before;
        for (var child = 0; child < 20; child++)
        {
            _process!.Do("ended-child", 0.013);
            var now = _account.Read().CpuSeconds;
            Assert.True(now >= previous, $"{now} after {previous}");
            previous = now;
        }

        // Each child is forked and waited for; ended ones are counted in ticks of 10 ms, user and system time apart.
        Assert.InRange(previous - before, 0.26 - 0.02, 0.26 * 1.5);
    }

    [Fact]
    public void Resident_memory_is_that_of_the_tree()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Reads the kernel's clocks.");
        var alone = _account!.Read().ResidentBytes;

        _process!.Do("living-child", 0.01);

        Assert.True(alone > 1_000_000, "An interpreter takes megabytes.");
        Assert.InRange(_account.Read().ResidentBytes, alone * 1.2, alone * 3.0);
    }

    [Fact]
    public void A_process_that_has_ended_cannot_be_read()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Reads the kernel's clocks.");

        Assert.Throws<IOException>(() => new ProcessTreeAccount(new TrackedProcessTree(int.MaxValue, mark: null)).Read());
    }

    public void Dispose()
    {
        if (_process is not null)
        {
            _tree!.Refresh();
            var members = _tree.Members.ToList();
            _process.Dispose();
            ProcessTree.KillSurvivors(members);
        }
    }
}
