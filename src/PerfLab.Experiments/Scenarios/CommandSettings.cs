using System.Globalization;
using System.Text;

namespace PerfLab.Experiments.Scenarios;

/// <summary>A setting of an OpenTelemetry SDK that stands in a command, or in a variable from which the JVM takes options.</summary>
/// <param name="Word">Which word it is, from 0.</param>
/// <param name="Name">The variable of the same meaning: <c>OTEL_TRACES_SAMPLER</c> for <c>-Dotel.traces.sampler=always_on</c>.</param>
/// <param name="Value">The value as the variable would have it: times in milliseconds.</param>
internal sealed record CommandSetting(int Word, string Name, string Value);

/// <summary>
/// What a command tells an OpenTelemetry SDK over the environment of its process: variables behind <c>env</c> and the like, and
/// properties of the Java agent, which take precedence over variables.
/// </summary>
internal static class CommandSettings
{
    private const string Prefix = "-Dotel.";

    // What java takes options from before those of its command, and after them, each over the one before (JDK 21, "The java Command").
    private static readonly string[] s_before = ["JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"];
    private static readonly string[] s_after = ["_JAVA_OPTIONS"];

    private static readonly string[] s_times = ["_DELAY", "_TIMEOUT", "_INTERVAL"];

    /// <summary>Gets the variables from which the JVM takes options.</summary>
    public static IReadOnlyList<string> OptionVariables { get; } = [.. s_before, .. s_after];

    /// <summary>Gets what tells an SDK, as variables: the environment, and over it what the command and the JVM's variables say.</summary>
    /// <param name="environment">The variables of the process.</param>
    /// <param name="command">The program and its arguments.</param>
    public static IReadOnlyDictionary<string, string> Over(IReadOnlyDictionary<string, string> environment, IReadOnlyList<string> command)
    {
        var settings = new Dictionary<string, string>(environment, StringComparer.Ordinal);
        Add(CommandProgram.AssignmentsOf(command));
        if (!CommandProgram.IsDotNet(command) && !CommandProgram.IsNode(command))
        {
            CommandSetting[] properties = [.. InVariables(s_before), .. PropertiesIn(command), .. InVariables(s_after)];
            Add(properties);
        }

        return settings;

        IEnumerable<CommandSetting> InVariables(string[] names) => names.SelectMany(name => PropertiesIn(OptionsIn(settings.GetValueOrDefault(name) ?? string.Empty)));

        void Add(IEnumerable<CommandSetting> found)
        {
            foreach (var setting in found)
            {
                settings[setting.Name] = setting.Value;
            }
        }
    }

    /// <summary>Gets the properties of the Java agent among words.</summary>
    /// <param name="words">Those of a command, or the options in a variable.</param>
    public static IEnumerable<CommandSetting> PropertiesIn(IEnumerable<string> words) => words
        .Select((word, index) => (Word: word, Index: index, Sign: word.IndexOf('=', StringComparison.Ordinal)))
        .Where(one => one.Word.StartsWith(Prefix, StringComparison.Ordinal) && one.Sign > 0)
        .Select(one => (one.Index, Name: one.Word["-D".Length..one.Sign].Replace('.', '_').Replace('-', '_').ToUpperInvariant(), Value: one.Word[(one.Sign + 1)..]))
        .Select(one => new CommandSetting(one.Index, one.Name, s_times.Any(end => one.Name.EndsWith(end, StringComparison.Ordinal)) ? InMilliseconds(one.Value) : one.Value));

    /// <summary>Splits the value of a variable as the JVM does: at white space that stands in no quotation marks.</summary>
    /// <param name="value">The value.</param>
    public static IReadOnlyList<string> OptionsIn(string value)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var mark = '\0';
        foreach (var letter in value.Append(' '))
        {
            if (letter == mark || (mark == '\0' && letter is '"' or '\''))
            {
                mark = letter == mark ? '\0' : letter;
            }
            else if (mark != '\0' || !char.IsWhiteSpace(letter))
            {
                word.Append(letter);
            }
            else if (word.Length > 0)
            {
                words.Add(word.ToString());
                word.Clear();
            }
        }

        return words;
    }

    // Unlike others the SDK of Java takes times with a unit; without one they are milliseconds.
    private static string InMilliseconds(string value)
    {
        var digits = value.TakeWhile(char.IsAsciiDigit).Count();
        var factor = value[digits..].Trim() switch
        {
            "ms" => 1L,
            "s" => 1_000,
            "m" => 60_000,
            "h" => 3_600_000,
            "d" => 86_400_000,
            _ => 0,
        };
        return factor > 0 && long.TryParse(value.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= long.MaxValue / factor
            ? (number * factor).ToString(CultureInfo.InvariantCulture)
            : value;
    }
}
