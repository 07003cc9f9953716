using System.Globalization;

namespace PerfLab.Load.Simulations;

/// <summary>Load simulations as users write them: <c>ramping_inject(500, 30s)</c>, several separated by commas, semicolons or line ends.</summary>
public static class LoadSimulationText
{
    private static readonly IReadOnlyList<Word> Words =
    [
        new("inject", "RATE, DURATION", (first, second) => new LoadSimulation.Inject(Rate(first), Duration(second))),
        new("inject_random", "RATE, DURATION", (first, second) => new LoadSimulation.InjectRandom(Rate(first), Duration(second))),
        new("ramping_inject", "RATE, DURATION", (first, second) => new LoadSimulation.RampingInject(Rate(first, minimum: 0), Duration(second))),
        new("iterations_for_inject", "RATE, COUNT", (first, second) => new LoadSimulation.IterationsForInject(Rate(first), Count(second))),
        new("keep_constant", "COPIES, DURATION", (first, second) => new LoadSimulation.KeepConstant(Count(first), Duration(second))),
        new("ramping_constant", "COPIES, DURATION", (first, second) => new LoadSimulation.RampingConstant(Count(first, minimum: 0), Duration(second))),
        new("iterations_for_constant", "COPIES, COUNT", (first, second) => new LoadSimulation.IterationsForConstant(Count(first), Count(second))),
    ];

    /// <summary>Gets the words with their arguments, for help texts.</summary>
    public static IReadOnlyList<string> Forms { get; } = [.. Words.Select(word => $"{word.Name}({word.Arguments})"), "pause(DURATION)"];

    /// <summary>Reads simulations.</summary>
    /// <param name="text">Rates are per second (<c>500</c> or <c>500/s</c>), durations have a unit (<c>500ms</c>, <c>30s</c>, <c>5m</c>, <c>1h</c>).</param>
    /// <exception cref="FormatException">The text is something else; the message names the part and the forms that exist.</exception>
    public static IReadOnlyList<LoadSimulation> Parse(string text)
    {
        var simulations = new List<LoadSimulation>();
        var rest = text.AsSpan().Trim();
        while (!rest.IsEmpty)
        {
            var open = rest.IndexOf('(');
            var close = rest.IndexOf(')');
            if (open < 0 || close < open)
            {
                throw Fault(rest, "is not WORD(ARGUMENTS)");
            }

            simulations.Add(ParseOne(rest[..open].Trim().ToString(), rest[(open + 1)..close].ToString()));
            rest = rest[(close + 1)..].TrimStart(" ,;\r\n\t");
        }

        return simulations.Count > 0 ? simulations : throw Fault(text, "holds no load");
    }

    private static LoadSimulation ParseOne(string name, string arguments)
    {
        var whole = $"{name}({arguments})";
        var parts = arguments.Split(',', StringSplitOptions.TrimEntries);
        try
        {
            if (name == "pause" && parts.Length == 1)
            {
                return new LoadSimulation.Pause(Duration(parts[0]));
            }

            var word = Words.FirstOrDefault(word => word.Name == name) ?? throw new FormatException("has an unknown word or number of arguments");
            return parts.Length == 2 ? word.Create(parts[0], parts[1]) : throw new FormatException($"needs {word.Arguments}");
        }
        catch (FormatException exception)
        {
            throw Fault(whole, exception.Message);
        }
    }

    private static double Rate(string text, double minimum = double.Epsilon)
    {
        var number = text.EndsWith("/s", StringComparison.Ordinal) ? text[..^2] : text;
        return double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var rate) && double.IsFinite(rate) && rate >= minimum
            ? rate
            : throw new FormatException($"has the rate '{text}', which is not a {(minimum > 0 ? "positive number" : "number from 0")} per second");
    }

    private static int Count(string text, int minimum = 1) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count >= minimum
            ? count
            : throw new FormatException($"has the count '{text}', which is not a whole number from {minimum}");

    private static TimeSpan Duration(string text)
    {
        (string Unit, double Seconds)[] units = [("ms", 0.001), ("s", 1), ("m", 60), ("h", 3600)];
        foreach (var (unit, seconds) in units)
        {
            if (text.EndsWith(unit, StringComparison.Ordinal)
                && double.TryParse(text[..^unit.Length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                && number > 0 && number * seconds < TimeSpan.MaxValue.TotalSeconds / 2)
            {
                return TimeSpan.FromSeconds(number * seconds);
            }
        }

        throw new FormatException($"has the duration '{text}', which is not like 500ms, 30s, 5m or 1h");
    }

    private static FormatException Fault(ReadOnlySpan<char> part, string fault) =>
        new($"'{part}' {fault} (load simulations). Use {string.Join(", ", Forms)}.");

    private sealed record Word(string Name, string Arguments, Func<string, string, LoadSimulation> Create);
}
