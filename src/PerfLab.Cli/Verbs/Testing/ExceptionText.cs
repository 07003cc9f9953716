using System.Text.Json;

namespace PerfLab.Cli.Verbs.Testing;

/// <summary>Turns the exceptions of an xunit message into lines that help: what it said, and our own frames of the stack.</summary>
internal static class ExceptionText
{
    private static readonly string[] ForeignFrames = ["   at Xunit.", "   at System.", "--- End of stack trace"];

    /// <summary>Describes a message with <c>ExceptionTypes</c>, <c>Messages</c> and <c>StackTraces</c>, outermost first.</summary>
    public static string Of(JsonElement message)
    {
        var types = Texts(message, "ExceptionTypes");
        var messages = Texts(message, "Messages");
        var stacks = Texts(message, "StackTraces");
        var lines = types.SelectMany((type, i) => Describe(type, messages.ElementAtOrDefault(i), stacks.ElementAtOrDefault(i)));
        return string.Join('\n', lines);
    }

    private static IEnumerable<string> Describe(string type, string? message, string? stack)
    {
        // An assertion's message says all; the type of another exception is half of what it says.
        yield return type.StartsWith("Xunit.Sdk.", StringComparison.Ordinal) ? message ?? type : $"{type}: {message}";
        foreach (var frame in (stack ?? "").Split('\n').Select(line => line.TrimEnd('\r')).Where(IsOurs))
        {
            yield return frame;
        }
    }

    private static bool IsOurs(string frame) =>
        frame.Length > 0 && !ForeignFrames.Any(foreign => frame.StartsWith(foreign, StringComparison.Ordinal));

    private static IReadOnlyList<string> Texts(JsonElement message, string property) =>
        message.TryGetProperty(property, out var values) && values.ValueKind == JsonValueKind.Array
            ? [.. values.EnumerateArray().Select(value => value.ToString())]
            : [];
}
