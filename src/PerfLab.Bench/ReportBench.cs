using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Runner.Machines;
using PerfLab.Runner.Targets;

namespace PerfLab.Bench;

/// <summary>What <c>bench report</c> does.</summary>
public sealed record ReportBenchOptions
{
    /// <summary>Gets the command that starts PerfLab.</summary>
    public required IReadOnlyList<string> Program { get; init; }

    /// <summary>Gets the archive of a measured run, a <c>.tar.gz</c> with one folder; its launch sets and arms are repeated.</summary>
    public required string Archive { get; init; }

    /// <summary>Gets how often the report is made, at least once.</summary>
    public required int Rounds { get; init; }

    /// <summary>Gets the folder for the run, which is removed afterwards.</summary>
    public required string Folder { get; init; }
}

/// <summary>How long the report of a large run takes: a measured run made wider, reported by a process of its own.</summary>
public static class ReportBench
{
    /// <summary>The arms of the large run, baseline and control among them.</summary>
    public const int Arms = 12;

    /// <summary>The launch sets of the large run.</summary>
    public const int LaunchSets = 20;

    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);

    /// <summary>Measures; the goals are not judged yet.</summary>
    /// <param name="options">What to do.</param>
    /// <param name="time">The clock.</param>
    /// <param name="progress">Is told of each round.</param>
    /// <param name="cancellationToken">Ends the process that reports.</param>
    /// <exception cref="TargetFailedException">A report was not made, or not within two minutes.</exception>
    public static async Task<ReportBenchRecord> RunAsync(ReportBenchOptions options, TimeProvider time, Action<string> progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(progress);
        var started = time.GetUtcNow();
        Directory.CreateDirectory(options.Folder);
        try
        {
            var run = Widen(Extract(options), options.Folder, time);
            var seconds = new List<double>();
            for (var round = 1; round <= options.Rounds; round++)
            {
                seconds.Add(await ReportAsync([.. options.Program, "report", run.Path], cancellationToken));
                progress(FormattableString.Invariant($"Report {round} of {options.Rounds}: {seconds[^1]:0.00} s"));
            }

            return new ReportBenchRecord
            {
                FormatVersion = ReportBenchRecord.CurrentFormatVersion,
                Started = started,
                Machine = MachineInspector.Read(),
                Run = new ReportedRun(Arms, LaunchSets, Directory.EnumerateFiles(run.LaunchesFolder, "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length)),
                Seconds = seconds,
                HtmlBytes = new FileInfo(run.HtmlReportFile).Length,
                Goals = [],
            };
        }
        finally
        {
            Directory.Delete(options.Folder, recursive: true);
        }
    }

    /// <summary>Makes a run of 12 arms and 20 launch sets out of a smaller one: variants and launch sets are repeated in turn.</summary>
    internal static RunFolder Widen(RunFolder source, string into, TimeProvider time)
    {
        var plan = source.ReadPlan();
        var measured = source.ReadLaunches();
        PlannedArm[] variants = [.. plan.Arms.Where(arm => arm.Role == ArmRole.Variant)];
        var more = Enumerable.Range(0, Arms - plan.Arms.Count).Select(index => (Source: variants[index % variants.Length], Name: $"again-{index + 1}")).ToArray();
        var wide = RunFolder.Create(into, plan.Scenario, time, "wide");
        RunFolder.Write(wide.ManifestFile, source.ReadManifest() with { RunId = wide.RunId });
        RunFolder.Write(wide.PlanFile, plan with
        {
            Arms = [.. plan.Arms, .. more.Select(arm => arm.Source with { Name = arm.Name, FileStem = arm.Name })],
            LaunchSets = LaunchSets,
            Looks = [LaunchSets],
            Pilot = plan.Pilot is not { } pilot ? null : pilot with { CapacityPerSecond = pilot.CapacityPerSecond.Concat(more.Select(arm => KeyValuePair.Create(arm.Name, pilot.CapacityPerSecond[arm.Source.Name]))).ToDictionary(StringComparer.Ordinal) },
        });
        for (var number = 1; number <= LaunchSets; number++)
        {
            // An arm that is repeated comes from another launch set than its source, so that the two differ.
            var (own, other) = (measured[(number - 1) % measured.Count], measured[number % measured.Count]);
            wide.CompleteLaunch(own with { Number = number, Arms = [.. own.Arms, .. more.Select(arm => other.Arms.Single(record => record.Arm == arm.Source.Name) with { Arm = arm.Name })] });
        }

        wide.WriteOutcome(new RunOutcome(RunOutcome.CurrentFormatVersion, Completed: true, LaunchSets, VoidedLaunchSets: 0, Reason: null, plan.BudgetSeconds));
        return wide;
    }

    private static RunFolder Extract(ReportBenchOptions options)
    {
        var source = Path.Combine(options.Folder, "measured");
        Directory.CreateDirectory(source);
        using var archive = new GZipStream(File.OpenRead(options.Archive), CompressionMode.Decompress);
        TarFile.ExtractToDirectory(archive, source, overwriteFiles: false);
        return new RunFolder(Directory.GetDirectories(source).Single());
    }

    private static async Task<double> ReportAsync(IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(s_limit);
        var clock = Stopwatch.StartNew();
        var start = new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };

        // As run.sh starts `report`: a program that measures is compiled well from the start, one that reads is not.
        start.Environment["DOTNET_TC_QuickJit"] = "1";
        using var process = Process.Start(start)!;
        try
        {
            var printed = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
            await process.WaitForExitAsync(limit.Token);
            var seconds = clock.Elapsed.TotalSeconds;

            // 99: the thresholds of the run, which are judged again, are violated.
            return process.ExitCode is 0 or 99 ? seconds : throw new TargetFailedException($"{string.Join(' ', command)} ended with {process.ExitCode} (bench): {printed[1].Trim()} Run it by hand.");
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellationToken.ThrowIfCancellationRequested();
            throw new TargetFailedException($"{string.Join(' ', command)} did not end within {s_limit.TotalSeconds:0} s (bench). Look whether the machine is overloaded.");
        }
    }
}
