using System.Text.Json;

namespace PerfLab.Runner.Targets;

/// <summary>The version of .NET that a program asks for in the <c>.runtimeconfig.json</c> beside it.</summary>
internal static class RequestedRuntime
{
    /// <summary>The oldest major version into which the probe can be loaded: the one that it is built for.</summary>
    public const int OldestWithProbe = 8;

    private const string Ending = ".runtimeconfig.json";

    private static readonly string[] s_programEndings = [".dll", ".exe"];

    private static readonly JsonSerializerOptions s_format = new(JsonSerializerDefaults.Web) { AllowTrailingCommas = true, ReadCommentHandling = JsonCommentHandling.Skip };

    /// <summary>Tells whether a program runs on a .NET in which the probe would end it.</summary>
    /// <param name="command">The program and its arguments.</param>
    /// <param name="folder">The folder to which relative paths belong.</param>
    /// <returns>The major version; null where it is recent enough, or not known.</returns>
    public static int? TooOld(IReadOnlyList<string> command, string folder) =>
        command.Select(word => FileOf(Path.GetFullPath(word, folder))).FirstOrDefault(File.Exists) is { } file && MajorOf(file) is { } major && major < OldestWithProbe ? major : null;

    private static string FileOf(string path) =>
        path.EndsWith(Ending, StringComparison.OrdinalIgnoreCase) ? path
        : s_programEndings.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase) ? Path.ChangeExtension(path, Ending)
        : path + Ending;

    private static int? MajorOf(string file)
    {
        try
        {
            var options = JsonSerializer.Deserialize<Configuration>(File.ReadAllBytes(file), s_format)?.RuntimeOptions;
            Framework?[] frameworks = [options?.Framework, .. options?.Frameworks ?? [], .. options?.IncludedFrameworks ?? []];
            return frameworks.Select(framework => int.TryParse(framework?.Version?.Split('.')[0], out var major) ? major : (int?)null).Min();
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            // The runtime will say so itself.
            return null;
        }
    }

    private sealed record Configuration(RuntimeOptions? RuntimeOptions);

    private sealed record RuntimeOptions(Framework? Framework, IReadOnlyList<Framework>? Frameworks, IReadOnlyList<Framework>? IncludedFrameworks);

    private sealed record Framework(string? Version);
}
