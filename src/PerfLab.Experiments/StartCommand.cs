namespace PerfLab.Experiments;

/// <summary>How a user starts PerfLab, for messages that name the next command: by the script of a checkout, or as an installed .NET tool.</summary>
public static class StartCommand
{
    // NuGet puts it beside the program of every tool, and nowhere else.
    private const string SettingsOfTool = "DotnetToolSettings.xml";

    /// <summary>Gets a value indicating whether this program was installed as a .NET tool: then there is no checkout around it.</summary>
    public static bool IsTool { get; } = File.Exists(Path.Combine(AppContext.BaseDirectory, SettingsOfTool));

    /// <summary>Gets what a user types before the verb.</summary>
    public static string Name { get; } = IsTool ? "perflab" : "./run.sh";

    /// <summary>Gets the command that runs an example.</summary>
    public static string Example { get; } = $"{Name} scenario {(IsTool ? "FILE" : "smoke")}";

    /// <summary>Gets the command that makes a noise profile.</summary>
    public static string Noise { get; } = $"{Name} noise{(IsTool ? " FILE" : string.Empty)}";
}
