namespace PerfLab.Cli.Display;

/// <summary>Durations as a person reads them.</summary>
internal static class Durations
{
    /// <summary>Writes for example <c>3 min</c> or <c>40 s</c>.</summary>
    public static string Short(TimeSpan duration) =>
        duration < TimeSpan.FromSeconds(90) ? $"{Math.Ceiling(duration.TotalSeconds):0} s" : $"{Math.Ceiling(duration.TotalMinutes):0} min";

    /// <summary>Writes minutes and seconds, for example <c>04:05</c>.</summary>
    public static string Clock(TimeSpan duration) => $"{(int)duration.TotalMinutes:00}:{duration.Seconds:00}";
}
