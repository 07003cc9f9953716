using PerfLab.Analysis.Traces;
using PerfLab.Experiments.Results;

namespace PerfLab.Analysis.Tests;

public sealed class AlertRuleTests
{
    private const double Burst = 5;

    [Fact]
    public void An_alert_fires_when_enough_of_the_window_counts()
    {
        // Ten traces a second; from the burst on every one counts: 30 % of two seconds' worth are six traces.
        var events = Steady(10, 0, 5).Concat(Steady(10, 5, 9, counts: true));

        var alert = Replay(events);

        Assert.Equal(0.6, alert.DelaySeconds!.Value, precision: 6);
        Assert.Equal((false, 0), (alert.WasFiring, alert.FalseCount));
    }

    [Fact]
    public void What_is_seen_late_is_told_late()
    {
        var events = Steady(10, 0, 5).Concat(Steady(10, 5, 9, counts: true).Select(seen => seen with { SeenSeconds = seen.SeenSeconds + 3 }));

        // In the gap of three seconds nothing comes, so the first five late traces are all there is in the window.
        Assert.Equal(3.5, Replay(events).DelaySeconds!.Value, precision: 6);
    }

    [Fact]
    public void Too_few_traces_fire_nothing()
    {
        var alert = Replay([new AlertEvent(5.5, Counts: true, IsOfBurst: true), new AlertEvent(6, Counts: true, IsOfBurst: true)]);

        Assert.Equal(new AlertRecord(null, WasFiring: false, 0), alert);
    }

    [Fact]
    public void An_alert_without_a_trace_of_the_burst_is_false()
    {
        var events = Steady(10, 1, 2, counts: true, isOfBurst: false).Concat(Steady(10, 2, 5)).Concat(Steady(10, 5, 9, counts: true));

        var alert = Replay(events);

        Assert.Equal((1, false), (alert.FalseCount, alert.WasFiring));
        Assert.NotNull(alert.DelaySeconds);
    }

    [Fact]
    public void An_alert_that_was_firing_already_tells_nothing()
    {
        var events = Steady(10, 0, 5, counts: true, isOfBurst: false).Concat(Steady(10, 5, 9, counts: true));

        Assert.Equal(new AlertRecord(null, WasFiring: true, 1), Replay(events));
    }

    [Fact]
    public void Nothing_to_see_is_never_an_alert() => Assert.Equal(new AlertRecord(null, WasFiring: false, 0), Replay([]));

    private static AlertRecord Replay(IEnumerable<AlertEvent> events) => new AlertRule(windowSeconds: 2, ratio: 0.3, atLeast: 5).Replay(events, Burst, endSeconds: 15);

    // Traces at equal distances, each seen a hair before its look.
    private static IEnumerable<AlertEvent> Steady(int perSecond, double from, double to, bool counts = false, bool isOfBurst = true) =>
        Enumerable.Range(1, (int)Math.Round((to - from) * perSecond)).Select(index => new AlertEvent(from + ((double)index / perSecond) - 0.001, counts, counts && isOfBurst));
}
