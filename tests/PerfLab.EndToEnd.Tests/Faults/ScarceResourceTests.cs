using PerfLab.EndToEnd.Tests.Loads;
using PerfLab.EndToEnd.Tests.Programs;

namespace PerfLab.EndToEnd.Tests.Faults;

/// <summary>A disk that fills up and descriptors that run out are told before the start, or end the run with a message.</summary>
public sealed class ScarceResourceTests
{
    // What is free when the disk fills up, in kB; the last two are refused before the start, as docs/cli.md says: less than 16 MB.
    private static readonly int[] s_free = [0, 4, 16, 64, 128, 256, 512, 1024, -15_000, -1_000];

    // Below 256 nothing starts, as run.sh says.
    private static readonly int[] s_files = [40, 64, 128, 192, 255, 256, 300, 400, 512, 1024];

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

    [Fact]
    public Task Too_few_descriptors_are_told_before_the_start_and_enough_of_them_are_enough() => FaultCampaign.TryAsync(s_files, few: 3, async files =>
    {
        using var run = new FaultyRun();
        await using var service = new AnsweringServer();
        string[][] commands =
        [
            ["scenario", run.ScenarioFile, "--results", run.Results],
            ["load", service.Url, "--connections", "4", "--duration", "1s"],
            ["load", service.Url, "--connections", "2000", "--duration", "1s"],
        ];
        foreach (var command in commands)
        {
            var end = await RunAsync("bash", ["-c", $"ulimit -n {files}; exec \"$0\" \"$@\"", Checkout.Script, .. command]);

            // Two arms with up to 256 connections each need some 650; with 1,024 there is room for them.
            var isEnough = files >= (command[0] == "scenario" ? 1_000 : 256) && !command.Contains("2000");
            Assert.True(isEnough ? end.ExitCode == 0 || (command[0] == "scenario" && run.IsOver(end)) : end.ExitCode == 104, $"{string.Join(' ', command)}: {end}");
            Assert.True(
                isEnough || end.Error.Contains(files < 256 ? $"256 are needed, {files} are allowed" : $"open files, and this process may have {files:#,0} (ulimit -n)", StringComparison.Ordinal),
                $"{string.Join(' ', command)}: {end}");
            AssertNoTrace(end);
        }

        await run.AssertGoneAsync();
    });

    private static Task<ProgramResult> RunAsync(string program, params string[] arguments) => RunningProgram.RunAsync(Path.GetTempPath(), program, arguments, FaultyRun.Limit, Cli.Quickly);

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
