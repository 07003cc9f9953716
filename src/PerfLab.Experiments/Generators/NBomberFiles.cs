using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PerfLab.Experiments.Generators;

/// <summary>The configuration that NBomber takes in place of flags, the CSV that it writes, and the JSON lines of PerfLab's reporting sink for it.</summary>
internal static class NBomberFiles
{
    // The whole of a scenario; the other lines are its steps.
    private const string WholeScenario = "global information";
    private const string PercentileSuffix = "_percent";

    // NBomber deletes this folder when it starts.
    private const string ReportFolder = "report";
    private const string ReportName = "nbomber";
    private const double Millisecond = 1e-3;

    private static readonly string[] s_formats = ["Csv"];
    private static readonly JsonSerializerOptions s_json = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>Gets the report, in the folder of a run.</summary>
    public static string OutputFile { get; } = Path.Combine(ReportFolder, ReportName + ".csv");

    /// <summary>Gets the statistics of the sink in <c>src/Integrations/NBomber/</c>, in the folder of a run; other programs have none.</summary>
    public static string StatisticsFile { get; } = Path.Combine(ReportFolder, "statistics.jsonl");

    /// <summary>
    /// The configuration: it overrides the load of the scenario that is called like the first request, and where reports go. The
    /// address and the request are custom settings. A warm-up is not stated: one of 0 s ends NBomber 4.
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
                        LoadSimulationsSettings = new[] { new { Inject = new object[] { rate, "00:00:01", window } } },
                        CustomSettings = new { run.Url, run.Request.Method, run.Request.Path, run.Request.Headers, run.Request.Body },

                        // It would stop at 5000.
                        MaxFailCount = int.MaxValue,
                    },
                },
                ReportFileName = ReportName,
                ReportFolder = Path.Combine(run.Folder, ReportFolder),
                ReportFormats = s_formats,
            },
        }, s_json);
    }

    /// <summary>
    /// Reads the CSV by the names of its columns, whose order changed between versions. Milliseconds, of requests that succeeded.
    /// Why requests failed is told by the sink alone.
    /// </summary>
    public static GeneratorOutput Read(GeneratorText text)
    {
        var records = CsvParser.Parse(text.Text, "NBomber's CSV");
        var header = records[0];
        string[][] scenarios = [.. records.Skip(1).Where(row => row[Column("step_name")].Trim() == WholeScenario)];
        if (scenarios is not [var row])
        {
            throw new FormatException($"there are {scenarios.Length} lines of the step '{WholeScenario}', and one is expected: let the program run one scenario.");
        }

        return new GeneratorOutput
        {
            RequestCount = (long)Number(row[Column("request_count")]),
            Errors = GeneratorOutput.ErrorsOf(text.Details is { } lines ? ErrorsIn(lines, (long)Number(row[Column("request_count")]), text.Allows) : [(GeneratorOutput.Failed, (long)Number(row[Column("failed")]))]),
            Percentiles = [.. header.Index().Where(column => column.Item.EndsWith(PercentileSuffix, StringComparison.Ordinal))
                .Select(column => new ReportedPercentile(Number(column.Item[..^PercentileSuffix.Length]), Millisecond * Number(row[column.Index])))
                .OrderBy(point => point.Percentile)],
        };

        int Column(string name) => CsvColumns.IndexOf(header, name);
    }

    // One line is that of the whole run; an interval that ends with it may be written after it. NBomber's own statuses, of requests
    // without a response, are negative; what a program fails without a status has none.
    private static IEnumerable<(string Kind, long Count)> ErrorsIn(string lines, long requestCount, Func<int, bool> allows)
    {
        try
        {
            var total = lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line)).Last(line => line.GetProperty("kind").ValueEquals("total"));
            var statuses = total.GetProperty("statuses");
            return
            [
                .. from status in statuses.EnumerateObject()
                   let code = int.TryParse(status.Name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : (int?)null
                   where code is null || !allows(code.Value)
                   select (code is null ? GeneratorOutput.Failed : GeneratorOutput.UnexpectedStatus, status.Value.GetInt64()),
                (GeneratorOutput.Failed, Math.Max(0, requestCount - statuses.EnumerateObject().Sum(status => status.Value.GetInt64()))),
            ];
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new FormatException($"the statistics of the reporting sink are not its JSON lines: {error.Message}", error);
        }
    }

    private static double Number(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}
