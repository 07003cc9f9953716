using System.Text;
using PerfLab.Experiments.ScenarioFiles;

namespace PerfLab.Experiments.Tests.ScenarioFiles;

/// <summary>What stands between a file's bytes and its text.</summary>
public sealed class ScenarioSourceTests
{
    [Fact]
    public void A_missing_file_is_a_fault() =>
        Assert.Equal(
            "nowhere/a.yaml(1,1): file: it does not exist. Name a file such as scenarios/smoke.yaml.",
            Assert.Throws<ScenarioException>(() => ScenarioFile.Load("nowhere/a.yaml")).Message);

    [Fact]
    public void A_folder_is_a_fault()
    {
        using var folder = new TemporaryFolder();

        var fault = Assert.Single(Assert.Throws<ScenarioException>(() => ScenarioFile.Load(folder.Path)).Faults);

        Assert.StartsWith("it cannot be read:", fault.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_file_is_a_fault() => Assert.Equal("nothing is in it.", LoadFault([]).Problem);

    [Fact]
    public void A_file_above_one_mebibyte_is_a_fault()
    {
        var bytes = Encoding.UTF8.GetBytes(MinimalScenario.Text.PadRight((1024 * 1024) + 1, '\n'));

        Assert.Equal("it is larger than 1 MiB.", LoadFault(bytes).Problem);
    }

    [Fact]
    public void A_file_of_exactly_one_mebibyte_is_read()
    {
        var bytes = Encoding.UTF8.GetBytes(MinimalScenario.Text.PadRight(1024 * 1024, '\n'));

        Assert.Equal("minimal", Load(bytes).Name);
    }

    [Fact]
    public void Latin_1_is_a_fault_at_its_first_foreign_letter()
    {
        var bytes = Encoding.Latin1.GetBytes(MinimalScenario.Text.Replace("No tracing", "Für nichts", StringComparison.Ordinal));

        // Line 10: `  - { name: off, meaning: Für`; the u with dots is its 28th character.
        var fault = LoadFault(bytes);

        Assert.Equal((10, 28, "byte 0xFC is not UTF-8."), (fault.Line, fault.Column, fault.Problem));
    }

    [Fact]
    public void Utf_16_is_a_fault() =>
        Assert.Equal("it is UTF-16.", LoadFault([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(MinimalScenario.Text)]).Problem);

    [Fact]
    public void A_byte_order_mark_and_Windows_line_ends_do_no_harm()
    {
        var text = MinimalScenario.Text.Replace("\n", "\r\n", StringComparison.Ordinal);

        Assert.Equal("minimal", Load([.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(text)]).Name);
    }

    [Fact]
    public void Letters_of_all_languages_are_read() =>
        Assert.Equal(
            "Was kostet Spüren? 追跡 🙂",
            ScenarioFile.Parse(MinimalScenario.Text.Replace("What does tracing cost?", "Was kostet Spüren? 追跡 🙂", StringComparison.Ordinal), MinimalScenario.Path).Question);

    private static ScenarioFault LoadFault(byte[] bytes) => Assert.Single(Assert.Throws<ScenarioException>(() => Load(bytes)).Faults);

    private static Experiments.Scenarios.Scenario Load(byte[] bytes)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "minimal.yaml");
        File.WriteAllBytes(path, bytes);
        return ScenarioFile.Load(path);
    }
}
