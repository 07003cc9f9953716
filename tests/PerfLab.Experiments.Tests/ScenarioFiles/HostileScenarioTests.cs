using System.Text;
using PerfLab.Experiments.ScenarioFiles;

namespace PerfLab.Experiments.Tests.ScenarioFiles;

/// <summary>Files that nobody writes by accident: reading ends, with a scenario or with faults, and with nothing else.</summary>
public sealed class HostileScenarioTests
{
    private const int Size = 300_000;

    public static TheoryData<string, string> Repeated => new()
    {
        { "open lists", "[" },
        { "open maps", "{a: " },
        { "block lists", "- " },
        { "block keys", "? " },
        { "flow entries", "x, " },
        { "empty lines", "\n" },
        { "comments", "#\n" },
        { "aliases", "- *a\n" },
        { "anchors", "- &a b\n" },
        { "tags", "- !!str b\n" },
        { "documents", "---\n" },
        { "quotes", "\"" },
        { "colons", ": " },
        { "tabs", "\t\n" },
        { "commas", "," },
        { "closing brackets", "]" },
        { "carriage returns", "\r" },
        { "surrogates", "\ud83d\ude42" },
        { "null characters", "\0" },
    };

    [Theory]
    [MemberData(nameof(Repeated))]
    public async Task A_file_full_of_one_thing_is_refused_in_bounded_time(string what, string piece)
    {
        var yaml = new StringBuilder().Insert(0, piece, Size / Encoding.UTF8.GetByteCount(piece)).ToString();

        // A generous bound that only a quadratic or endless reading misses, also on a loaded machine.
        var faults = await Task.Run(() => Faults(yaml), TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

        Assert.True(faults > 0, what);
    }

    [Fact]
    public async Task A_long_key_over_many_values_does_not_fill_the_memory()
    {
        var yaml = $"? \"{new string('k', 400_000)}\"\n: [{string.Join(',', Enumerable.Repeat("&a x", 80_000))}]\n";

        var faults = await Task.Run(() => Faults(yaml), TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

        Assert.True(faults >= 80_000, $"{faults}");
    }

    [Theory]
    [InlineData("sampling.yaml", 1)]
    [InlineData("smoke.yaml", 2)]
    public void A_mutilated_file_gives_a_scenario_or_faults_and_nothing_else(string file, ulong seed)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Scenarios, file));
        var generator = new SeededGenerator(seed);
        var refused = 0;

        for (var i = 0; i < 1000; i++)
        {
            refused += Faults(Mutilate(text, generator), file) > 0 ? 1 : 0;
        }

        // Most mutations hit something; if hardly any did, this test would test nothing.
        Assert.InRange(refused, 300, 1000);
    }

    [Fact]
    public void A_message_shows_at_most_fifty_faults_and_says_how_many_more_there_are()
    {
        var yaml = string.Concat(Enumerable.Range(0, 80).Select(i => $"key{i}: 1\n"));

        var error = Assert.Throws<ScenarioException>(() => ScenarioFile.Parse(yaml, "a.yaml"));

        // 80 unknown keys and 5 required ones that are missing.
        Assert.Equal(85, error.Faults.Count);
        Assert.Equal(51, error.Message.Split('\n').Length);
        Assert.EndsWith("\na.yaml: 35 more faults. Correct these first.", error.Message, StringComparison.Ordinal);
    }

    private static string Mutilate(string text, SeededGenerator generator)
    {
        const string Pieces = "{}[]:,&*!|>'\"%@`#-? \n\t\\0xé~";
        var mutilated = new StringBuilder(text);
        for (var count = 1 + generator.NextInt32(3); count > 0; count--)
        {
            var at = generator.NextInt32(mutilated.Length - 20);
            _ = generator.NextInt32(3) switch
            {
                0 => mutilated.Remove(at, 1 + generator.NextInt32(20)),
                1 => mutilated.Insert(at, Pieces[generator.NextInt32(Pieces.Length)]),
                _ => mutilated.Insert(at, mutilated.ToString(generator.NextInt32(mutilated.Length - 20), 20)),
            };
        }

        return mutilated.ToString();
    }

    private static int Faults(string yaml, string path = "hostile.yaml")
    {
        try
        {
            _ = ScenarioFile.Parse(yaml, path);
            return 0;
        }
        catch (ScenarioException error)
        {
            Assert.NotEmpty(error.Message);
            return error.Faults.Count;
        }
    }
}
