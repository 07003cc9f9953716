using PerfLab.Runner.Validity;

namespace PerfLab.Runner.Tests.LaunchSets;

public sealed class CompilationCheckTests
{
    [Fact]
    public void Too_few_windows_say_nothing() => Assert.Null(CompilationCheck.IsDone([1000, 1001, 1002]));

    [Fact]
    public void Uncounted_methods_say_nothing() => Assert.Null(CompilationCheck.IsDone([]));

    [Fact]
    public void A_few_rare_methods_do_not_delay() => Assert.True(CompilationCheck.IsDone([1000, 7000, 7040, 7060, 7120]));

    [Fact]
    public void Many_methods_in_the_last_window_are_not_done() => Assert.False(CompilationCheck.IsDone([1000, 7000, 7040, 7060, 7400]));

    [Fact]
    public void Many_methods_some_windows_ago_are_not_done() => Assert.False(CompilationCheck.IsDone([1000, 6000, 7000, 7040, 7060]));
}
