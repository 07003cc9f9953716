namespace PerfLab.Runner.Benches;

/// <summary>How long the parts of a bench of the load engine take.</summary>
public sealed record LoadBenchOptions
{
    /// <summary>Gets the command that starts this program: <c>dotnet</c> and the path of its assembly.</summary>
    public required IReadOnlyList<string> Program { get; init; }

    /// <summary>Gets the rounds of closed loops; 6 is the least that has a 95 % interval.</summary>
    public required int Rounds { get; init; }

    /// <summary>Gets the length of one closed loop.</summary>
    public required TimeSpan RoundLength { get; init; }

    /// <summary>Gets the length of the open loop that shows pacing.</summary>
    public required TimeSpan PacingLength { get; init; }

    /// <summary>Gets the number of many connections.</summary>
    public required int ManyConnections { get; init; }

    /// <summary>Gets the length of the load during which the server freezes; the freeze takes a tenth of it.</summary>
    public required TimeSpan FreezeLength { get; init; }
}
