using System.Globalization;
using PerfLab.Cli.Options;
using PerfLab.Experiments.Scenarios;
using PerfLab.Load.LoadTests;

namespace PerfLab.Cli.LoadTests;

/// <summary>The requests of <c>load</c>: the one of the address, or those of <c>--request</c>.</summary>
internal static class LoadMix
{
    private const string Advice = "Write NAME=METHOD PATH [WEIGHT], for example orders=GET /orders 9.";

    /// <summary>Makes the requests; what is wrong with them becomes faults.</summary>
    /// <param name="texts">The values of <c>--request</c>.</param>
    /// <param name="common">What all of them share, and the only one where there are none.</param>
    /// <param name="address">Where they go.</param>
    /// <param name="isMethodGiven">Whether <c>--method</c> is given.</param>
    /// <param name="faults">Receives the faults.</param>
    public static IReadOnlyList<RequestDefinition> Read(IReadOnlyList<string> texts, RequestDefinition common, LoadTestAddress address, bool isMethodGiven, UsageFaults faults)
    {
        if (texts.Count == 0)
        {
            return [common with { Path = address.Path }];
        }

        faults.Unless(address.Path == "/", $"'{address.Url}' has a path and --request names paths too (URL). Write scheme, host and port alone.");
        faults.Unless(!isMethodGiven, "Each request names its method (--method, --request). Leave --method out.");
        return ReadAll(texts, common, faults);
    }

    /// <summary>Makes the requests of <c>--request</c>; what is wrong with them becomes faults.</summary>
    /// <param name="texts">The values of <c>--request</c>.</param>
    /// <param name="common">What all of them share.</param>
    /// <param name="faults">Receives the faults.</param>
    public static IReadOnlyList<RequestDefinition> ReadAll(IReadOnlyList<string> texts, RequestDefinition common, UsageFaults faults)
    {
        RequestDefinition[] requests = [.. texts.Select(text => faults.Read(() => Parse(text, common), common))];
        var twice = requests.GroupBy(request => request.Name, StringComparer.Ordinal).FirstOrDefault(name => name.Count() > 1 && name.Key != common.Name);
        faults.Unless(twice is null, $"'{twice?.Key}' names two requests (--request). Give each a name of its own.");
        return requests;
    }

    private static RequestDefinition Parse(string text, RequestDefinition common)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? string.Empty : text[..equals].Trim();
        var words = text[(equals + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (name.Length == 0 || name.AsSpan().ContainsAny('{', '}') || words.Length is not (2 or 3) || !words[1].StartsWith('/') || !words[0].All(char.IsAsciiLetterUpper))
        {
            throw new FormatException($"'{text}' is not a request (--request). {Advice}");
        }

        var weight = 1.0;
        if (words.Length == 3 && !(double.TryParse(words[2], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out weight) && weight > 0))
        {
            throw new FormatException($"'{words[2]}' is not a weight above 0 (--request {name}). {Advice}");
        }

        return common with { Name = name, Method = words[0], Path = words[1], Weight = weight };
    }
}
