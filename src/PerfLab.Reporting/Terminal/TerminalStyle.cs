namespace PerfLab.Reporting.Terminal;

/// <summary>How a text stands out. The words carry the meaning; a style only helps the eye, so it may be dropped.</summary>
public enum TerminalStyle
{
    /// <summary>As the rest.</summary>
    Plain = 0,

    /// <summary>Less important.</summary>
    Muted = 1,

    /// <summary>More important.</summary>
    Strong = 2,

    /// <summary>Good news: trusted, less, faster.</summary>
    Good = 3,

    /// <summary>Costs more, or is slower, by enough to matter.</summary>
    Costly = 4,

    /// <summary>Read with care: limited, undecided, cannot tell.</summary>
    Doubtful = 5,

    /// <summary>Decides nothing: untrusted.</summary>
    Bad = 6,
}
