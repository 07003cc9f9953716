using System.CommandLine;
using System.Text;
using PerfLab.Cli.Display;
using PerfLab.Cli.Execution;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Secrets;
using PerfLab.Experiments.Thresholds;
using PerfLab.Load.LoadTests;
using PerfLab.Reporting.LoadTests;

namespace PerfLab.Cli.LoadTests;

/// <summary><c>load URL</c>: puts load on a service and reports; <c>load compare A B</c> compares two results.</summary>
internal static class LoadVerb
{
    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var options = new LoadOptions();
        var command = options.ToCommand();
        command.Subcommands.Add(LoadCompareVerb.Create());
        command.SetAction(parse => RunAsync(LoadRequest.Read(parse, options)));
        return command;
    }

    private static async Task<int> RunAsync(LoadRequest request)
    {
        using var interruption = new Interruption();
        RememberSecrets(request.Test);
        var reached = await request.Run.CheckReachabilityAsync(interruption.Token);
        if (reached.All.Count > 1)
        {
            Console.WriteLine($"{request.Test.Address.Base.Host} stands for {reached.All.Count} addresses: {string.Join(", ", reached.All)}. All requests go to the first that accepts connections, {reached.Preferred}; the others are tried when it does not any more.");
        }

        LoadTestMeasurement measurement;
        await using (var display = new LoadProgressDisplay())
        {
            // A thread of its own: the generator sets its priority and its processors and blocks for the whole load.
            measurement = await Task.Factory.StartNew(
                () => request.Run.Execute(display, interruption.Token),
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default);
        }

        var record = LoadTestRecordBuilder.Build(request.Test, measurement, request.Thresholds);
        record = record with { Setting = record.Setting with { Url = Shown(record.Setting.Url), Requests = record.Setting.Requests?.Select(each => each with { Path = Shown(each.Path) }).ToArray() } };
        foreach (var line in LoadTestReport.Compose(record))
        {
            TerminalMarkup.WriteLine(line);
        }

        if (record.Counts.Answered == 0 && record.Completed && await request.Run.FindMismatchAsync(interruption.Token) is { } mismatch)
        {
            await Console.Error.WriteLineAsync($"{request.Test.Address.Base.Authority}: {mismatch}.");
        }

        foreach (var file in request.Files.Write(record, measurement.Recorder))
        {
            Console.WriteLine($"Written: {file}");
        }

        return CodeOf(record);
    }

    private static void RememberSecrets(LoadTest test)
    {
        var headers = test.Requests.SelectMany(request => request.Headers).SelectMany(header => SecretText.FindAll(header.Key, header.Value));
        var addresses = test.Requests.Select(request => request.Path).Append(test.Address.Url).SelectMany(address => SecretText.FindAll(null, address));
        IReadOnlyList<string> body = [];
        if (test.Body is { } sent && !SecretText.TryFindAll(null, Encoding.UTF8.GetString(sent.Bytes.Span), out body))
        {
            KnownSecrets.MissSome();
            Console.Error.WriteLine("The body has too many secrets, or takes too long to search for them: it is sent as it is, and the targets of redirects are not shown, because they may repeat a part of it.");
        }

        KnownSecrets.AddAll([.. headers, .. addresses, .. body]);
    }

    private static string Shown(string address) => KnownSecrets.Hide(SecretText.Hide(null, address));

    private static int CodeOf(LoadTestRecord record) =>
        !record.Completed ? ExitCode.Interrupted
        : record.Thresholds.Any(threshold => threshold.Outcome != LoadThresholdOutcome.Passed) ? ExitCode.ThresholdFailed
        : record.Counts.Answered == 0 ? ExitCode.Crashed
        : ExitCode.Passed;
}
