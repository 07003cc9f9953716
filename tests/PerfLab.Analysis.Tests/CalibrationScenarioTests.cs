using PerfLab.Analysis.Calibration;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Analysis.Tests;

public class CalibrationScenarioTests
{
    [Fact]
    public void Only_the_kinds_that_were_asked_for_are_left_beside_the_baseline()
    {
        Assert.Equal(["plain", "cpu", "bytes"], Names());
        Assert.Equal(["plain", "bytes"], Names(KnownCostKind.Bytes));
        Assert.Null(CalibrationScenario.Of(Scenario(), [KnownCostKind.Delay], TimeSpan.FromMinutes(1)));
    }

    private static IEnumerable<string> Names(params KnownCostKind[] kinds) =>
        CalibrationScenario.Of(Scenario(), kinds, TimeSpan.FromMinutes(1))!.Variants.Select(variant => variant.Name);

    private static Scenario Scenario() => new()
    {
        Name = "calibrate",
        Question = "Is it found?",
        Target = new TargetDefinition([], []),
        Load = new LoadDefinition { RatePerSecond = 1, CapacityShare = 0.5, Arrivals = ArrivalProcess.Poisson, MaxInFlight = 1 },
        Design = new DesignDefinition
        {
            LaunchSets = 6,
            Precision = [],
            Rounds = 2,
            Slice = TimeSpan.FromSeconds(1),
            WarmUp = TimeSpan.FromSeconds(1),
            WarmUpLimit = TimeSpan.FromSeconds(1),
            Budget = TimeSpan.FromMinutes(5),
            Runtime = RuntimeProfile.Lab,
            Seed = 1,
        },
        Variants = [Variant("plain"), Variant("cpu", ("SHOP_HANDICAP_CPU_US", "20")), Variant("bytes", ("SHOP_HANDICAP_ALLOC_BYTES", "1000")), Variant("other", ("A", "b"))],
        Baseline = "plain",
        PracticalThresholds = new Dictionary<PerfLab.Experiments.MetricId, double>(),
        Thresholds = [],
    };

    private static Variant Variant(string name, params (string Name, string Value)[] variables) =>
        new(name, name, variables.ToDictionary(variable => variable.Name, variable => variable.Value));
}
