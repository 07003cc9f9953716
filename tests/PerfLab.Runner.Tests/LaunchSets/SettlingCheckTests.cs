using PerfLab.Runner.Validity;

namespace PerfLab.Runner.Tests.LaunchSets;

public sealed class SettlingCheckTests
{
    [Fact]
    public void Too_few_windows_say_nothing() => Assert.Null(SteadyStateCheck.HasSettled([7, 6, 5, 4, 3, 2, 1]));

    [Fact]
    public void Unmeasured_cpu_says_nothing() => Assert.Null(SteadyStateCheck.HasSettled([]));

    [Fact]
    public void Level_windows_have_settled() => Assert.True(SteadyStateCheck.HasSettled([9, 8, 1.0, 1.02, 0.99, 1.01, 1.0, 0.98, 1.0, 1.01]));

    [Fact]
    public void Falling_windows_have_not_settled() => Assert.False(SteadyStateCheck.HasSettled([2.4, 2.2, 2.0, 1.8, 1.6, 1.4, 1.2, 1.0]));

    [Fact]
    public void A_fall_of_less_than_a_tenth_is_not_waited_for() =>
        Assert.True(SteadyStateCheck.HasSettled([1.04, 1.03, 1.02, 1.01, 1.0, 0.99, 0.98, 0.97]));

    [Fact]
    public void One_odd_window_does_not_unsettle() => Assert.True(SteadyStateCheck.HasSettled([1, 1, 1, 1, 1, 1, 9, 1]));

    // A service that was driven in a closed loop costs more at a lower load; that is no warm-up.
    [Fact]
    public void A_rise_is_no_warm_up() => Assert.True(SteadyStateCheck.HasSettled([1, 1, 1, 1, 1.5, 1.6, 1.5, 1.6]));

    [Fact]
    public void Windows_that_scatter_widely_around_one_level_are_seldom_called_falling()
    {
        // Eight windows without a trend lie in this order in one of 70 cases, however far they scatter.
        var random = new Random(20261130);
        var falling = Enumerable.Range(0, 10_000).Count(_ => SteadyStateCheck.HasSettled([.. Enumerable.Range(0, 8).Select(_ => 1 + random.NextDouble())]) == false);

        Assert.InRange(falling, 100, 10_000 / 70 + 40);
    }

    // The odd window keeps the fall of one arm from being called one; beside seven others it does not keep them warm enough.
    [Fact]
    public void Arms_that_fall_together_have_not_settled_whatever_a_single_window_does()
    {
        double[] falling = [3, 2.8, 2.6, 2.4, 2.2, 2.0, 1.9, 1.8];
        double[] odd = [3, 2.8, 2.6, 2.4, 2.2, 2.0, 5, 1.8];

        Assert.True(SteadyStateCheck.HasSettled(odd));
        Assert.False(SteadyStateCheck.HaveSettled([falling, falling, falling, odd]));
    }

    [Fact]
    public void Arms_whose_windows_scatter_around_their_levels_have_settled_and_too_few_windows_have_not()
    {
        Assert.True(SteadyStateCheck.HaveSettled([[1, 1.2, 0.9, 1.1, 1.2, 0.9, 1.1, 1], [4, 5, 4, 5, 5, 4, 5, 4]]));
        Assert.False(SteadyStateCheck.HaveSettled([[1, 1, 1, 1, 1, 1, 1]]));
        Assert.True(SteadyStateCheck.HaveSettled([]));
    }
}
