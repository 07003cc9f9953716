using PerfLab.Experiments.Plans;
using PerfLab.Load;
using PerfLab.Load.Drivers;
using PerfLab.Load.Simulations;
using PerfLab.Runner.LaunchSets;
using PerfLab.Runner.Targets;
using PerfLab.Runner.Tests.LaunchSets;

namespace PerfLab.Runner.Tests;

/// <summary>A moment in which a service gets no processor does not end a run; a service that never answers does, with the cause.</summary>
public sealed class ClosedLoopPilotTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void An_arm_that_answers_nothing_for_a_moment_is_visited_again(int silentVisits)
    {
        using var driver = new LateDriver(silentVisits);

        var rates = ClosedLoopPilot.TryOnce([Arm(driver)], new SilentProgress(), TestContext.Current.CancellationToken);

        Assert.Equal(silentVisits + 1, driver.Visits);
        Assert.Equal(500, rates["a"], 6);
    }

    [Fact]
    public void An_arm_that_never_answers_ends_the_run_after_five_visits_and_the_cause_is_named()
    {
        using var driver = new LateDriver(int.MaxValue);

        var error = Assert.Throws<TargetFailedException>(() => ClosedLoopPilot.TryOnce([Arm(driver)], new SilentProgress(), TestContext.Current.CancellationToken));

        Assert.Equal(5, driver.Visits);
        Assert.Contains("5 times in a row", error.Message, StringComparison.Ordinal);
        Assert.Contains("status 100: 503 came where 200 was expected", error.Message, StringComparison.Ordinal);
        Assert.Matches("Neighbors may be the cause|CPU quota of the control group may be the cause|Check target.requests", error.Message);
    }

    [Fact]
    public void An_interrupted_pilot_waits_for_no_further_visit()
    {
        using var driver = new LateDriver(int.MaxValue);
        using var interruption = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        driver.Visited = interruption.Cancel;

        Assert.ThrowsAny<OperationCanceledException>(() => ClosedLoopPilot.TryOnce([Arm(driver)], new SilentProgress(), interruption.Token));
        Assert.Equal(1, driver.Visits);
    }

    private static RunningArm Arm(LateDriver driver) => new(
        new PlannedArm("a", "a", "An arm.", ArmRole.Baseline, new Dictionary<string, string>()),
        [new ScriptedService(_ => 0.001)],
        driver) { Address = new Uri("http://127.0.0.1:1/") };

    /// <summary>Answers nothing as expected in its first visits, then 100 requests in each.</summary>
    private sealed class LateDriver(int silentVisits) : IRequestDriver
    {
        public int Visits { get; private set; }

        public Action? Visited { get; set; }

        public LoadResult RunOpen(ArrivalSchedule schedule, LatencyRecorder recorder, CancellationToken cancellationToken) => throw new NotSupportedException();

        public LoadResult RunClosed(ClosedLoad load, LatencyRecorder recorder, CancellationToken cancellationToken)
        {
            Visits++;
            Visited?.Invoke();
            var answered = AnsweredLoad.Of(100, seconds: 0.2);
            return Visits > silentVisits ? answered : answered with
            {
                Counts = answered.Counts with { Answered = 0, AnsweredInWindow = 0, Errors = 100 },
                Errors = new Dictionary<string, long>(StringComparer.Ordinal) { ["status"] = 100 },
                ErrorExamples = new Dictionary<string, string>(StringComparer.Ordinal) { ["status"] = "503 came where 200 was expected." },
            };
        }

        public void Dispose()
        {
            // Holds nothing.
        }
    }
}
