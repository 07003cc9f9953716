namespace PerfLab.Cli;

/// <summary>How the program ends: k6's exit codes, because users know them.</summary>
internal static class ExitCode
{
    /// <summary>Passed, or undecided with a warning.</summary>
    public const int Passed = 0;

    /// <summary>Anything that has no code of its own.</summary>
    public const int Other = 1;

    /// <summary>A threshold or gate failed.</summary>
    public const int ThresholdFailed = 99;

    /// <summary>Invalid configuration or usage; nothing was started.</summary>
    public const int InvalidConfiguration = 104;

    /// <summary>Interrupted by Ctrl-C or SIGTERM.</summary>
    public const int Interrupted = 105;

    /// <summary>The scenario or a target crashed.</summary>
    public const int Crashed = 107;
}
