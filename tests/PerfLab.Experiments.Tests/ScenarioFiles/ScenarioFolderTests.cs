using PerfLab.Experiments.ScenarioFiles;

namespace PerfLab.Experiments.Tests.ScenarioFiles;

public sealed class ScenarioFolderTests
{
    [Fact]
    public void A_name_and_a_path_lead_to_the_same_file()
    {
        var folder = new ScenarioFolder(Repository.Scenarios);
        var path = Path.Combine(Repository.Scenarios, "smoke.yaml");

        Assert.Equal(path, folder.Find("smoke"));
        Assert.Equal(path, folder.Find("smoke.yaml"));
        Assert.Equal(path, folder.Find(path));
    }

    [Fact]
    public void A_misspelled_name_leads_to_the_right_one()
    {
        var folder = new ScenarioFolder(Repository.Scenarios);

        var error = Assert.Throws<ScenarioException>(() => folder.Find("smokes"));

        Assert.StartsWith("smokes(1,1): file: there is no such scenario. Did you mean smoke? All there are: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_scenarios_says_so()
    {
        using var empty = new TemporaryFolder();
        var folder = new ScenarioFolder(empty.Path);

        Assert.Empty(folder.Files());
        Assert.Contains("has no scenario files", Assert.Throws<ScenarioException>(() => folder.Find("smoke")).Message, StringComparison.Ordinal);
        Assert.Empty(new ScenarioFolder(Path.Combine(empty.Path, "missing")).Files());
    }
}
