namespace PerfLab.Analysis.Inspections;

/// <summary>The judgement of one thing that an inspection looked at.</summary>
/// <param name="Subject">What was looked at.</param>
/// <param name="Outcome">Whether a scenario can be made of it.</param>
/// <param name="Cause">What is wrong; null where nothing is.</param>
public sealed record InspectionFinding(InspectionSubject Subject, InspectionOutcome Outcome, InspectionCause? Cause);

/// <summary>What an inspection looks at, in that order.</summary>
public enum InspectionSubject
{
    /// <summary>Not stated.</summary>
    Unknown = 0,

    /// <summary>Whether it starts, and on a port of PerfLab's choice.</summary>
    Start = 1,

    /// <summary>Whether its requests are answered as expected.</summary>
    Requests = 2,

    /// <summary>Whether spans arrive.</summary>
    AlwaysOn = 3,

    /// <summary>Whether none arrive with the SDK disabled.</summary>
    Off = 4,

    /// <summary>Whether the sampler can be chosen from outside.</summary>
    HalfSampled = 5,

    /// <summary>Whether it bears load, and how much.</summary>
    Load = 6,
}

/// <summary>Whether a scenario can be made.</summary>
public enum InspectionOutcome
{
    /// <summary>Not judged.</summary>
    Unknown = 0,

    /// <summary>Yes.</summary>
    Good = 1,

    /// <summary>Yes, without something.</summary>
    Limited = 2,

    /// <summary>Not before its user changes something.</summary>
    Failed = 3,
}

/// <summary>What is wrong.</summary>
public enum InspectionCause
{
    /// <summary>Not stated.</summary>
    Unknown = 0,

    /// <summary>It did not start, or did not get ready.</summary>
    NotReady = 1,

    /// <summary>It listens at a port of its own, whatever it is told.</summary>
    FixedPort = 2,

    /// <summary>It ended, or stopped to answer.</summary>
    Died = 3,

    /// <summary>A request was not answered as expected.</summary>
    WrongAnswer = 4,

    /// <summary>It sampled no span.</summary>
    NothingSampled = 5,

    /// <summary>It sampled spans, and none came to the collector.</summary>
    ExportedElsewhere = 6,

    /// <summary>No span came to the collector, and nothing tells whether there were any.</summary>
    NothingArrived = 7,

    /// <summary>Its exports came to the collector and were not taken.</summary>
    ExportsRejected = 8,

    /// <summary>Some of its requests have no trace.</summary>
    FewTraces = 9,

    /// <summary>Its SDK does not know the variable that disables it, and knows others.</summary>
    DisabledIgnored = 10,

    /// <summary>It exports whatever the variables say.</summary>
    ExporterInCode = 11,

    /// <summary>Its sampler does not follow the variables.</summary>
    SamplerInCode = 12,

    /// <summary>The wanted rate is more than this machine can measure.</summary>
    RateTooHigh = 13,

    /// <summary>Requests of a document were not answered as expected, and others were.</summary>
    RequestsLeftOut = 14,
}
