using PerfLab.Experiments.ScenarioFiles;

namespace PerfLab.Experiments.Tests.ScenarioFiles;

/// <summary>One file per kind of fault, with the message that its author sees beside it.</summary>
public sealed class BadScenarioTests
{
    private static readonly string Folder = Path.Combine(Repository.Tests, "ScenarioFiles", "Bad");

    public static TheoryData<string> Names => [.. Directory.GetFiles(Folder, "*.yaml").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_faulty_file_is_refused_with_all_its_faults(string name)
    {
        var yaml = File.ReadAllText(Path.Combine(Folder, name + ".yaml"));

        var error = Assert.Throws<ScenarioException>(() => ScenarioFile.Parse(yaml, $"scenarios/{name}.yaml"));

        Golden.Check(Path.Combine(Folder, name + ".expected.txt"), error.Message + "\n");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_fault_has_a_place_a_problem_and_advice(string name)
    {
        var yaml = File.ReadAllText(Path.Combine(Folder, name + ".yaml"));
        var lines = yaml.Split('\n');

        var error = Assert.Throws<ScenarioException>(() => ScenarioFile.Parse(yaml, $"scenarios/{name}.yaml"));

        Assert.All(error.Faults, fault =>
        {
            Assert.InRange(fault.Line, 1, lines.Length);
            Assert.InRange(fault.Column, 1, lines[fault.Line - 1].Length + 1);
            Assert.NotEqual("", fault.Subject);
            Assert.Matches("[.:?]$", fault.Problem);
            Assert.NotEqual("", fault.Advice);
            Assert.DoesNotContain('\n', fault.Message);
        });
        Assert.Equal(error.Faults.OrderBy(fault => fault.Line).ThenBy(fault => fault.Column), error.Faults);
        Assert.Equal(error.Faults.Distinct(), error.Faults);
    }

    [Fact]
    public void No_expected_message_is_left_without_its_file() =>
        Assert.All(Directory.GetFiles(Folder, "*.expected.txt"), path => Assert.True(File.Exists(path.Replace(".expected.txt", ".yaml", StringComparison.Ordinal)), path));
}
