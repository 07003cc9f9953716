using System.CommandLine;
using System.Globalization;
using PerfLab.Analysis.Runs;
using PerfLab.Collector.Capture;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Secrets;
using PerfLab.Reporting.Interchange;

namespace PerfLab.Cli.Options;

/// <summary>The options by which <c>report</c> hands a run on to spreadsheets and back ends of metrics.</summary>
internal sealed class InterchangeOptions
{
    private readonly Option<string?> _csv = new("--csv") { Description = "Write a row for each load, arm and metric: estimate, interval and verdict.", HelpName = "FILE" };
    private readonly Option<string?> _samples = new("--csv-samples") { Description = "Write a row for each launch set and arm, with what was measured.", HelpName = "FILE" };
    private readonly Option<string?> _prometheus = new("--prometheus") { Description = "Write gauges in the text format of Prometheus, for example for the textfile collector of node_exporter.", HelpName = "FILE" };
    private readonly Option<string?> _push = new("--push") { Description = $"Send gauges to this OTLP/HTTP endpoint, for example http://localhost:4318; headers from {ForwardOption.HeadersVariable}.", HelpName = "URL" };
    private readonly Option<string?> _pushgateway = new("--pushgateway") { Description = "Put the text of Prometheus into this Pushgateway, for example http://localhost:9091; the newest run of a scenario replaces the one before.", HelpName = "URL" };

    private InterchangeOptions()
    {
    }

    /// <summary>Adds the options to a command.</summary>
    public static InterchangeOptions AddTo(Command command)
    {
        var options = new InterchangeOptions();
        foreach (var option in (Option[])[options._csv, options._samples, options._prometheus, options._push, options._pushgateway])
        {
            command.Options.Add(option);
        }

        return options;
    }

    /// <summary>Reads the values.</summary>
    /// <param name="parse">The command.</param>
    /// <param name="others">Other files that it names.</param>
    /// <exception cref="UsageException">A file cannot be written, or an address cannot be read.</exception>
    public RunInterchange Read(ParseResult parse, params (string Option, string? File)[] others)
    {
        var faults = new UsageFaults();
        (string Name, string? File)[] files = [.. new[] { _csv, _samples, _prometheus }.Select(option => (option.Name, parse.GetValue(option)))];
        foreach (var (name, file) in files.Where(named => named.File is not null))
        {
            OutputFile.Check(file!, name, faults);
        }

        OutputFile.CheckDistinct(faults, [.. files, .. others]);
        faults.ThrowIfAny();
        return new RunInterchange(files[0].File, files[1].File, files[2].File, ForwardOption.Read(parse.GetValue(_push), _push.Name), Gateway(parse.GetValue(_pushgateway)));
    }

    private Uri? Gateway(string? url)
    {
        if (url is null)
        {
            return null;
        }

        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Host.Length == 0 || (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps))
        {
            throw new UsageException($"'{url}' is not an http or https address ({_pushgateway.Name}). Give that of a Pushgateway, for example http://localhost:9091.");
        }

        return address.UserInfo.Length == 0 ? address
            : throw new UsageException($"'{url}' holds a user's name, which is not sent ({_pushgateway.Name}). Write the text into a file with {_prometheus.Name} and put it there with a program that signs in, for example curl.");
    }
}

/// <summary>Where a run is exported to; null for what was not asked for.</summary>
/// <param name="Csv">The file of comparisons.</param>
/// <param name="Samples">The file of samples.</param>
/// <param name="Prometheus">The file in the text format of Prometheus.</param>
/// <param name="Push">The OTLP/HTTP endpoint.</param>
/// <param name="Pushgateway">The Pushgateway, or a group in it.</param>
internal sealed record RunInterchange(string? Csv, string? Samples, string? Prometheus, ForwardingOptions? Push, Uri? Pushgateway)
{
    private const string GroupPath = "/metrics/job/";

