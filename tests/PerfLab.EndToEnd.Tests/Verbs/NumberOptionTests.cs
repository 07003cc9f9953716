using PerfLab.EndToEnd.Tests.Programs;

namespace PerfLab.EndToEnd.Tests.Verbs;

/// <summary>Options whose value is a whole number.</summary>
public sealed class NumberOptionTests
{
    [Theory]
    [InlineData("1k", "from 1 to 2147483647 (--max-in-flight)", "1000", "load", "http://127.0.0.1:1/", "--rate", "5", "--max-in-flight")]
    [InlineData("-1", "from 0 to 18446744073709551615 (--seed)", "1", "load", "http://127.0.0.1:1/", "--rate", "5", "--seed")]
    [InlineData("0x10", "from 0 to 18446744073709551615 (--seed)", "1", "load", "http://127.0.0.1:1/", "--rate", "5", "--seed")]
    [InlineData("x", "from 4 to 1000 (--rounds)", "16", "capacity", "smoke", "--slo", "p(99)<20", "--rounds")]
    [InlineData("3", "from 4 to 1000 (--rounds)", "16", "capacity", "smoke", "--slo", "p(99)<20", "--rounds")]
    [InlineData("1.5", "from 1 to 1000 (--launch-sets)", "6", "capacity", "smoke", "--slo", "p(99)<20", "--launch-sets")]
    [InlineData("eight", "from 4 to 40 (--arms)", "8", "noise", "--arms")]
    [InlineData("99999999999999999999", "from 0 to 1000000 (--keep)", "20", "clean", "--keep")]
    [InlineData("20s", "from 5 to 600 (--diagnose-seconds)", "20", "scenario", "smoke", "--diagnose", "off", "--diagnose-seconds")]
    public async Task What_is_no_whole_number_is_104_with_the_range_and_a_number_that_suits(string value, string range, string suits, params string[] command)
    {
        var run = await Cli.RunAsync([.. command, value]);

        Assert.True(run.ExitCode == 104, run.ToString());
        Assert.Contains($"'{value}' is not a whole number {range}. ", run.Error, StringComparison.Ordinal);
        Assert.Contains(suits, run.Error.Split(range)[1], StringComparison.Ordinal);
        Assert.DoesNotContain("System.", run.Error, StringComparison.Ordinal);
    }
}
