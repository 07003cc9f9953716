using PerfLab.Runner.Validity;

namespace PerfLab.Runner.Tests.LaunchSets;

public sealed class SettlingCheckTests
{
    [Fact]
    public void Too_few_windows_say_nothing() => Assert.Null(SteadyStateCheck.HasSettled([5, 4, 3, 2, 1]));

    [Fact]
    public void Unmeasured_cpu_says_nothing() => Assert.Null(SteadyStateCheck.HasSettled([]));

    [Fact]
    public void Level_windows_have_settled() => Assert.True(SteadyStateCheck.HasSettled([9, 8, 1.0, 1.02, 0.99, 1.01, 1.0, 0.98]));

    [Fact]
    public void Falling_windows_have_not_settled() => Assert.False(SteadyStateCheck.HasSettled([2.0, 1.8, 1.6, 1.4, 1.2, 1.0]));

    [Fact]
    public void One_odd_window_does_not_unsettle() => Assert.True(SteadyStateCheck.HasSettled([1, 1, 1, 1, 9, 1]));
}
