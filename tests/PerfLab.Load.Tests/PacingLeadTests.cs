using PerfLab.Load.Drivers;

namespace PerfLab.Load.Tests;

public sealed class PacingLeadTests
{
    [Fact]
    public void The_lead_settles_at_the_median_of_what_wake_ups_cost()
    {
        var lead = new PacingLead(limitNanoseconds: 60_000);
        var random = new RandomSequence(20261123);
        for (var i = 0; i < 1000; i++)
        {
            // 25 to 35 us, one in ten 500 us: the outliers must not drag it along.
            lead.Learn(random.NextBelow(10) == 0 ? 500_000 : 25_000 + random.NextBelow(10_000));
        }

        Assert.InRange(lead.Nanoseconds, 25_000, 36_000);
    }

    [Fact]
    public void The_lead_never_leaves_its_range()
    {
        var lead = new PacingLead(limitNanoseconds: 5_000);
        for (var i = 0; i < 100; i++)
        {
            lead.Learn(1_000_000);
        }

        Assert.Equal(5_000, lead.Nanoseconds);
        for (var i = 0; i < 100; i++)
        {
            lead.Learn(0);
        }

        Assert.Equal(0, lead.Nanoseconds);
    }

    [Fact]
    public void A_limit_of_zero_turns_it_off()
    {
        var lead = new PacingLead(limitNanoseconds: 0);
        lead.Learn(50_000);

        Assert.Equal(0, lead.Nanoseconds);
    }
}
