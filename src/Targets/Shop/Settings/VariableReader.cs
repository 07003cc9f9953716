using System.Globalization;

namespace Shop.Settings;

/// <summary>
/// Reads variables strictly. The SDK logs an unreadable value to an event source that nobody sees and goes on with a
/// default; a measured service that does so measures something else than it was asked to.
/// </summary>
/// <param name="variable">Looks up a variable; null when it is not set.</param>
/// <param name="faults">Receives one sentence for each value that is not understood.</param>
internal sealed class VariableReader(Func<string, string?> variable, ICollection<string> faults)
{
    /// <summary>Reads text.</summary>
    /// <param name="name">The variable.</param>
    /// <returns>The text as it is, because the SDK does not trim either; null when it is unset or blank, which the OpenTelemetry specification treats alike.</returns>
    public string? Text(string name)
    {
        var text = variable(name);
        return string.IsNullOrWhiteSpace(text) ? null : text;
    }

    /// <summary>Reads <c>true</c> or <c>false</c>.</summary>
    /// <param name="name">The variable.</param>
    /// <returns>The value; null when it is unset or not understood.</returns>
    public bool? Flag(string name)
    {
        var text = Text(name);
        if (text is null)
        {
            return null;
        }

        if (bool.TryParse(text, out var value))
        {
            return value;
        }

        ReportInvalid(name, text, "Use true or false.");
        return null;
    }

    /// <summary>Reads one of some words, regardless of case.</summary>
    /// <param name="name">The variable.</param>
    /// <param name="choices">The words, in lower case.</param>
    /// <returns>The word as it stands in <paramref name="choices"/>; null when it is unset or not understood.</returns>
    public string? Choice(string name, params IReadOnlyList<string> choices)
    {
        var text = Text(name);
        return text is null ? null : Match(name, text, choices);
    }

    /// <summary>Reads some words with commas between, regardless of case.</summary>
    /// <param name="name">The variable.</param>
    /// <param name="choices">The words, in lower case.</param>
    /// <returns>The words as they stand in <paramref name="choices"/>; null when it is unset.</returns>
    public IReadOnlyList<string>? Choices(string name, params IReadOnlyList<string> choices) =>
        Text(name)?.Split(',', StringSplitOptions.TrimEntries)
            .Select(text => Match(name, text, choices))
            .OfType<string>()
            .Distinct(StringComparer.Ordinal)
            .ToArray();

    /// <summary>Reads a whole number.</summary>
    /// <param name="name">The variable.</param>
    /// <param name="minimum">The smallest number that makes sense.</param>
    /// <param name="maximum">The largest.</param>
    /// <returns>The number; null when it is unset or not understood.</returns>
    public int? Count(string name, int minimum, int maximum = int.MaxValue)
    {
        var text = Text(name);
        if (text is null)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= minimum && value <= maximum)
        {
            return value;
        }

        ReportInvalid(name, text, maximum == int.MaxValue ? $"Use a whole number from {minimum} on." : $"Use a whole number from {minimum} to {maximum}.");
        return null;
    }

    /// <summary>Reads a ratio.</summary>
    /// <param name="name">The variable.</param>
    /// <returns>The ratio between 0 and 1; null when it is unset or not understood.</returns>
    public double? Ratio(string name)
    {
        var text = Text(name);
        if (text is null)
        {
            return null;
        }

        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value is >= 0 and <= 1)
        {
            return value;
        }

        ReportInvalid(name, text, "Use a number between 0 and 1 with a point, for example 0.1.");
        return null;
    }

    /// <summary>Reads an http or https address.</summary>
    /// <param name="name">The variable.</param>
    /// <returns>The address; null when it is unset or not understood.</returns>
    public Uri? Url(string name)
    {
        var text = Text(name);
        if (text is null)
        {
            return null;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps))
        {
            return url;
        }

        ReportInvalid(name, text, "Use an address like http://127.0.0.1:4318.");
        return null;
    }

    /// <summary>Reads <c>key=value</c> pairs with commas between.</summary>
    /// <param name="name">The variable.</param>
    /// <returns>The text unchanged, for the SDK to read; null when it is unset or not understood.</returns>
    public string? Pairs(string name)
    {
        var text = Text(name);
        if (text is null || text.Split(',').All(pair => pair.IndexOf('=', StringComparison.Ordinal) > 0))
        {
            return text;
        }

        // Headers may carry a secret: the value itself is not repeated.
        faults.Add($"{name}: the value is not a list of key=value pairs. Write pairs with commas between, for example a=1,b=2.");
        return null;
    }

    /// <summary>Reports a value that is readable but makes no sense.</summary>
    /// <param name="name">The variable.</param>
    /// <param name="text">Its value.</param>
    /// <param name="advice">What to do, one sentence.</param>
    public void ReportInvalid(string name, string text, string advice) =>
        faults.Add($"{name}: \"{text}\" is not understood. {advice}");

    /// <summary>Reports a variable that is set but has no effect.</summary>
    /// <param name="name">The variable.</param>
    /// <param name="cause">Which other variable keeps it idle, and what to set that to.</param>
    public void ReportUnused(string name, string cause) => faults.Add($"{name}: nothing reads it while {cause}, or remove this.");

    private string? Match(string name, string text, IReadOnlyList<string> choices)
    {
        var choice = choices.FirstOrDefault(word => string.Equals(word, text, StringComparison.OrdinalIgnoreCase));
        if (choice is null)
        {
            ReportInvalid(name, text, $"Use one of {string.Join(", ", choices)}.");
        }

        return choice;
    }
}
