using PerfLab.Experiments.Results;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Experiments.Tests.Results;

public sealed class NoiseProfilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void The_latest_profile_of_each_runtime_is_kept()
    {
        var profiles = new NoiseProfileStore(_folder.Path);

        profiles.Save(Profile("first", RuntimeProfile.Lab));
        profiles.Save(Profile("second", RuntimeProfile.Lab));
        profiles.Save(Profile("third", RuntimeProfile.Steady));

        Assert.Equal("second", profiles.Find(RuntimeProfile.Lab)!.RunId);
        Assert.Equal("third", profiles.Find(RuntimeProfile.Steady)!.RunId);
        Assert.Null(profiles.Find(RuntimeProfile.Production));
    }

    [Fact]
    public void The_folder_of_profiles_is_no_run()
    {
        new NoiseProfileStore(_folder.Path).Save(Profile("first", RuntimeProfile.Lab));

        Assert.Throws<RunNotFoundException>(() => RunFolder.Find(_folder.Path, "latest"));
    }

    [Fact]
    public void A_run_keeps_the_profile_that_was_there_when_it_began()
    {
        var run = new RunFolder(_folder.Path);
        Assert.Null(run.ReadNoise());

        RunFolder.Write(run.NoiseFile, Profile("first", RuntimeProfile.Lab));

        Assert.Equal(0.02, Assert.Single(run.ReadNoise()!.Metrics).SpreadRatio);
    }

    [Fact]
    public void A_profile_of_another_version_is_told()
    {
        RunFolder.Write(new RunFolder(_folder.Path).NoiseFile, Profile("first", RuntimeProfile.Lab) with { FormatVersion = 99 });

        Assert.Contains("version 99", Assert.Throws<InvalidDataException>(() => new RunFolder(_folder.Path).ReadNoise()).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static NoiseProfile Profile(string runId, RuntimeProfile runtime) => new()
    {
        FormatVersion = NoiseProfile.CurrentFormatVersion,
        RunId = runId,
        MeasuredUtc = new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.Zero),
        Machine = new MachineFingerprint("Linux", null, null, 2, 8_000_000_000, "X64", ".NET 10", null),
        Scenario = "noise",
        Runtime = runtime,
        Arms = 8,
        LaunchSets = 60,
        ComparisonLaunchSets = 6,
        Comparisons = 40,
        AllowedFalseAlarmRatio = 0.03125,
        Metrics =
        [
            new MetricNoise
            {
                Metric = MetricId.Cpu,
                Comparisons = 40,
                FalseAlarms = 1,
                FalseAlarmRatioLow = 0.0006,
                FalseAlarmRatioHigh = 0.13,
                BeyondThreshold = 0,
                PracticalThreshold = 0.05,
                SpreadRatio = 0.02,
                SpreadDegreesOfFreedom = 420,
                NotMeasuredBecause = null,
            },
        ],
    };
}
