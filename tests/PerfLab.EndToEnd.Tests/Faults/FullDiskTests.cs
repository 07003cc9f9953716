using PerfLab.EndToEnd.Tests.Programs;

namespace PerfLab.EndToEnd.Tests.Faults;

/// <summary>A disk that is full is told before the start, or ends the run with a message.</summary>
public sealed class FullDiskTests
{
    // What is free when the disk fills up, in kB; the last two are refused before the start, as docs/cli.md says: less than 16 MB.
    private static readonly int[] s_free = [0, 4, 16, 64, 128, 256, 512, 1024, -15_000, -1_000];

    [Fact]
    public Task A_disk_that_is_or_gets_full_is_told_and_no_process_is_left() => FaultCampaign.TryAsync(s_free, few: 3, async free =>
    {
        using var run = new FaultyRun();
        var disk = Directory.CreateDirectory(Path.Combine(run.Folder, "disk")).FullName;
        var size = free < 0 ? -free : 64_000;
        var mount = await RunAsync("mount", "-t", "tmpfs", "-o", $"size={size}k", "tmpfs", disk);
        Assert.SkipUnless(mount.ExitCode == 0, "Mounting a small file system needs root.");
        try
        {
            run.Results = disk;
            using var program = run.Start();
            if (free >= 0)
            {
                await Await.UntilAsync(() => program.HasExited || run.HasBegun, "the run has begun");
                Fill(disk, free * 1024L);
            }

            var end = await program.EndAsync(FaultyRun.Limit);

            // Room enough for all that such a run writes ends it well.
            var isEnough = free >= 256 && run.IsOver(end);
            Assert.True(end.ExitCode == (free < 0 ? 104 : 107) || isEnough, $"{end}");
            Assert.True(isEnough || end.Error.Contains("space", StringComparison.OrdinalIgnoreCase), $"{end}");
            AssertNoTrace(end);
            await run.AssertGoneAsync();
        }
        finally
        {
            await RunAsync("umount", disk);
        }
    });

    private static Task<ProgramResult> RunAsync(string program, params string[] arguments) => RunningProgram.RunAsync(Path.GetTempPath(), program, arguments, FaultyRun.Limit);

    private static void AssertNoTrace(ProgramResult end)
    {
        Assert.DoesNotContain("   at ", end.Output + end.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled exception", end.Error, StringComparison.Ordinal);
    }

    // Everything but so many bytes.
    private static void Fill(string disk, long free)
    {
        using var filler = new FileStream(Path.Combine(disk, "filler"), FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        try
        {
            while (true)
            {
                filler.Write(new byte[4096]);
            }
        }
        catch (IOException)
        {
            filler.SetLength(Math.Max(0, filler.Length - free));
        }
    }
}
