namespace PerfLab.Cli.Verbs.Testing;

/// <summary>Tells a person how the tests go: a line per project, then what failed, then the counts alone on the last line.</summary>
/// <param name="output">Where to write.</param>
/// <param name="live">Whether lines can be overwritten, as on a terminal.</param>
internal sealed class TestDisplay(TextWriter output, bool live)
{
    private const int MostSlowTests = 20;

    private int _announcedFailures;

    /// <summary>A project begins.</summary>
    public void Started(TestProject project)
    {
        _announcedFailures = 0;
        Overwrite($"{project.Name,-32} ...");
    }

    /// <summary>Another line came from the running project.</summary>
    public void Advanced(TestProject project, TestTranscript transcript)
    {
        foreach (var failure in transcript.Failures.Skip(_announcedFailures))
        {
            WriteLine($"FAILED {failure.Test}");
        }

        _announcedFailures = transcript.Failures.Count;
        Overwrite($"{project.Name,-32} {transcript.Ended} tests ...");
    }

    /// <summary>A project came to its end.</summary>
    public void Finished(TestOutcome outcome)
    {
        string[] counts =
        [
            $"{outcome.Passed} passed",
            .. outcome.Failures.Count > 0 ? [$"{outcome.Failures.Count} FAILED"] : Array.Empty<string>(),
            .. outcome.Skipped.Count > 0 ? [$"{outcome.Skipped.Count} skipped"] : Array.Empty<string>(),
        ];
        WriteLine($"{outcome.Project,-32} {string.Join(", ", counts),-34} {outcome.Elapsed.TotalSeconds,6:0.0} s");
    }

    /// <summary>Everything ended. The last line stands alone, so that a program can read it.</summary>
    public void Summarise(IReadOnlyList<TestOutcome> outcomes)
    {
        foreach (var failure in outcomes.SelectMany(outcome => outcome.Failures))
        {
            WriteLine("");
            WriteLine($"FAILED {failure.Test}");
            foreach (var line in failure.Message.Split('\n'))
            {
                WriteLine("  " + line);
            }
        }

        SlowTest[] slow = [.. outcomes.SelectMany(outcome => outcome.Slow).OrderByDescending(test => test.Elapsed).Take(MostSlowTests)];
        if (slow.Length > 0)
        {
            WriteLine("");
            WriteLine("Took longest:");
        }

        foreach (var test in slow)
        {
            WriteLine($"{test.Elapsed.TotalSeconds,8:0.0} s  {test.Name}");
        }

        WriteLine("");
        foreach (var reason in outcomes.SelectMany(outcome => outcome.Skipped).CountBy(reason => reason).OrderByDescending(reason => reason.Value))
        {
            WriteLine($"{reason.Value} skipped: {reason.Key}");
        }

        WriteLine($"{outcomes.Sum(outcome => outcome.Passed)} passed, {outcomes.Sum(outcome => outcome.Failures.Count)} failed");
    }

    private void Overwrite(string text)
    {
        if (live)
        {
            output.Write($"\r\u001b[K{text}");
        }
    }

    private void WriteLine(string text) => output.WriteLine(live ? $"\r\u001b[K{text}" : text);
}
