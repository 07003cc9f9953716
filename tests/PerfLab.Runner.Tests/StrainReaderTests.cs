using PerfLab.Experiments.Results;
using PerfLab.Runner.Machines;
using PerfLab.Runner.Validity;

namespace PerfLab.Runner.Tests;

/// <summary>Steal, pressure and throttling from files as the kernel writes them (proc(5), psi.rst, cgroup-v2.rst, cgroup-v1), in a folder that stands for the root.</summary>
public sealed class StrainReaderTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("pl-").FullName;

    [Fact]
    public void A_container_with_a_quota_on_a_shared_machine_is_read_as_the_kernel_wrote_it()
    {
        // 12 s of steal, 26,367.711937 s of waiting, 3.5 s of throttling in the pod above the container.
        Write("proc/stat", "cpu  100 0 200 3000 40 0 5 1200 0 0\ncpu0 50 0 100 1500 20 0 3 600 0 0\n");
        Write("proc/pressure/cpu", "some avg10=3.92 avg60=1.74 avg300=17.76 total=26367711937\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=0\n");
        Write("proc/self/cgroup", "0::/kubepods/pod1/container1\n");
        Write("sys/fs/cgroup/cgroup.controllers", "cpu memory\n");
        Write("sys/fs/cgroup/kubepods/pod1/cpu.stat", "usage_usec 9\nnr_periods 100\nnr_throttled 35\nthrottled_usec 3500000\n");
        Write("sys/fs/cgroup/kubepods/pod1/container1/cpu.stat", "usage_usec 9\nnr_periods 0\nnr_throttled 0\nthrottled_usec 0\n");

        var read = new StrainReader([], _root).Read();

        Assert.Equal(12, read.StealSeconds);
        Assert.Equal(26367.711937, read.PressureSeconds!.Value, 9);
        Assert.Equal(3.5, read.ThrottledSeconds);
        Assert.Null(read.TargetThrottledSeconds);
    }

    [Fact]
    public void What_was_stolen_from_one_processor_is_read_apart()
    {
        Write("proc/stat", "cpu  100 0 200 3000 40 0 5 1200 0 0\ncpu0 50 0 100 1500 20 0 3 900 0 0\ncpu1 50 0 100 1500 20 0 2 300 0 0\ncpu10 1 0 1 1 1 0 1 77 0 0\n");

        Assert.Equal((12, 3), (StealTime.ReadSeconds(_root), StealTime.ReadSeconds(_root, processor: 1)));
        Assert.Null(StealTime.ReadSeconds(_root, processor: 2));
    }

    [Fact]
    public void Targets_in_a_control_group_of_their_own_are_read_apart()
    {
        Write("proc/self/cgroup", "0::/user.slice\n");
        Write("proc/41/cgroup", "0::/user.slice\n");
        Write("proc/42/cgroup", "0::/service.slice\n");
        Write("proc/43/cgroup", "0::/service.slice\n");
        Write("sys/fs/cgroup/cgroup.controllers", "cpu\n");
        Write("sys/fs/cgroup/user.slice/cpu.stat", "nr_throttled 0\nthrottled_usec 0\n");
        Write("sys/fs/cgroup/service.slice/cpu.stat", "nr_throttled 4\nthrottled_usec 250000\n");

        var read = new StrainReader([41, 42, 43, 4711], _root).Read();

        Assert.Equal((0, 0.25), (read.ThrottledSeconds, read.TargetThrottledSeconds));
        Assert.Null(new StrainReader([41], _root).Read().TargetThrottledSeconds);
    }

    [Fact]
    public void Version_1_counts_nanoseconds()
    {
        Write("proc/self/cgroup", "4:memory:/docker/1\n1:cpu,cpuacct:/docker/1\n");
        Write("sys/fs/cgroup/cpu/docker/1/cpu.stat", "nr_periods 9\nnr_throttled 3\nthrottled_time 1750000000\n");

        Assert.Equal(1.75, new StrainReader([], _root).Read().ThrottledSeconds);
    }

    [Fact]
    public void What_a_system_does_not_tell_stays_unknown()
    {
        var strain = (new StrainReader([1], _root).Read() - StrainCounters.Zero).Over(2);

        Assert.Equal(new MachineStrain(null, null, null, null), strain);
        Assert.Equal(StrainCause.Unknown, strain.LikelyCause);
    }

    [Theory]
    [InlineData(0.02, 0.9, 0.5, StrainCause.Neighbors)]
    [InlineData(0.005, 0.9, 0.5, StrainCause.Throttling)]
    [InlineData(0.005, 0.9, 0.005, StrainCause.Neighbors)]
    [InlineData(0.005, 0.3, 0.005, StrainCause.Target)]
    public void Neighbors_come_before_the_quota_and_the_quota_before_the_target(double steal, double pressure, double throttled, StrainCause cause) =>
        Assert.Equal(cause, new MachineStrain(steal, pressure, throttled, null).LikelyCause);

    [Theory]
    [InlineData(0.005, null, 0)]
    [InlineData(0.2, null, 1)]
    [InlineData(0.2, 0.3, 2)]
    [InlineData(null, 0.3, 1)]
    public void A_quota_that_stopped_processes_is_a_warning_and_voids_nothing(double? own, double? targets, int findings)
    {
        var usage = new PerfLabUsage(WindowSeconds: 10, CpuSeconds: 1, Cores: 1, StealSeconds: 0) { Strain = new MachineStrain(0, 0.1, own, targets) };

        var found = GeneratorChecks.Run(usage).ToList();

        Assert.Equal(findings, found.Count);
        Assert.All(found, finding => Assert.Equal((FindingSeverity.Warning, "cpu-throttled"), (finding.Severity, finding.Code)));
    }

    [Fact]
    public void A_run_of_before_says_nothing_of_it() =>
        Assert.Empty(GeneratorChecks.Run(new PerfLabUsage(WindowSeconds: 10, CpuSeconds: 1, Cores: 1, StealSeconds: 0)));

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private void Write(string path, string text)
    {
        var file = Path.Combine(_root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
