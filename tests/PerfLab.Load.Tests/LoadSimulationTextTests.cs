using System.Globalization;
using PerfLab.Load.Simulations;

namespace PerfLab.Load.Tests;

public sealed class LoadSimulationTextTests
{
    [Fact]
    public void Every_word_of_NBomber_is_read()
    {
        LoadSimulation[] expected =
        [
            new LoadSimulation.Inject(2000, TimeSpan.FromSeconds(30)),
            new LoadSimulation.InjectRandom(0.5, TimeSpan.FromMinutes(2)),
            new LoadSimulation.RampingInject(0, TimeSpan.FromMilliseconds(1500)),
            new LoadSimulation.KeepConstant(8, TimeSpan.FromHours(1)),
            new LoadSimulation.RampingConstant(0, TimeSpan.FromSeconds(1.5)),
            new LoadSimulation.IterationsForInject(10, 100),
            new LoadSimulation.IterationsForConstant(4, 1000),
            new LoadSimulation.Pause(TimeSpan.FromMilliseconds(500)),
        ];

        Assert.Equal(expected, LoadSimulationSyntax.Parse("""
            inject(2000/s, 30s), inject_random( 0.5 , 2m );
            ramping_inject(0, 1500ms)
            keep_constant(8, 1h), ramping_constant(0, 1.5s), iterations_for_inject(10, 100), iterations_for_constant(4, 1000), pause(500ms)
            """));
        Assert.Equal(expected.Length, LoadSimulationSyntax.Forms.Count);
    }

    [Theory]
    [InlineData("", "holds no load")]
    [InlineData("inject 100 for 30s", "is not WORD(ARGUMENTS)")]
    [InlineData("inject(100, 30s", "is not WORD(ARGUMENTS)")]
    [InlineData("injekt(100, 30s)", "unknown word")]
    [InlineData("inject(100)", "needs RATE, DURATION")]
    [InlineData("inject(-1, 30s)", "rate '-1'")]
    [InlineData("inject(0, 30s)", "rate '0'")]
    [InlineData("inject(NaN, 30s)", "rate 'NaN'")]
    [InlineData("inject(1e400, 30s)", "rate '1e400'")]
    [InlineData("inject(100, 30)", "duration '30'")]
    [InlineData("inject(100, 0s)", "duration '0s'")]
    [InlineData("inject(100, 1,5s)", "needs RATE, DURATION")]
    [InlineData("keep_constant(1.5, 30s)", "count '1.5'")]
    [InlineData("keep_constant(0, 30s)", "count '0'")]
    [InlineData("pause()", "duration ''")]
    [InlineData("pause(1e30h)", "duration '1e30h'")]
    public void What_is_wrong_is_named_with_what_would_be_right(string text, string fault)
    {
        var message = Assert.Throws<FormatException>(() => LoadSimulationSyntax.Parse(text)).Message;

        Assert.Contains(fault, message, StringComparison.Ordinal);
        Assert.Contains("keep_constant(COPIES, DURATION)", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    public void Numbers_are_read_alike_in_every_culture(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            Assert.Equal([new LoadSimulation.Inject(0.5, TimeSpan.FromSeconds(1.5))], LoadSimulationSyntax.Parse("inject(0.5, 1.5s)"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("inject(2000, 30s)")]
    [InlineData("inject_random(0.5, 1h), ramping_inject(500, 90s), pause(250ms)")]
    [InlineData("iterations_for_inject(10, 5), keep_constant(64, 1m), ramping_constant(0, 2m), iterations_for_constant(3, 7)")]
    [InlineData("pause(1.5ms)")]
    public void What_is_written_is_read_again(string text) =>
        Assert.Equal(text, LoadSimulationSyntax.Write(LoadSimulationSyntax.Parse(text)));
}
