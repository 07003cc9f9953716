using System.Collections.Concurrent;
using System.Formats.Tar;
using System.IO.Compression;
using PerfLab.Analysis.Runs;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;

namespace PerfLab.Analysis.Tests;

/// <summary>The runs in <c>tests/ReferenceRuns</c>, which were measured with real services, analysed again.</summary>
internal static class ReferenceAnalysis
{
    public const string Smoke = "20261129T005103Z-smoke-ff22";
    public const string Sampling = "20261129T010026Z-sampling-5ab8";
    public const string Tail = "20261129T024718Z-tail-62c8";

    private static readonly ConcurrentDictionary<string, RawRun> s_runs = new(StringComparer.Ordinal);

    /// <summary>Analyses a run as it was measured, or with another plan or changed records.</summary>
    public static (RunAnalysis Analysis, RunOutcome? Outcome) Of(string run, Func<Plan, Plan>? plan = null, Func<ArmRecord, ArmRecord>? arm = null)
    {
        var raw = s_runs.GetOrAdd(run, Read);
        var launches = arm is null ? raw.Launches : [.. raw.Launches.Select(launch => launch with { Arms = [.. launch.Arms.Select(arm)] })];
        return (RunAnalyzer.Analyze(raw.Manifest, plan?.Invoke(raw.Plan) ?? raw.Plan, launches, raw.Voided, raw.Outcome, raw.Noise), raw.Outcome);
    }

    private static RawRun Read(string run)
    {
        var folder = Directory.CreateTempSubdirectory("perflab-reference-");
        try
        {
            using (var archive = new GZipStream(File.OpenRead(Path.Combine(Archives(), run + ".tar.gz")), CompressionMode.Decompress))
            {
                TarFile.ExtractToDirectory(archive, folder.FullName, overwriteFiles: false);
            }

            var files = RunFolder.Find(folder.FullName, run);
            var plan = files.ReadPlan();
            return new RawRun(files.ReadManifest(), plan, files.ReadLaunches(plan), files.ReadVoidedLaunches(plan), files.ReadOutcome(), files.ReadNoise());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Archives()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "PerfLab.sln")))
            {
                return Path.Combine(folder.FullName, "tests", "ReferenceRuns");
            }
        }

        throw new DirectoryNotFoundException($"PerfLab.sln is in no folder above {AppContext.BaseDirectory}. Build and run the tests inside the checkout.");
    }

    private sealed record RawRun(Manifest Manifest, Plan Plan, IReadOnlyList<LaunchRecord> Launches, IReadOnlyList<LaunchRecord> Voided, RunOutcome? Outcome, NoiseProfile? Noise);
}
