using PerfLab.Experiments.Results;

namespace PerfLab.Experiments.Tests.Results;

/// <summary>Which runs go, what is a run, and who may be writing one.</summary>
public sealed class RunRetentionTests : IDisposable
{
    private static readonly DateTimeOffset s_now = new(2026, 3, 31, 0, 0, 0, TimeSpan.Zero);
    private readonly TemporaryFolder _results = new();

    public void Dispose() => _results.Dispose();

    [Theory]
    [InlineData(2, null, "a")]
    [InlineData(0, null, "a b c")]
    [InlineData(9, null, "")]
    [InlineData(null, 30, "a")]
    [InlineData(null, 0, "a b c")]
    [InlineData(0, 30, "a")]
    [InlineData(3, 0, "")]
    public void A_run_goes_that_neither_the_number_nor_the_age_keeps(int? keep, int? days, string gone)
    {
        Add("20260101T000000Z-smoke-aaaa", "manifest.json");
        Add("20260310T000000Z-smoke-bbbb", "manifest.json");
        Add("20260330T000000Z-smoke-cccc", "manifest.json");

        var chosen = new RunRetention(keep, days is null ? null : TimeSpan.FromDays(days.Value)).Choose(RunRetention.Find(_results.Path), s_now);

        Assert.Equal(gone, string.Join(' ', chosen.Select(run => run.Path[^1])));
    }

    [Fact]
    public void Only_folders_named_and_filled_as_runs_are_runs()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows lets few users create links.");
        Add("20260101T000000Z-smoke-aaaa", "manifest.json");
        Add("capacity/20260102T000000Z-smoke-bbbb", "capacity.json");
        Add("20260101T000000Z-smoke-cccc", "notes.txt");
        Add("my-own-folder", "manifest.json");
        Add("20269999T000000Z-smoke-dddd", "manifest.json");
        Add("bench", "manifest.json");
        _results.Write("20260101T000000Z-smoke-eeee", "a file");
        Directory.CreateSymbolicLink(Path.Combine(_results.Path, "20260103T000000Z-smoke-ffff"), Path.Combine(_results.Path, "my-own-folder"));

        Assert.Equal(["20260101T000000Z-smoke-aaaa", "20260102T000000Z-smoke-bbbb"], RunRetention.Find(_results.Path).Select(run => Path.GetFileName(run.Path)));
        Assert.Empty(RunRetention.Find(Path.Combine(_results.Path, "nowhere")));
    }

    [Fact]
    public void The_newest_of_runs_capacity_searches_and_diagnoses_are_counted_apart()
    {
        Add("20250102T000000Z-smoke-diagnose-dddd", "diagnosis.json");
        Add("20250103T000000Z-smoke-diagnose-eeee", "diagnosis.json");
        Add("20260101T000000Z-smoke-aaaa", "manifest.json");
        Add("20260102T000000Z-smoke-bbbb", "manifest.json");
        Add("capacity/20250101T000000Z-smoke-cccc", "capacity.json");

        var chosen = new RunRetention(1, null).Choose(RunRetention.Find(_results.Path), s_now);

        Assert.Equal(["20250102T000000Z-smoke-diagnose-dddd", "20260101T000000Z-smoke-aaaa"], chosen.Select(run => Path.GetFileName(run.Path)));
    }

    [Fact]
    public void A_run_that_somebody_writes_is_running_and_is_not_removed()
    {
        var run = Add("20260101T000000Z-smoke-aaaa", "manifest.json", "outcome.json");
        using (RunLock.Take(run.Path))
        {
            Assert.True(RunRetention.MayBeRunning(run, s_now));
            Assert.False(RunRetention.TryRemove(run));
            Assert.Throws<InvalidDataException>(() => RunLock.Take(run.Path));
        }

        Assert.False(RunRetention.MayBeRunning(run, s_now));
        Assert.True(RunRetention.TryRemove(run));
        Assert.False(Directory.Exists(run.Path));
    }

    [Fact]
    public void A_run_that_has_not_said_how_it_ended_may_be_running_until_it_is_older_than_any_run()
    {
        var run = Add("20260101T000000Z-smoke-aaaa", "manifest.json");
        var written = new DateTimeOffset(File.GetLastWriteTimeUtc(Path.Combine(run.Path, "manifest.json")), TimeSpan.Zero);

        Assert.True(RunRetention.MayBeRunning(run, written.AddHours(30)));
        Assert.False(RunRetention.MayBeRunning(run, written.AddHours(32)));
    }

    [Fact]
    public void A_run_that_was_killed_is_not_running()
    {
        var run = Add("20260101T000000Z-smoke-aaaa", "manifest.json", ".running");

        Assert.False(RunRetention.MayBeRunning(run, s_now));
        Assert.False(RunLock.IsTaken(run.Path));
        Assert.True(File.Exists(Path.Combine(run.Path, ".running")));
    }

    // Its folder stays with what it has begun, and nothing will ever be added: it need not wait until no run could last that long.
    [Fact]
    public void A_diagnosis_that_failed_is_not_running_and_goes_by_the_same_rule_as_one_that_did_not()
    {
        var failed = Add("20260101T000000Z-smoke-diagnose-aaaa", "diagnosis.json");
        var killed = Add("20260102T000000Z-smoke-diagnose-bbbb", "diagnosis.json", ".running");
        var complete = Add("20260103T000000Z-smoke-diagnose-cccc", "diagnosis.json", "flame.html");
        var written = new DateTimeOffset(File.GetLastWriteTimeUtc(Path.Combine(failed.Path, "diagnosis.json")), TimeSpan.Zero);

        Assert.All([failed, killed, complete], diagnosis => Assert.False(RunRetention.MayBeRunning(diagnosis, written)));
        Assert.Equal([failed, killed], new RunRetention(1, null).Choose(RunRetention.Find(_results.Path), s_now));
        Assert.True(RunRetention.TryRemove(failed));
        Assert.True(RunRetention.TryRemove(killed));
        Assert.Equal([complete], RunRetention.Find(_results.Path));
    }

    [Fact]
    public void A_diagnosis_that_somebody_writes_is_running()
    {
        var diagnosis = Add("20260101T000000Z-smoke-diagnose-aaaa", "diagnosis.json");
        using var writing = RunLock.Take(diagnosis.Path);

        Assert.True(RunRetention.MayBeRunning(diagnosis, s_now));
        Assert.False(RunRetention.TryRemove(diagnosis));
    }

    [Fact]
    public void The_length_of_a_run_is_that_of_its_files_and_not_of_what_links_lead_to()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows lets few users create links.");
        var run = Add("20260101T000000Z-smoke-aaaa", "manifest.json", "launches/001/launch.json");
        var outside = _results.Write("outside/large", new string('x', 1000));
        File.CreateSymbolicLink(Path.Combine(run.Path, "link"), outside);

        Assert.Equal(4, RunRetention.BytesOf(run));
        Assert.True(RunRetention.TryRemove(run));
        Assert.True(File.Exists(outside));
    }

    private StoredRun Add(string name, params string[] files)
    {
        foreach (var file in files)
        {
            _results.Write(Path.Combine(name, file), "{}");
        }

        var path = Path.Combine(_results.Path, name);
        return RunRetention.Find(_results.Path).FirstOrDefault(run => run.Path == path) ?? new StoredRun(path, s_now, StoredRunKind.Run);
    }
}
