using System.Buffers.Binary;
using PerfLab.Collector.Accounting;

namespace PerfLab.Collector.Tests;

public sealed class TraceCardinalityTests
{
    // Five standard errors of 1.04 / sqrt(4096).
    private const double Tolerance = 5 * 0.01625;

    [Theory]
    [InlineData(1, true)]
    [InlineData(100, true)]
    [InlineData(5_000, true)]
    [InlineData(20_000, false)]
    [InlineData(1_000_000, true)]
    [InlineData(1_000_000, false)]
    public void The_estimate_is_within_five_standard_errors(int traces, bool random)
    {
        var source = new Random(20261122);
        var cardinality = new TraceCardinalityEstimator();
        var id = new byte[16];
        for (var index = 1; index <= traces; index++)
        {
            // Ids that count up are the worst that an exporter may send.
            BinaryPrimitives.WriteInt32BigEndian(id.AsSpan(12), index);
            if (random)
            {
                source.NextBytes(id);
            }

            cardinality.Add(id);
            cardinality.Add(id);
        }

        Assert.InRange(cardinality.Estimate, Math.Floor(traces * (1 - Tolerance)), Math.Ceiling(traces * (1 + Tolerance)));
    }

    [Fact]
    public void Nothing_is_zero()
    {
        var cardinality = new TraceCardinalityEstimator();
        Assert.Equal(0, cardinality.Estimate);
        cardinality.Add(new byte[16]);
        cardinality.Clear();
        Assert.Equal(0, cardinality.Estimate);
    }
}
