namespace PerfLab.Experiments.Generators;

/// <summary>
/// The load tools that PerfLab can start, one contract each. To add one, add it here with a reader of its output, its line in
/// docs/generators.md and its name in scenario.schema.json. Nothing of a tool comes with PerfLab: the user's own installation is started.
/// </summary>
public static class GeneratorCatalog
{
    private const double Millisecond = 1e-3;
    private const double TenthOfMillisecond = 1e-4;
    private const double HundredthOfMillisecond = 1e-5;
    private const double Microsecond = 1e-6;

    private static readonly string[] s_methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

    private static readonly GeneratorTool s_wrk = new()
    {
        Name = "wrk",
        Loop = LoadLoop.Closed,
        ResolutionSeconds = HundredthOfMillisecond,
        Command = ["wrk", "-t", "{threads}", "-c", "{connections}", "-d", "{duration}s", "--latency", "{options}", "{request}"],
        Methods = s_methods,
        Options = RequestOptions.OfWrk,
        Files = new Dictionary<string, Func<GeneratorRun, string>>(StringComparer.Ordinal) { ["script"] = RequestOptions.WrkScript },
        Read = TextReports.ReadWrk,
    };

    /// <summary>Gets all contracts, by name.</summary>
    public static IReadOnlyList<GeneratorTool> All { get; } =
    [
        s_wrk,
        new()
        {
            Name = "hey",
            Loop = LoadLoop.Paced,
            ResolutionSeconds = TenthOfMillisecond,
            IsMergeable = true,
            CountsStatuses = true,
            Command = ["hey", "-z", "{duration}s", "-c", "{connections}", "-q", "{connection_rate}", "-o", "csv", "-disable-redirects", "{options}", "{request}"],
            OutputArguments = ["-o", "csv"],
            Methods = s_methods,
            Options = RequestOptions.OfHey,
            Read = RequestLogs.ReadHey,
        },
        new()
        {
            Name = "h2load",
            Loop = LoadLoop.Paced,
            ResolutionSeconds = Microsecond,
            IsMergeable = true,
            CountsStatuses = true,
            Command = ["h2load", "--h1", "-c", "{connections}", "-D", "{duration}", "--rps", "{connection_rate}", "--log-file={output}", "{options}", "{request}"],
            OutputArguments = ["--log-file={output}"],
            OutputFile = "requests.log",
            Methods = ["GET", "POST"],
            Options = RequestOptions.OfH2load,
            Files = new Dictionary<string, Func<GeneratorRun, string>>(StringComparer.Ordinal) { ["body"] = RequestOptions.Body },
            Read = RequestLogs.ReadH2load,
        },
        new()
        {
            Name = "autocannon",
            Loop = LoadLoop.Paced,
            IsCorrected = true,
            ResolutionSeconds = Millisecond,
            CountsStatuses = true,
            Command = ["autocannon", "-j", "-c", "{connections}", "-R", "{rate}", "-d", "{duration}", "{options}", "{request}"],
            OutputArguments = ["-j"],
            Methods = s_methods,
            Options = RequestOptions.OfAutocannon,
            Read = JsonReports.ReadAutocannon,
        },
        s_wrk with
        {
            Name = "wrk2",
            Loop = LoadLoop.Paced,
            IsCorrected = true,
            Command = ["wrk2", "-t", "{threads}", "-c", "{connections}", "-d", "{duration}s", "-R", "{rate}", "--latency", "{options}", "{request}"],

            // It measures its connections for 10 s, and counts response times from then on.
            LeastSeconds = 15,
        },
        new()
        {
            Name = "oha",
            Loop = LoadLoop.Paced,
            IsCorrected = true,
            ResolutionSeconds = Microsecond,
            CountsStatuses = true,
            Command = ["oha", "-z", "{duration}s", "-c", "{connections}", "-q", "{rate}", "--latency-correction", "--redirect", "0", "--no-tui", "--output-format", "json", "{options}", "{request}"],
            OutputArguments = ["--no-tui", "--output-format", "json"],
            Methods = s_methods,
            Options = RequestOptions.OfOha,
            Read = JsonReports.ReadOha,
        },
        new()
        {
            Name = "vegeta",
            Loop = LoadLoop.Open,
            IsCorrected = true,
            ResolutionSeconds = Microsecond,
            IsMergeable = true,
            CountsStatuses = true,
            Command = ["vegeta", "attack", "-rate={rate}/1s", "-duration={duration}s", "-redirects=-1", "-targets={targets}", "-output={output}"],
            OutputArguments = ["-output={output}"],
            ReportCommand = ["vegeta", "encode", "--to", "csv", "{output}"],
            OutputFile = "results.bin",
            Methods = s_methods,
            Files = new Dictionary<string, Func<GeneratorRun, string>>(StringComparer.Ordinal) { ["targets"] = RequestOptions.VegetaTargets, ["body"] = RequestOptions.Body },
            Read = RequestLogs.ReadVegeta,
        },
        new()
        {
            Name = "k6",
            Loop = LoadLoop.Open,
            ResolutionSeconds = Microsecond,
            OutputArguments = ["--summary-export", "{output}", "--summary-trend-stats", "avg,min,med,max,p(50),p(75),p(90),p(95),p(99),p(99.9)"],
            OutputFile = "summary.json",

            // 99: a threshold of the script failed, after a complete run.
            ExitCodes = [0, 99],
            Read = JsonReports.ReadK6,
        },
        new()
        {
            Name = "jmeter",
            Loop = LoadLoop.Closed,
            ResolutionSeconds = Millisecond,
            IsMergeable = true,
            OutputArguments = ["-n", "-l", "{output}", "-Jjmeter.save.saveservice.output_format=csv", "-Jjmeter.save.saveservice.print_field_names=true"],
            OutputFile = "results.jtl",
            Read = RequestLogs.ReadJMeter,
        },
        new()
        {
            Name = "artillery",
            Loop = LoadLoop.Closed,
            ResolutionSeconds = TenthOfMillisecond,
            CountsStatuses = true,
            OutputArguments = ["-o", "{output}"],
            OutputFile = "report.json",
            Read = JsonReports.ReadArtillery,
        },
        new()
        {
            Name = "locust",
            Loop = LoadLoop.Closed,
            ResolutionSeconds = Millisecond,
            IsMergeable = true,
            OutputArguments = ["--headless", "--json"],

            // 1: a request failed, after a complete run.
            ExitCodes = [0, 1],
            Read = JsonReports.ReadLocust,
        },
        new()
        {
            Name = "nbomber",
            Loop = LoadLoop.Open,
            ResolutionSeconds = HundredthOfMillisecond,
            Command = ["dotnet", "{root}/artifacts/integrations/nbomber/ShopLoad.dll", "--config={config}"],
            BuildAdvice = "Build it with `dotnet build src/Integrations/NBomber -c Release` in PerfLab's repository, which restores NBomber from NuGet, or give load.generator a command (docs/generators.md).",
            OutputArguments = ["--config={config}"],
            OutputFile = NBomberFiles.OutputFile,
            DetailsFile = NBomberFiles.StatisticsFile,

            // 4.1.2 waits for 3 s at the end, and .NET starts.
            OverheadSeconds = 4.5,
            Methods = s_methods,
            Files = new Dictionary<string, Func<GeneratorRun, string>>(StringComparer.Ordinal) { ["config"] = NBomberFiles.Configuration },
            Read = NBomberFiles.Read,
        },
    ];

    /// <summary>Gets the names, as scenario files write them.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(tool => tool.Name)];

    /// <summary>Finds a contract; null where there is none of the name.</summary>
    /// <param name="name">In lower case.</param>
    public static GeneratorTool? Find(string name) => All.FirstOrDefault(tool => tool.Name == name);
}
