namespace PerfLab.Experiments.Results.Traces;

/// <summary>What the spans that an arm exported in a launch set say, looked at when it had ended. Of values only times are kept.</summary>
public sealed record TraceLook
{
    /// <summary>Gets the spans that were looked at: those of the measured window's first exports, up to a bound.</summary>
    public required long SpanCount { get; init; }

    /// <summary>Gets the exports that found no room any more and were not looked at.</summary>
    public required long MissedExportCount { get; init; }

    /// <summary>Gets where personal data was found, the most frequent first.</summary>
    public required IReadOnlyList<PersonalDataPlace> PersonalData { get; init; }

    /// <summary>Gets how many more times it was found in places beyond the bound.</summary>
    public required long PersonalDataElsewhereCount { get; init; }

    /// <summary>Gets who called whom.</summary>
    public required IReadOnlyList<ServiceEdge> Edges { get; init; }

    /// <summary>Gets the slowest whole request; null where no root span was seen.</summary>
    public required TraceWaterfall? Slowest { get; init; }
}