    // As exporters have it.
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(10);

    /// <summary>Writes the files, then sends.</summary>
    /// <exception cref="IOException">A file cannot be written, or an endpoint did not take everything.</exception>
    public async Task HandOnAsync(RunAnalysis analysis, RunOutcome? outcome)
    {
        if (this is { Csv: null, Samples: null, Prometheus: null, Push: null, Pushgateway: null })
        {
            return;
        }

        var figures = RunFigures.From(analysis, outcome);
        Write(Csv, FigureCsv.Comparisons, figures);
        Write(Samples, FigureCsv.Samples, figures);
        Write(Prometheus, PrometheusText.Write, figures);
        string[] failures = [.. new[] { await PushAsync(figures), await PutAsync(figures) }.OfType<string>()];
        if (failures.Length > 0)
        {
            throw new IOException(string.Join(Environment.NewLine, failures));
        }
    }

    private static void Write(string? file, Func<RunFigures, string> write, RunFigures figures)
    {
        if (file is null)
        {
            return;
        }

        NamedOutput.Write(file, write(figures));
        if (!NamedOutput.IsStream(NamedOutput.TargetOf(file)))
        {
            Console.WriteLine($"Written: {Path.GetFullPath(file)}");
        }
    }

    private async Task<string?> PushAsync(RunFigures figures)
    {
        if (Push is null)
        {
            return null;
        }

        var metrics = OtlpMetrics.Of(figures);
        return Tell(Push.MetricsAddress, "--push", metrics.PointCount, await MetricSender.PostOtlpAsync(Push, metrics.Json, CancellationToken.None));
    }

    private async Task<string?> PutAsync(RunFigures figures)
    {
        if (Pushgateway is null)
        {
            return null;
        }

        var path = Pushgateway.AbsolutePath.TrimEnd('/');
        var address = path.Contains(GroupPath, StringComparison.Ordinal) ? Pushgateway : new UriBuilder(Pushgateway) { Path = path + PrometheusText.PushgatewayPath(figures) }.Uri;
        return Tell(address, "--pushgateway", null, await MetricSender.PutTextAsync(address, PrometheusText.Write(figures), PrometheusText.MediaType, s_limit, CancellationToken.None));
    }

    // Says that all were taken; otherwise gives what is to be said about it. What an endpoint says may repeat a key.
    private static string? Tell(Uri address, string option, int? points, MetricRefusal? refusal)
    {
        var place = address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
        if (refusal is null)
        {
            Console.WriteLine(points is null ? $"Pushed to {place}" : string.Create(CultureInfo.InvariantCulture, $"Pushed {points} points to {place}"));
            return null;
        }

        var what = refusal.RejectedCount is { } rejected ? string.Create(CultureInfo.InvariantCulture, $"left out {rejected} of {points} points") : "did not take the metrics";
        var said = KnownSecrets.HideForeign(refusal.Explanation.Length == 0 ? refusal.Reason.ToString() : $"{refusal.Reason}: {refusal.Explanation}").TrimEnd('.');
        return $"{place} {what}: {said} ({option}). {Advice(refusal, option)} Then run the same command again; nothing is measured again.";
    }

    private static string Advice(MetricRefusal refusal, string option) => refusal switch
    {
        { RejectedCount: not null } => "Correct what it names.",
        { Reason.Status: null } => "Start it, or correct the address.",
        { Reason.Status: >= 300 and < 400 } => "Name the address to which it redirects, if you trust it.",
        { Reason.Status: 401 or 403 } when option == "--push" => $"Give its key in {ForwardOption.HeadersVariable}, for example \"api-key=...\".",
        { Reason.Status: 404 or 405 } when option == "--push" => "Name the base address of OTLP over HTTP, to which /v1/metrics is added.",
        { Reason.Status: 429 or >= 500 } => "Wait until it takes requests again.",
        _ => "Correct what it names, or the address.",
    };
}
