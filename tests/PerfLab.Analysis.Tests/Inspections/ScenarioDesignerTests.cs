using PerfLab.Analysis.Inspections;
using PerfLab.Experiments.Inspections;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Analysis.Tests.Inspections;

/// <summary>Rate, rounds and launch sets of a new scenario.</summary>
public sealed class ScenarioDesignerTests
{
    [Theory]
    [InlineData(2000, null, 600)] // 30 %
    [InlineData(1234, null, 370)] // 370.2, two digits
    [InlineData(50_000, null, 1000)] // no more
    [InlineData(2, null, 1)] // no less
    [InlineData(2000, 40.0, 40)]
    [InlineData(2000, 1000.0, 1000)] // half
    [InlineData(2000, 1001.0, 600)]
    public void The_rate_is_that_of_production_or_leaves_room(double capacity, double? wanted, double expected)
    {
        var choice = RateChoice.Of(InspectedService.Capacity(capacity).Result, wanted);

        Assert.Equal(expected, choice.RatePerSecond);
        Assert.Equal(("always-on", capacity), (choice.SlowestArm, choice.CapacityPerSecond));
        Assert.Equal(wanted > expected, choice.IsLowered);
    }

    [Fact]
    public void A_window_holds_two_batches_and_a_thousand_requests_to_each_arm()
    {
        var proposal = ScenarioDesigner.Propose(InspectedService.Good, Seconds);

        // off, off', always-on, ratio-10: 4 arms of 100 ms, so 10 s are 25 rounds; 600/s bring 60 requests a slice, and 25 rounds 1,500.
        Assert.Equal(["off", "always-on", "ratio-10"], proposal.Scenario.Variants.Select(variant => variant.Name));
        Assert.Equal((25, TimeSpan.FromMilliseconds(100), 12), (proposal.Scenario.Design.Rounds, proposal.Scenario.Design.Slice, proposal.Scenario.Design.LaunchSets));
        Assert.Equal(1500, proposal.RequestsPerArm, 6);
    }

    [Fact]
    public void The_users_own_batch_delay_counts()
    {
        var process = InspectedService.Description.Process with { Environment = new Dictionary<string, string> { ["OTEL_BSP_SCHEDULE_DELAY"] = "15000" } };
        var inspection = InspectedService.Good with { Port = new PortHandling(PortHandlingKind.Placeholder, process) };

        Assert.Equal(75, ScenarioDesigner.Propose(inspection, Seconds).Scenario.Design.Rounds);
    }

    [Fact]
    public void Few_requests_get_longer_slices_and_a_thousand_in_all_launch_sets_where_each_would_take_too_long()
    {
        var slow = InspectedService.Good with { Service = InspectedService.Description with { RatePerSecond = 20 } };
        var slower = InspectedService.Good with { Service = InspectedService.Description with { RatePerSecond = 2 } };

        // 20/s: 500 ms for 10 requests, 100 rounds of 4 arms for 1,000 are 200 s a launch set and 40 min in all; 1,000 / 12 take 9 rounds, and 20 are the least.
        var design = ScenarioDesigner.Propose(slow, Seconds).Scenario.Design;
        Assert.Equal((500, 20), (design.Slice.TotalMilliseconds, design.Rounds));

        // 2/s: 1 s at most for 2 requests; 1,000 in 12 launch sets are 42 rounds.
        design = ScenarioDesigner.Propose(slower, Seconds).Scenario.Design;
        Assert.Equal((1000, 42), (design.Slice.TotalMilliseconds, design.Rounds));
    }

    [Fact]
    public void A_sampler_that_cannot_be_chosen_leaves_the_ratio_out()
    {
        var proposal = ScenarioDesigner.Propose(InspectedService.Good with { HalfSampled = InspectedService.Trial(200, traces: 200) }, Seconds);

        Assert.Equal(["off", "always-on"], proposal.Scenario.Variants.Select(variant => variant.Name));
    }

    [Fact]
    public void The_budget_has_room_for_all_launch_sets_and_a_slow_start_gets_a_longer_limit()
    {
        var proposal = ScenarioDesigner.Propose(InspectedService.Good with { StartSeconds = 40 }, Seconds);
        var design = proposal.Scenario.Design;

        Assert.True(design.Budget.TotalSeconds > proposal.Seconds, $"{design.Budget} for {proposal.Seconds} s");
        Assert.Equal(120, proposal.Scenario.Target.Processes[0].Ready.Timeout.TotalSeconds);
    }

    [Fact]
    public void A_Java_service_warms_up_for_longer() =>
        Assert.Equal(30, ScenarioDesigner.Propose(InspectedService.Good with { Runtime = ServiceRuntime.Java }, Seconds).Scenario.Design.WarmUp.TotalSeconds);

    // Starts and stops, and the slices.
    private static double Seconds(DesignDefinition design, int arms) => 5 + (arms * (design.WarmUp + (design.Rounds * design.Slice)).TotalSeconds);

    [Theory]
    [InlineData(ServiceRuntime.Node, "node app.js", "node --no-memory-reducer app.js")]
    [InlineData(ServiceRuntime.Node, "/opt/node22/bin/node --enable-source-maps app.js", "/opt/node22/bin/node --no-memory-reducer --enable-source-maps app.js")]
    [InlineData(ServiceRuntime.Node, "env NODE_ENV=production node app.js", "env NODE_ENV=production node --no-memory-reducer app.js")]
    [InlineData(ServiceRuntime.Node, "sudo -u node node app.js", "sudo -u node node --no-memory-reducer app.js")]
    [InlineData(ServiceRuntime.Node, "./wait-for-it.sh db:5432 -- node app.js", "./wait-for-it.sh db:5432 -- node --no-memory-reducer app.js")]
    [InlineData(ServiceRuntime.Node, "docker run node node app.js", "docker run node node app.js")]
    [InlineData(ServiceRuntime.Node, "node --no-memory-reducer app.js", "node --no-memory-reducer app.js")]
    [InlineData(ServiceRuntime.Unknown, "node.exe app.js", "node.exe --no-memory-reducer app.js")]
    [InlineData(ServiceRuntime.Node, "npm start", "npm start")]
    [InlineData(ServiceRuntime.DotNet, "dotnet node.dll", "dotnet node.dll")]
    public void Node_itself_is_kept_from_taking_variants_that_take_turns_for_idle(ServiceRuntime runtime, string command, string expected)
    {
        var good = InspectedService.Good;
        var inspection = good with { Runtime = runtime, Port = good.Port! with { Process = good.Port.Process with { Command = command.Split(' ') } } };

        Assert.Equal(expected, string.Join(' ', ScenarioDesigner.Propose(inspection, Seconds).Scenario.Target.Processes[0].Command));
    }
}
