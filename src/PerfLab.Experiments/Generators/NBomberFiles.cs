using System.Globalization;
using System.Text.Json;

namespace PerfLab.Experiments.Generators;

/// <summary>The configuration that NBomber takes in place of flags, and the CSV that it writes.</summary>
internal static class NBomberFiles
{
    // The whole of a scenario; the other lines are its steps.
    private const string WholeScenario = "global information";
    private const string PercentileSuffix = "_percent";
    private const double Millisecond = 1e-3;

    private static readonly string[] s_formats = ["Csv"];

    /// <summary>
    /// The configuration: it overrides the load of the scenario that is called like the first request, and where reports go. The
    /// address is a custom setting, and so is the length of the window.
    /// </summary>
    public static string Configuration(GeneratorRun run)
    {
        var rate = (int)Math.Max(1, Math.Round(run.RatePerSecond));
        var window = TimeSpan.FromSeconds(run.Seconds).ToString("c", CultureInfo.InvariantCulture);
        return JsonSerializer.Serialize(new
        {
            TestSuite = "perflab",
            TestName = run.RequestName,
            TargetScenarios = new[] { run.RequestName },
            GlobalSettings = new
            {
                ScenariosSettings = new[]
                {
                    new
                    {
                        ScenarioName = run.RequestName,
                        WarmUpDuration = "00:00:00",
                        LoadSimulationsSettings = new[] { new { Inject = new object[] { rate, "00:00:01", window } } },
                        CustomSettings = new { run.Url },
                    },
                },
                ReportFileName = "nbomber",
                ReportFolder = run.Folder,
                ReportFormats = s_formats,
            },
        });
    }

    /// <summary>Reads the CSV by the names of its columns, whose order changed between versions. Milliseconds, of requests that succeeded.</summary>
    public static GeneratorOutput Read(GeneratorText text)
    {
        var records = CsvParser.Parse(text.Text, "NBomber's CSV");
        var header = records[0];
        string[][] scenarios = [.. records.Skip(1).Where(row => row[Column("step_name")].Trim() == WholeScenario)];
        if (scenarios is not [var row])
        {
            throw new FormatException($"there are {scenarios.Length} lines of the step '{WholeScenario}', and one is expected: let the program run one scenario.");
        }

        var failed = (long)Number(row[Column("failed")]);
        return new GeneratorOutput
        {
            RequestCount = (long)Number(row[Column("request_count")]),
            Errors = GeneratorOutput.ErrorsOf((GeneratorOutput.Failed, failed)),
            Percentiles = [.. header.Index().Where(column => column.Item.EndsWith(PercentileSuffix, StringComparison.Ordinal))
                .Select(column => new ReportedPercentile(Number(column.Item[..^PercentileSuffix.Length]), Millisecond * Number(row[column.Index])))
                .OrderBy(point => point.Percentile)],
        };

        int Column(string name) => CsvColumns.IndexOf(header, name);
    }

    private static double Number(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}
