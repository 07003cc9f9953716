using System.Text.RegularExpressions;

namespace PerfLab.Architecture.Tests.Sources;

/// <summary>Analysis and Runner yield facts; the words that a reader sees are made in Reporting.</summary>
public sealed partial class ProseTests
{
    private static readonly string[] s_wordless = ["src/PerfLab.Analysis/", "src/PerfLab.Runner/"];

    // Each with its reason.
    private static readonly Dictionary<string, string> s_exceptions = new(StringComparer.Ordinal)
    {
        ["src/PerfLab.Runner/ScenarioRun.cs"] = "The reason why a run ended is text in outcome.json since version 1.",
        ["src/PerfLab.Runner/ScenarioRunner.cs"] = "What a platform cannot measure is text in manifest.json since version 1.",
        ["src/PerfLab.Runner/Targets/PortOwner.cs"] = "A part of a TargetFailedException's message.",
        ["src/PerfLab.Runner/Targets/ProcessEnd.cs"] = "A part of a TargetFailedException's message.",
        ["src/PerfLab.Runner/Targets/ReadinessClient.cs"] = "A part of a TargetFailedException's message.",
        ["src/PerfLab.Runner/Targets/TargetLauncher.cs"] = "A part of a TargetFailedException's message.",
        ["src/PerfLab.Runner/Targets/TargetLog.cs"] = "A note in the target's own log file.",
        ["src/PerfLab.Runner/Targets/TargetWatchdog.cs"] = "A script of the shell, not a sentence.",
    };

    [Fact]
    public void Analysis_and_Runner_hold_no_sentences()
    {
        var sentences = Sentences().Where(sentence => !s_exceptions.ContainsKey(sentence.Path));

        Rule.IsKept(
            sentences.Select(sentence => $"{sentence.Path}({sentence.Literal.Line}): {sentence.Literal.Text}"),
            "A sentence is made outside of PerfLab.Reporting. Let a record carry the values, and write the words in PerfLab.Reporting/Wording.");
    }

    [Fact]
    public void Every_exception_is_still_needed() => Rule.IsKept(
        s_exceptions.Keys.Except(Sentences().Select(sentence => sentence.Path)),
        "No sentence is there any more. Take the file off the list of exceptions.");

    [Theory]
    [InlineData("return \"all is well\";", true)]
    [InlineData("return $\"{count} spans were lost\";", true)]
    [InlineData("return $\"{(count == 1 ? \"one span was\" : \"\")} lost\";", true)]
    [InlineData("return $\"\"\"{count} spans were lost\"\"\";", true)]
    [InlineData("return @\"all \"\"is\"\" very well\";", true)]
    [InlineData("throw new InvalidDataException($\"{path} is not readable\");", false)]
    [InlineData("return file ?? throw new InvalidDataException(\"it is not there\");", false)]
    [InlineData("[SuppressMessage(\"Usage\", \"X\", Justification = \"It waits on purpose.\")]", false)]
    [InlineData("return \"rate-missed\"; // all is well", false)]
    [InlineData("var quote = '\"'; return 1; /* \"all is well\" */", false)]
    [InlineData("return $\"launch {number}\";", false)]
    public void A_sentence_is_three_words_that_no_exception_says(string code, bool isProse) => Assert.Equal(isProse, StringLiterals.Of(code).Any(IsProse));

    private static IEnumerable<(string Path, StringLiteral Literal)> Sentences() =>
        from path in Checkout.Files
        where path.EndsWith(".cs", StringComparison.Ordinal) && s_wordless.Any(room => path.StartsWith(room, StringComparison.Ordinal))
        from literal in StringLiterals.Of(Checkout.Read(path))
        where IsProse(literal)
        select (path, literal);

    private static bool IsProse(StringLiteral literal) => ThreeWords().IsMatch(literal.Text) && !Excused().IsMatch(literal.Statement);

    [GeneratedRegex(@"(?<![\w.-])[A-Za-z']{2,},? +[A-Za-z']+[,:;]? +[a-z']{2,}(?![\w.-])", RegexOptions.None, 1000)]
    private static partial Regex ThreeWords();

    [GeneratedRegex(@"\bthrow\b|Exception\b|\bSuppressMessage\b", RegexOptions.None, 1000)]
    private static partial Regex Excused();
}
