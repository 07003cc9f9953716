using PerfLab.Analysis.Trust;
using PerfLab.Reporting.Terminal;
using PerfLab.Reporting.Tests.Fixture;

namespace PerfLab.Reporting.Tests;

public sealed class TerminalSummaryTests
{
    [Fact]
    public void Each_arm_has_a_row_and_each_row_a_cell_for_each_column()
    {
        var summary = TerminalSummary.Compose(new SyntheticRun().Analysis());

        Assert.Equal(["Arm", "CPU, µs", "change", "alloc, kB", "change", "sent, B"], summary.Columns.Select(column => column.Title));
        Assert.Equal(7, summary.Rows.Count);
        Assert.All(summary.Rows, row => Assert.Equal(summary.Columns.Count, row.Count));
        Assert.Equal("off", summary.Rows[0][0].Text);
        Assert.Equal("off' control", summary.Rows[1][0].Text);
    }

    [Fact]
    public void A_change_is_a_figure_and_a_word()
    {
        var row = TerminalSummary.Compose(new SyntheticRun().Analysis()).Rows[^1];

        Assert.Matches(@"^\+[0-9.]+ % more$", row[2].Text);
        Assert.Equal(TerminalStyle.Costly, row[2].Style);
    }

    [Fact]
    public void Every_arm_but_the_baseline_has_an_answer()
    {
        var summary = TerminalSummary.Compose(new SyntheticRun().Analysis());

        Assert.Equal(6, summary.Answers.Count);
        Assert.StartsWith("always-on costs", summary.Answers[^1].Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TrustLevel.Trusted, "Measurement: trusted", TerminalStyle.Good)]
    [InlineData(TrustLevel.Limited, "Measurement: limited", TerminalStyle.Doubtful)]
    [InlineData(TrustLevel.Untrusted, "Measurement: untrusted", TerminalStyle.Bad)]
    [InlineData(TrustLevel.Undecided, "Measurement: undecided", TerminalStyle.Doubtful)]
    public void Trust_comes_as_a_word_with_a_style(TrustLevel level, string word, TerminalStyle style)
    {
        var trust = TerminalSummary.Compose(new SyntheticRun { TrustLevel = level }.Analysis()).Trust;

        Assert.Equal((word, style), (trust[0].Text, trust[0].Style));
    }

    [Fact]
    public void A_threshold_is_a_word_with_a_style_and_a_sentence_for_each_arm()
    {
        var rows = TerminalSummary.Compose(new SyntheticRun { Thresholds = SyntheticThresholds.OneOfEach }.Analysis()).Thresholds;

        Assert.Equal(
            [("Proven", TerminalStyle.Good), ("Violated", TerminalStyle.Bad), ("", TerminalStyle.Bad), ("Not decided", TerminalStyle.Doubtful)],
            rows.Select(row => (row[0].Text, row[0].Style)));
        Assert.StartsWith("overhead(cpu)<10% is violated by always-on", rows[1][1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Identical_arms_have_a_table_of_plain_characters()
    {
        var section = Assert.Single(TerminalSummary.Compose(new SyntheticRun { MeasuredNoise = SyntheticNoise.Profile }.Analysis()).Sections);

        Assert.All(section.Rows, row => Assert.Equal(section.Headers.Count, row.Count));
        Assert.All(section.Rows.SelectMany(row => row), cell => Assert.True(PlainText.Of(cell).All(char.IsAscii), cell));
    }

    [Fact]
    public void An_unfinished_run_and_its_findings_are_cautions_and_notes_are_not()
    {
        var summary = TerminalSummary.Compose(new SyntheticRun { LaunchSets = 8 }.Analysis());

        Assert.Equal(3, summary.Cautions.Count);
        Assert.Equal("The run ended before its plan: 8 of 11 launch sets.", summary.Cautions[0].Text);
    }

    [Fact]
    public void It_fits_eighty_characters()
    {
        var summary = TerminalSummary.Compose(new SyntheticRun().Analysis());
        var widths = summary.Columns.Select((column, index) => summary.Rows.Select(row => row[index].Text.Length).Append(column.Title.Length).Max());

        // A table with one space on each side of a cell and an edge on each side of the table.
        Assert.True(widths.Sum() + (2 * summary.Columns.Count) + 2 <= 80);
    }

    [Theory]
    [InlineData(80, false, false)]
    [InlineData(110, true, false)]
    [InlineData(200, true, true)]
    public void A_wider_terminal_shows_bars_response_times_and_what_one_gives_up(int width, bool hasBar, bool hasWords)
    {
        var summary = TerminalSummary.Compose(new SyntheticRun().Analysis(), width);

        Assert.Equal(hasBar, summary.Columns.Any(column => column.Title == "CPU, 95 % interval"));
        Assert.Equal(hasWords, summary.Columns.Any(column => column.Title == "you give up"));
        Assert.Equal(hasWords, summary.Columns.Any(column => column.Title.StartsWith("p50", StringComparison.Ordinal)));
        Assert.All(summary.Rows, row => Assert.Equal(summary.Columns.Count, row.Count));
        Assert.All(summary.Rows.SelectMany(row => row), cell => Assert.True(PlainText.Of(cell.Text).All(char.IsAscii), cell.Text));
        var widths = summary.Columns.Select((column, index) => column.Wraps ? 26 : summary.Rows.Select(row => row[index].Text.Length).Append(column.Title.Length).Max());
        Assert.True(widths.Sum() + (2 * summary.Columns.Count) + 2 <= width);
    }

    [Fact]
    public void A_bar_goes_from_its_lower_to_its_upper_bound_with_the_estimate_between()
    {
        var row = TerminalSummary.Compose(new SyntheticRun().Analysis(), 110).Rows[^1];

        Assert.Matches(@"^\|[ -]*-*o-* *$", row[1].Text);
        Assert.Equal(21, row[1].Text.Length);
    }

    [Fact]
    public void Nothing_but_names_goes_beyond_what_every_console_shows()
    {
        var summary = TerminalSummary.Compose(new SyntheticRun { LaunchSets = 3 }.Analysis());
        var texts = summary.Rows.SelectMany(row => row).Concat(summary.Trust).Concat(summary.Answers).Append(summary.Headline).Append(summary.Caption);

        Assert.All(texts, text => Assert.True(text.Text.All(char.IsAscii), text.Text));
    }

    [Fact]
    public void A_name_cannot_move_the_cursor() =>
        Assert.DoesNotContain(
            TerminalSummary.Compose(HostileRun.Create().Analysis()).Rows.SelectMany(row => row),
            text => text.Text.Any(char.IsControl));
}
