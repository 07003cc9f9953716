using System.Text.Json;

namespace ShopLoad;

/// <summary>What has to be known before NBomber reads its own configuration.</summary>
/// <param name="ScenarioName">The name under which the scenario is registered: the configuration finds it by that.</param>
/// <param name="StatisticsFile">Where <see cref="JsonLinesSink"/> writes.</param>
internal sealed record RunSettings(string ScenarioName, string StatisticsFile)
{
    private const string ConfigurationOption = "--config=";
    private const string FileName = "statistics.jsonl";

    /// <summary>Reads them from the file of <c>--config=FILE</c>; without one they are those of Shop's order in the current folder.</summary>
    /// <param name="arguments">The command line.</param>
    public static RunSettings Of(IEnumerable<string> arguments)
    {
        var option = arguments.FirstOrDefault(argument => argument.StartsWith(ConfigurationOption, StringComparison.Ordinal));
        if (option is null)
        {
            return new RunSettings("order", FileName);
        }

        using var file = JsonDocument.Parse(File.ReadAllText(option[ConfigurationOption.Length..]));
        var settings = file.RootElement.GetProperty("GlobalSettings");
        return new RunSettings(
            settings.GetProperty("ScenariosSettings")[0].GetProperty(nameof(ScenarioName)).GetString()!,
            Path.Combine(settings.TryGetProperty("ReportFolder", out var folder) ? folder.GetString()! : ".", FileName));
    }
}
