namespace PerfLab.Load;

/// <summary>What became of one request.</summary>
public enum RequestFate
{
    /// <summary>It was not sent, or nobody knows.</summary>
    Unknown = 0,

    /// <summary>It was answered with the expected status.</summary>
    Answered = 1,

    /// <summary>It ended in an error.</summary>
    Failed = 2,
}
