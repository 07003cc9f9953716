using System.Text.RegularExpressions;
using PerfLab.Experiments.Scenarios;
using PerfLab.Experiments.Secrets;
using PerfLab.Experiments.Yaml;

namespace PerfLab.Experiments.ScenarioFiles;

/// <summary>What a text of a scenario file must look like. <c>scenario.schema.json</c> repeats the patterns; a test compares.</summary>
/// <param name="Pattern">Regular expression that matches the whole text, in the dialect that .NET and ECMAScript share; null allows all.</param>
/// <param name="MaximumLength">In UTF-16 units.</param>
/// <param name="Problem">What is wrong with a text that does not match.</param>
/// <param name="Advice">What to do about it.</param>
/// <param name="MayBeEmpty">Whether the text may be empty.</param>
/// <param name="MayHaveLines">Whether line breaks and tabs are allowed.</param>
internal sealed record TextRule(string? Pattern, int MaximumLength, string Problem, string Advice, bool MayBeEmpty = false, bool MayHaveLines = false)
{
    // The patterns have no nested repetition and the texts are short; the limit is for a pattern of tomorrow.
    private static readonly TimeSpan MatchLimit = TimeSpan.FromSeconds(1);

    public static TextRule ScenarioName { get; } = new(
        "^[a-z][a-z0-9-]*$", 40, "is not a name for a scenario.", "Use lower-case letters, digits and dashes, a letter first.");

    public static TextRule VariantName { get; } = new(
        "^[A-Za-z][A-Za-z0-9.-]*$", 40, "is not a name for a variant.", "Use letters, digits, dashes and dots, a letter first: it becomes part of file names.");

    public static TextRule ProcessName { get; } = new(
        "^[A-Za-z][A-Za-z0-9-]*$", 40, "is not a name for a process.", "Use letters, digits and dashes, a letter first: it becomes part of file names.");

    public static TextRule RequestName { get; } = new(
        "^[A-Za-z][A-Za-z0-9._-]*$", 40, "is not a name for a request.", "Use letters, digits, dashes, dots and underscores, a letter first.");

    public static TextRule Sentence { get; } = new(
        null, 300, "is not a line of text.", "Write one line of text.");

    public static TextRule PlanName { get; } = Sentence with { MaximumLength = 40 };

    public static TextRule WebPage { get; } = new(
        "^https?://[!-~]+$", 300, "is not the address of a page.", "Give the page that states the prices, for example https://example.com/pricing.");

    public static TextRule Currency { get; } = new(
        "^[A-Z]{3}$", 3, "is not a currency.", "Write its three letters, for example USD.");

    public static TextRule Path { get; } = new(
        "^/[!\"$-~]*$", 2000, "is not an absolute path.", "Begin with a slash and write spaces, # and letters outside ASCII percent-encoded; the host is the target's.");

    // Behind two slashes, and a backslash counts as one, stands another host (RFC 3986, section 4.2).
    public static TextRule ServicePath { get; } = Path with { Pattern = "^/(?![/\\\\])[!\"$-~]*$" };

    public static TextRule Argument { get; } = new(
        null, 4000, "is not an argument.", "Write one line of text.", MayBeEmpty: true, MayHaveLines: true);

    public static TextRule VariableName { get; } = new(
        "^[A-Za-z_][A-Za-z0-9_.:-]*$", 200, "is not a name for an environment variable.", "Use letters, digits and underscores, for example OTEL_TRACES_SAMPLER.");

    public static TextRule VariableValue { get; } = new(
        null, 32_000, "is not a value of an environment variable.", "Shorten it.", MayBeEmpty: true, MayHaveLines: true);

    // RFC 9110, section 5.6.2 (token).
    public static TextRule HeaderName { get; } = new(
        "^[A-Za-z0-9!#$%&'*+.^_`|~-]+$", 200, "is not a name for a header.", "Use letters, digits and dashes, for example Content-Type.");

    public static TextRule TokenName { get; } = new(
        "^[!-~]+$", 200, "is not the name of a member or a cookie.", "Use a name without spaces, for example access_token.");

    public static TextRule HeaderValue { get; } = new(
        "^[ -~]*$", 8000, "is not a value of a header.", "Use printable ASCII characters only.", MayBeEmpty: true);

    public static TextRule AttributeName { get; } = new(
        "^[!-~]+$", 200, "is not a name for an attribute.", "Use a name without spaces, for example http.response.status_code.");

    public static TextRule AttributeValue { get; } = new(
        null, 1000, "is not a value of an attribute.", "Write one line of text.", MayBeEmpty: true);

    public static TextRule ExpectedStatus { get; } = new(
        StatusExpectation.Pattern, 100, "is not a status that counts as an answer.", "Give the final HTTP status, 200 to 599, a class such as 2xx, or several with commas between.");

    public static TextRule Body { get; } = new(
        null, 1_000_000, "is not a body.", "Shorten it.", MayBeEmpty: true, MayHaveLines: true);

    /// <summary>Says what is wrong with a text, or null; a secret in it is not shown.</summary>
    /// <param name="text">The text.</param>
    /// <param name="name">The key, variable or header whose value it is; null where it has none.</param>
    public (string Problem, string Advice)? FaultOf(string text, string? name = null)
    {
        if (text.Length == 0 && !MayBeEmpty)
        {
            return ("it is empty.", Advice);
        }

        if (text.Length > MaximumLength)
        {
            return ($"{Shown()} has {text.Length} characters and may have {MaximumLength}.", "Shorten it.");
        }

        if (text.Contains('\0', StringComparison.Ordinal) || (!MayHaveLines && text.Any(char.IsControl)))
        {
            return ($"{Shown()} holds a line break or another control character.", Advice);
        }

        return Pattern is null || Regex.IsMatch(text, Pattern, RegexOptions.CultureInvariant, MatchLimit)
            ? null
            : ($"{Shown()} {Problem}", Advice);

        string Shown() => QuotedText.Of(SecretText.Hide(name, text));
    }
}
