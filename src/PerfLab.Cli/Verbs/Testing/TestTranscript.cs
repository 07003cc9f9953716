using System.Text.Json;

namespace PerfLab.Cli.Verbs.Testing;

/// <summary>
/// Follows the output of one xunit program started with <c>-reporter json</c>: one JSON object a line, among whatever
/// the tests themselves print. Being read as it comes, it tells what ran when a program crashed or hung.
/// </summary>
/// <param name="project">The project's name.</param>
internal sealed class TestTranscript(string project)
{
    private const string MessageStart = "{\"$type\":\"";
    private const int KeptLines = 30;

    private readonly Dictionary<string, string> _running = [];
    private readonly List<string> _skipped = [];
    private readonly List<TestFailure> _failures = [];
    private readonly List<SlowTest> _slow = [];
    private readonly Queue<string> _otherLines = new();
    private int _failedTests;
    private (int Total, int Failed)? _end;

    /// <summary>Gets the number of tests that passed so far.</summary>
    public int Passed { get; private set; }

    /// <summary>Gets the number of tests that ended so far.</summary>
    public int Ended => Passed + _failedTests + _skipped.Count;

    /// <summary>Gets what failed so far.</summary>
    public IReadOnlyList<TestFailure> Failures => _failures;

    /// <summary>Takes one line of standard output.</summary>
    /// <param name="line">The line; a test may have printed something before the message without ending its line.</param>
    public void Read(string line)
    {
        var start = line.IndexOf(MessageStart, StringComparison.Ordinal);
        if (start < 0 || !TryTake(line.AsMemory(start)))
        {
            ReadOther(line);
        }
    }

    /// <summary>Takes one line of standard error.</summary>
    /// <param name="line">The line.</param>
    public void ReadOther(string line)
    {
        _otherLines.Enqueue(line);
        if (_otherLines.Count > KeptLines)
        {
            _otherLines.Dequeue();
        }
    }

    /// <summary>Draws the conclusion when the program has ended, or was ended.</summary>
    /// <param name="end">How it ended, for a person, when that was not by itself; else null.</param>
    /// <param name="exitCode">Its exit code.</param>
    /// <param name="elapsed">The time it took.</param>
    public TestOutcome Conclude(string? end, int exitCode, TimeSpan elapsed)
    {
        if (end is not null)
        {
            FailAsAWhole(end);
        }
        else if (_end is not { } told)
        {
            FailAsAWhole($"The test program stopped in the middle with exit code {exitCode}.");
        }
        else if (told.Total == 0)
        {
            FailAsAWhole("There is no test in this project.");
        }
        else if (told.Total != Ended || told.Failed != _failedTests)
        {
            FailAsAWhole($"The test program counted {told.Total} tests and {told.Failed} failures, but reported {Ended} and {_failedTests}: messages were lost.");
        }
        else if (exitCode != 0 && _failures.Count == 0)
        {
            FailAsAWhole($"Every test passed, yet the exit code is {exitCode}.");
        }

        return new TestOutcome { Project = project, Passed = Passed, Skipped = [.. _skipped], Failures = [.. _failures], Slow = [.. _slow], Elapsed = elapsed };
    }

    private void FailAsAWhole(string what)
    {
        string[] running = _running.Count == 0 ? [] : [$"Running at that moment: {string.Join(", ", _running.Values)}"];
        string[] printed = _otherLines.Count == 0 ? [] : ["Printed last:", .. _otherLines.Select(line => "  " + line)];
        _failures.Add(new TestFailure(project, string.Join('\n', [what, .. running, .. printed])));
    }

    private bool TryTake(ReadOnlyMemory<char> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            Take(document.RootElement);
            return true;
        }
        catch (JsonException)
        {
            return false; // A line that a test printed; a message lost this way shows in the final count.
        }
    }

    private void Take(JsonElement message)
    {
        switch (Text(message, "$type"))
        {
            case "test-starting":
                _running[Text(message, "TestUniqueID")] = Text(message, "TestDisplayName");
                break;
            case "test-passed":
                Passed++;
                break;
            case "test-skipped":
                _skipped.Add(Text(message, "Reason"));
                break;
            case "test-failed":
                _failedTests++;
                _failures.Add(new TestFailure(_running.GetValueOrDefault(Text(message, "TestUniqueID"), project), ExceptionText.Of(message)));
                break;
            case "test-finished":
                NoteWhenSlow(message);
                _running.Remove(Text(message, "TestUniqueID"));
                break;
            case "test-assembly-finished":
                _end = (Number(message, "TestsTotal") - Number(message, "TestsNotRun"), Number(message, "TestsFailed"));
                break;
            case "error" or "error-message":
                _failures.Add(new TestFailure(project, ExceptionText.Of(message)));
                break;
            case var type when type.EndsWith("-cleanup-failure", StringComparison.Ordinal):
                _failures.Add(new TestFailure($"{project}, {type}", ExceptionText.Of(message)));
                break;
        }
    }

    private void NoteWhenSlow(JsonElement message)
    {
        if (message.TryGetProperty("ExecutionTime", out var value) && value.TryGetDouble(out var seconds) && seconds >= SlowTest.Seconds)
        {
            _slow.Add(new SlowTest(_running.GetValueOrDefault(Text(message, "TestUniqueID"), project), TimeSpan.FromSeconds(seconds)));
        }
    }

    private static string Text(JsonElement message, string property) =>
        message.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static int Number(JsonElement message, string property) =>
        message.TryGetProperty(property, out var value) && value.TryGetInt32(out var number) ? number : 0;
}
