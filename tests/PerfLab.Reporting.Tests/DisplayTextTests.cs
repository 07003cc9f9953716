using PerfLab.Reporting.Wording;

namespace PerfLab.Reporting.Tests;

public sealed class DisplayTextTests
{
    [Theory]
    [InlineData("a\u202eb", "a\ufffdb")]
    [InlineData("a\nb\tc", "a b c")]
    [InlineData("\0", "\ufffd")]
    [InlineData("日本 🦊 مرحبا", "日本 🦊 مرحبا")]
    public void Text_is_cleaned_of_what_steers_and_keeps_what_is_written(string text, string expected) =>
        Assert.Equal(expected, DisplayText.Clean(text));

    // Not as data of a theory: an attribute cannot hold half a character.
    [Fact]
    public void Half_a_character_becomes_a_visible_mark() => Assert.Equal("\ufffdx", DisplayText.Clean("\ud800x"));

    [Fact]
    public void What_print_wants_is_taken_out_for_a_terminal_and_signs_stay() =>
        Assert.Equal("-1.5 % to 4 µs, ±5 %", DisplayText.ForTerminal("\u22121.5\u00a0% to 4\u00a0µs, ±5\u00a0%"));
}
