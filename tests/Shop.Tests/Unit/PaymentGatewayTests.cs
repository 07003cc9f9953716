using System.Diagnostics;
using Shop.Services;
using Shop.Settings;

namespace Shop.Tests.Unit;

public sealed class PaymentGatewayTests
{
    private static readonly PaymentRequest Request = new("order-1", "card", 10m);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.1, 20)]
    [InlineData(0.015, 3)]
    [InlineData(1, 200)]
    public async Task Exactly_the_given_share_of_charges_fails(double ratio, int expected)
    {
        var gateway = new PaymentGateway(new PaymentGatewaySettings(TimeSpan.Zero, ratio));
        var failed = 0;
        for (var charge = 0; charge < 200; charge++)
        {
            try
            {
                Assert.NotNull(await gateway.ChargeAsync(Request, TestContext.Current.CancellationToken));
            }
            catch (PaymentGatewayException)
            {
                failed++;
            }
        }

        Assert.Equal(expected, failed);
    }

    [Fact]
    public async Task An_answer_takes_its_time_and_the_wait_can_be_ended()
    {
        var clock = Stopwatch.StartNew();
        await new PaymentGateway(new PaymentGatewaySettings(TimeSpan.FromMilliseconds(50), 0)).ChargeAsync(Request, TestContext.Current.CancellationToken);

        // Timers run on a coarser clock than the stopwatch and may be early by one of its ticks.
        Assert.True(clock.Elapsed > TimeSpan.FromMilliseconds(30));

        var slow = new PaymentGateway(new PaymentGatewaySettings(TimeSpan.FromMinutes(5), 0));
        using var gone = new CancellationTokenSource();
        var charge = slow.ChargeAsync(Request, gone.Token).AsTask();
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => charge);
    }
}
