using System.Diagnostics;
using System.Text;
using PerfLab.Experiments.History;
using PerfLab.Experiments.Results;

namespace PerfLab.Experiments.Tests.History;

/// <summary>A history on disk: whatever happens to a line or to a writer costs no other night.</summary>
public sealed class HistoryFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private HistoryFile File => HistoryFile.Of(_folder.Path, "shop");

    [Fact]
    public void Nights_come_back_as_they_were_kept()
    {
        Assert.Equal(Path.Combine(_folder.Path, "history", "shop.jsonl"), File.Path);
        Assert.Empty(File.Read().Entries);

        Append(1, 2, 3);

        var reading = File.Read();
        Assert.Empty(reading.Skipped);
        Assert.Equal(Enumerable.Range(1, 3).Select(number => ResultsJson.Serialize(SampleNights.Night(number))), reading.Entries.Select(ResultsJson.Serialize));
        Assert.Equal(3, System.IO.File.ReadAllLines(File.Path).Length);
    }

    [Fact]
    public void What_is_there_is_never_written_again()
    {
        Append(1);
        var before = System.IO.File.ReadAllBytes(File.Path);

        Append(2);

        Assert.Equal(before, System.IO.File.ReadAllBytes(File.Path)[..before.Length]);
    }

    [Fact]
    public void A_truncated_last_line_costs_only_itself_and_the_next_night_begins_a_line_of_its_own()
    {
        Append(1, 2);
        var bytes = System.IO.File.ReadAllBytes(File.Path);
        System.IO.File.WriteAllBytes(File.Path, bytes[..^40]);

        Assert.Equal([new SkippedLine(2, SkippedLineReason.Unfinished)], File.Read().Skipped);
        Append(3);

        var reading = File.Read();
        Assert.Equal(["night-1", "night-3"], reading.Entries.Select(entry => entry.Night.Name));
        Assert.Equal([new SkippedLine(2, SkippedLineReason.Damaged)], reading.Skipped);
    }

    [Fact]
    public void A_last_line_that_lacks_only_its_end_is_used()
    {
        Append(1);
        System.IO.File.WriteAllBytes(File.Path, System.IO.File.ReadAllBytes(File.Path)[..^1]);

        Assert.Single(File.Read().Entries);
        Append(2);

        Assert.Equal(["night-1", "night-2"], File.Read().Entries.Select(entry => entry.Night.Name));
        Assert.Empty(File.Read().Skipped);
    }

    [Fact]
    public void A_byte_order_mark_costs_no_night()
    {
        Append(1);
        System.IO.File.WriteAllBytes(File.Path, [0xEF, 0xBB, 0xBF, .. System.IO.File.ReadAllBytes(File.Path)]);

        Assert.Single(File.Read().Entries);
        Assert.Empty(File.Read().Skipped);
    }

    [Theory]
    [InlineData("\"estimates\":[", "\"estimates\":[null,")]
    [InlineData("\"verdicts\":[", "\"verdicts\":[null,")]
    [InlineData("\"metric\":\"cpu\"", "\"metric\":999")]
    public void A_line_of_another_shape_is_damaged_and_costs_no_other(string text, string instead)
    {
        Append(1, 2);
        var lines = System.IO.File.ReadAllLines(File.Path);
        Assert.Contains(text, lines[0], StringComparison.Ordinal);
        System.IO.File.WriteAllLines(File.Path, [lines[0].Replace(text, instead, StringComparison.Ordinal), lines[1]]);

        Assert.Equal([new SkippedLine(1, SkippedLineReason.Damaged)], File.Read().Skipped);
        Assert.Single(File.Read().Entries);
    }

    [Fact]
    public void A_line_of_a_later_version_is_left_where_it_is()
    {
        Append(1);
        const string Later = """{"format_version":2,"anything":{"else":[1,2,3]}}""";
        System.IO.File.AppendAllText(File.Path, Later + "\n");
        Append(2);

        var reading = File.Read();

        Assert.Equal(["night-1", "night-2"], reading.Entries.Select(entry => entry.Night.Name));
        Assert.Equal([new SkippedLine(2, SkippedLineReason.LaterVersion)], reading.Skipped);
        Assert.Equal(Later, System.IO.File.ReadAllLines(File.Path)[1]);
    }

    [Fact]
    public void A_member_that_a_later_program_added_within_the_version_is_ignored()
    {
        Append(1);
        System.IO.File.WriteAllText(File.Path, System.IO.File.ReadAllText(File.Path).Replace("{\"format_version\":1,", "{\"format_version\":1,\"new_member\":[true],", StringComparison.Ordinal));

        Assert.Single(File.Read().Entries);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("17")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"format_version":0}""")]
    [InlineData("""{"format_version":"1"}""")]
    [InlineData("""{"format_version":1}""")]
    [InlineData("""{"format_version":1} {"format_version":1}""")]
    [InlineData("not JSON")]
    [InlineData("\u0000\u0001\ufffd")]
    public void A_line_that_is_no_night_is_named_and_skipped(string line)
    {
        Append(1);
        System.IO.File.AppendAllText(File.Path, line + "\n");
        Append(2);

        var reading = File.Read();

        Assert.Equal(["night-1", "night-2"], reading.Entries.Select(entry => entry.Night.Name));
        Assert.Equal([new SkippedLine(2, SkippedLineReason.Damaged)], reading.Skipped);
    }

    [Fact]
    public void Two_lines_about_one_night_count_once()
    {
        Append(1, 2, 1);

        var reading = File.Read();

        Assert.Equal(["night-1", "night-2"], reading.Entries.Select(entry => entry.Night.Name));
        Assert.Equal([new SkippedLine(3, SkippedLineReason.Repeated)], reading.Skipped);
    }

    [Fact]
    public void Empty_lines_and_carriage_returns_are_no_damage()
    {
        Append(1, 2);
        System.IO.File.WriteAllText(File.Path, "\n" + System.IO.File.ReadAllText(File.Path).Replace("\n", "\r\n\r\n", StringComparison.Ordinal));

        Assert.Equal(2, File.Read().Entries.Count);
        Assert.Empty(File.Read().Skipped);
    }

    [Fact]
    public void Many_writers_at_once_lose_no_night_and_mix_no_line()
    {
        const int Writers = 8;
        const int Nights = 15;

        Parallel.For(0, Writers, new ParallelOptions { MaxDegreeOfParallelism = Writers, CancellationToken = TestContext.Current.CancellationToken }, writer =>
        {
            for (var night = 0; night < Nights; night++)
            {
                Append((writer * Nights) + night);
            }
        });

        var reading = File.Read();
        Assert.Empty(reading.Skipped);
        Assert.Equal(Enumerable.Range(0, Writers * Nights), reading.Entries.Select(entry => int.Parse(entry.Night.Name["night-".Length..], System.Globalization.CultureInfo.InvariantCulture)).Order());
    }

    [Fact]
    public void A_history_can_be_read_while_a_writer_holds_it()
    {
        Append(1);
        using var writer = new FileStream(File.Path + ".lock", FileMode.Open, FileAccess.ReadWrite, FileShare.None);

        Assert.Single(File.Read().Entries);
    }

    // Damage of four kinds at a random place: a changed byte, a lost stretch, an inserted one, a cut. Lines that it does not
    // touch must come back; the reader must not throw, whatever it finds.
    [Theory]
    [InlineData(1)]
    [InlineData(20261129)]
    [InlineData(987654321)]
    public void Generated_damage_costs_only_the_lines_that_it_touches(int seed)
    {
        const int Nights = 6;
        Append([.. Enumerable.Range(1, Nights)]);
        var whole = System.IO.File.ReadAllBytes(File.Path);
        var random = new Random(seed);
        for (var round = 0; round < 300; round++)
        {
            var at = random.Next(whole.Length);
            var length = random.Next(1, 200);
            var damaged = (round % 4) switch
            {
                0 => [.. whole[..at], (byte)random.Next(256), .. whole[(at + 1)..]],
                1 => [.. whole[..at], .. whole[Math.Min(whole.Length, at + length)..]],
                2 => [.. whole[..at], .. Enumerable.Range(0, length).Select(_ => (byte)random.Next(256)), .. whole[at..]],
                _ => whole[..at],
            };
            System.IO.File.WriteAllBytes(File.Path, damaged);

            var names = File.Read().Entries.Select(entry => entry.Night.Name).ToHashSet(StringComparer.Ordinal);

            foreach (var line in Encoding.UTF8.GetString(damaged).Split('\n')[..^1])
            {
                if (Enumerable.Range(1, Nights).FirstOrDefault(night => line + "\n" == ResultsJson.SerializeLine(SampleNights.Night(night))) is > 0 and var night)
                {
                    Assert.Contains($"night-{night}", names);
                }
            }

            Assert.InRange(names.Count, 0, Nights);
        }
    }

    [Fact]
    public async Task A_full_disk_leaves_the_history_as_it_was()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.UserName == "root", "A small file system is mounted as root.");
        var mount = Directory.CreateDirectory(Path.Combine(_folder.Path, "small")).FullName;
        Assert.SkipUnless(await RunAsync("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", mount) == 0, "Nothing may be mounted here.");
        try
        {
            var file = HistoryFile.Of(mount, "shop");
            file.Append(SampleNights.Night(1));
            var before = System.IO.File.ReadAllBytes(file.Path);
            var filler = Path.Combine(mount, "filler");
            Assert.ThrowsAny<IOException>(() => System.IO.File.WriteAllBytes(filler, new byte[1 << 20]));

            Assert.ThrowsAny<IOException>(() => Enumerable.Range(2, 200).ToList().ForEach(night => file.Append(SampleNights.Night(night))));

            var kept = file.Read();
            Assert.Empty(kept.Skipped);
            Assert.Equal(before, System.IO.File.ReadAllBytes(file.Path)[..before.Length]);
            System.IO.File.Delete(filler);
            file.Append(SampleNights.Night(999));
            Assert.Equal(kept.Entries.Count + 1, file.Read().Entries.Count);
        }
        finally
        {
            await RunAsync("umount", mount);
        }
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<int> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, UseShellExecute = false })!;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        return process.ExitCode;
    }

    private void Append(params int[] nights)
    {
        foreach (var night in nights)
        {
            File.Append(SampleNights.Night(night));
        }
    }
}
