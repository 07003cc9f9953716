using System.Globalization;
using static PerfLab.Load.Simulations.QuantitySyntax;

namespace PerfLab.Load.Simulations;

/// <summary>Load simulations as users write them: <c>ramping_inject(500, 30s)</c>, several separated by commas, semicolons or line ends.</summary>
public static class LoadSimulationSyntax
{
    private static readonly IReadOnlyList<TwoArgumentForm> Words =
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

    /// <summary>Writes simulations so that they can be read again.</summary>
    /// <param name="simulations">In order.</param>
    public static string Write(IReadOnlyList<LoadSimulation> simulations) => string.Join(", ", simulations.Select(WriteOne));

    private static string WriteOne(LoadSimulation simulation) => simulation switch
    {
        LoadSimulation.Inject(var rate, var during) => Form("inject", rate, during),
        LoadSimulation.InjectRandom(var rate, var during) => Form("inject_random", rate, during),
        LoadSimulation.RampingInject(var rate, var during) => Form("ramping_inject", rate, during),
        LoadSimulation.IterationsForInject(var rate, var iterations) => string.Create(CultureInfo.InvariantCulture, $"iterations_for_inject({rate}, {iterations})"),
        LoadSimulation.KeepConstant(var copies, var during) => Form("keep_constant", copies, during),
        LoadSimulation.RampingConstant(var copies, var during) => Form("ramping_constant", copies, during),
        LoadSimulation.IterationsForConstant(var copies, var iterations) => string.Create(CultureInfo.InvariantCulture, $"iterations_for_constant({copies}, {iterations})"),
        LoadSimulation.Pause(var during) => $"pause({Text(during)})",
        _ => throw new ArgumentOutOfRangeException(nameof(simulation), simulation, "This load simulation is not known here."),
    };

    private static string Form(string word, double number, TimeSpan during) =>
        string.Create(CultureInfo.InvariantCulture, $"{word}({number}, {Text(during)})");

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

    private static FormatException Fault(ReadOnlySpan<char> part, string fault) =>
        new($"'{part}' {fault} (load simulations). Use {string.Join(", ", Forms)}.");

    private sealed record TwoArgumentForm(string Name, string Arguments, Func<string, string, LoadSimulation> Create);
}
