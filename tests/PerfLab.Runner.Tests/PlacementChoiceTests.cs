using PerfLab.Runner.Machines;

namespace PerfLab.Runner.Tests;

public sealed class PlacementChoiceTests
{
    [Fact]
    public void One_processor_cannot_be_shared_out() => Assert.Null(CpuPlacement.For([0]));

    [Fact]
    public void Two_processors_give_one_to_each()
    {
        var placement = CpuPlacement.For([0, 1])!;

        Assert.Equal([1], placement.TargetCores);
        Assert.Equal([0], placement.LabCores);
    }

    [Fact]
    public void Many_processors_leave_the_lab_two()
    {
        var placement = CpuPlacement.For([2, 3, 6, 7, 8, 9])!;

        Assert.Equal([2, 3], placement.LabCores);
        Assert.Equal([6, 7, 8, 9], placement.TargetCores);
    }
}
