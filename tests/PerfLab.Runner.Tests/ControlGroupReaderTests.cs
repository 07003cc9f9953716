using PerfLab.Experiments.Inspections;
using PerfLab.Runner.Machines;

namespace PerfLab.Runner.Tests;

/// <summary>Control groups as the kernel shows them (Documentation/admin-guide/cgroup-v2.rst, cgroup-v1).</summary>
public sealed class ControlGroupReaderTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("pl-").FullName;

    [Fact]
    public void The_tightest_limit_on_the_way_to_the_root_counts()
    {
        Write("cgroup.controllers", "cpu memory\n");
        Write("a.slice/cpu.max", "150000 100000\n");
        Write("a.slice/memory.max", "max\n");
        Write("a.slice/b.scope/cpu.max", "max 100000\n");
        Write("a.slice/b.scope/memory.max", "536870912\n");
        Write("a.slice/b.scope/cpu.stat", "usage_usec 5\nnr_periods 9\nnr_throttled 4\nthrottled_usec 7\n");

        Assert.Equal(new ControlGroup(1.5, 536870912, 4), ControlGroupReader.Read(_root, ["0::/a.slice/b.scope"]));
    }

    [Fact]
    public void A_container_sees_its_own_group_at_the_root()
    {
        Write("cgroup.controllers", "cpu\n");
        Write("cpu.max", "50000 100000\n");

        Assert.Equal(new ControlGroup(0.5, null, null), ControlGroupReader.Read(_root, ["0::/docker/4711"]));
    }

    [Fact]
    public void Version_1_has_a_folder_for_each_controller()
    {
        Write("cpu/docker/1/cpu.cfs_quota_us", "200000\n");
        Write("cpu/docker/1/cpu.cfs_period_us", "100000\n");
        Write("cpu/docker/1/cpu.stat", "nr_periods 1\nnr_throttled 3\nthrottled_time 8\n");
        Write("cpu/cpu.cfs_quota_us", "-1\n");
        Write("cpu/cpu.cfs_period_us", "100000\n");
        Write("memory/docker/1/memory.limit_in_bytes", "9223372036854771712\n");

        Assert.Equal(new ControlGroup(2, null, 3), ControlGroupReader.Read(_root, ["5:cpu,cpuacct:/docker/1", "4:memory:/docker/1"]));
    }

    // The kernel counts in each group what its own quota stopped: 0.25 s by that of the group, 1.5 s by that of the one above.
    [Fact]
    public void What_the_quotas_of_a_group_and_of_those_above_it_stopped_is_added_up()
    {
        Write("cgroup.controllers", "cpu\n");
        Write("cpu.stat", "usage_usec 9\n");
        Write("a.slice/cpu.stat", "nr_throttled 4\nthrottled_usec 1500000\n");
        Write("a.slice/b.slice/cpu.stat", "usage_usec 5\n");
        Write("a.slice/b.slice/c.scope/cpu.stat", "nr_throttled 1\nthrottled_usec 250000\n");

        var folders = ControlGroupReader.CpuFolders(_root, ["0::/a.slice/b.slice/c.scope"]);

        Assert.Equal(4, folders.Count);
        Assert.Equal(1.75, ControlGroupReader.ThrottledSeconds(folders)!.Value, 9);
    }

    [Fact]
    public void Version_1_counts_in_nanoseconds_and_is_added_up_too()
    {
        Write("cpu/docker/cpu.stat", "nr_throttled 4\nthrottled_time 1500000000\n");
        Write("cpu/docker/1/cpu.stat", "nr_throttled 1\nthrottled_time 250000000\n");

        Assert.Equal(1.75, ControlGroupReader.ThrottledSeconds(ControlGroupReader.CpuFolders(_root, ["5:cpu,cpuacct:/docker/1"]))!.Value, 9);
    }

    [Fact]
    public void Where_no_group_counts_it_the_sum_is_not_measured_rather_than_zero()
    {
        Write("cgroup.controllers", "cpu\n");
        Write("a.slice/cpu.stat", "usage_usec 5\n");

        Assert.Null(ControlGroupReader.ThrottledSeconds(ControlGroupReader.CpuFolders(_root, ["0::/a.slice"])));
        Assert.Null(ControlGroupReader.ThrottledSeconds([]));
    }

    [Fact]
    public void No_limit_is_null()
    {
        Write("cgroup.controllers", "cpu\n");
        Write("cpu.max", "max 100000\n");

        Assert.Equal(new ControlGroup(null, null, null), ControlGroupReader.Read(_root, ["0::/"]));
        Assert.Null(ControlGroupReader.Read(Path.Combine(_root, "none"), []));
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private void Write(string path, string text)
    {
        var file = Path.Combine(_root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
