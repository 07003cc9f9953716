using System.Globalization;
using System.Text;
using PerfLab.Experiments.Scenarios;
using PerfLab.Experiments.Secrets;
using PerfLab.Experiments.Yaml;

namespace PerfLab.Experiments.ScenarioFiles;

/// <summary>Reads scenario files, strictly: every fault of a file comes in one exception. <c>docs/scenarios.md</c> describes the format.</summary>
public static class ScenarioFile
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">Its path, as messages shall show it.</param>
    /// <param name="folders">Where the programs of its commands are looked for, so that one that does not exist is a fault; null leaves that to the run.</param>
    /// <param name="generator">The load tool that measures, in place of what the file says; null for what it says.</param>
    /// <exception cref="ScenarioException">The file is missing, cannot be read, or has faults; it holds all of them.</exception>
    public static Scenario Load(string path, CommandFolders? folders = null, string? generator = null) =>
        CheckedFile.Load(path, (root, name, faults) => Remembered(ScenarioReader.Read(root, name, folders, generator, faults)), "scenarios/smoke.yaml");

    /// <summary>Reads the text of a file.</summary>
    /// <param name="yaml">The text.</param>
    /// <param name="displayPath">The path that messages show; its name without ending must be the scenario's.</param>
    /// <exception cref="ScenarioException">The text has faults; it holds all of them.</exception>
    public static Scenario Parse(string yaml, string displayPath) => CheckedFile.Parse(yaml, displayPath, (root, name, faults) => Remembered(ScenarioReader.Read(root, name, folders: null, generator: null, faults)));

    private static Scenario Remembered(Scenario scenario)
    {
        ScenarioSecrets.Remember(scenario, CallerReference.Variables());
        return scenario;
    }
}

/// <summary>Reads a YAML file strictly: every fault of it comes in one exception.</summary>
internal static class CheckedFile
{
    /// <summary>Reads a file.</summary>
    /// <typeparam name="T">What it says.</typeparam>
    /// <param name="path">Its path, as messages shall show it.</param>
    /// <param name="read">Reads the document, given the path, and adds faults; what it returns is used only where there is none.</param>
    /// <param name="example">The path of such a file, for the message that there is none.</param>
    /// <exception cref="ScenarioException">The file is missing, cannot be read, or has faults.</exception>
    public static T Load<T>(string path, Func<YamlNode, string, YamlFaults, T> read, string example)
        where T : class
    {
        var faults = new YamlFaults();
        var bytes = ReadBytes(path, example, faults);
        return Read(bytes is null ? null : YamlSource.Decode(bytes, faults), path, faults, read);
    }

    /// <summary>Reads the text of a file.</summary>
    /// <typeparam name="T">What it says.</typeparam>
    /// <param name="yaml">The text.</param>
    /// <param name="displayPath">The path that messages show.</param>
    /// <param name="read">As for a file.</param>
    /// <exception cref="ScenarioException">The text has faults.</exception>
    public static T Parse<T>(string yaml, string displayPath, Func<YamlNode, string, YamlFaults, T> read)
        where T : class
    {
        var faults = new YamlFaults();
        return Read(YamlSource.Decode(Encoding.UTF8.GetBytes(yaml), faults), displayPath, faults, read);
    }

    private static T Read<T>(string? text, string displayPath, YamlFaults faults, Func<YamlNode, string, YamlFaults, T> read)
        where T : class
    {
        var root = text is not null && YamlSource.Check(text, faults) ? YamlTreeReader.Read(text, faults) : null;
        var content = root is null ? null : read(root, displayPath, faults);
        return content is not null && !faults.Any
            ? content
            : throw new ScenarioException([.. faults.InFileOrder.Select(fault =>
                new ScenarioFault(displayPath, fault.Line, fault.Column, fault.Subject, fault.Problem, fault.Advice))]);
    }

    // Never more than one byte beyond the limit, so that a device or a huge file does no harm.
    private static byte[]? ReadBytes(string path, string example, YamlFaults faults)
    {
        try
        {
            using var stream = File.OpenRead(path);
            var buffer = new byte[YamlSource.MaximumBytes + 1];
            return buffer[..stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false)];
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            faults.Add(1, 1, "file", "it does not exist.", $"Name a file such as {example}.");
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            faults.Add(1, 1, "file", $"it cannot be read: {error.Message}", "Name a file that you may read.");
            return null;
        }
    }
}

/// <summary>A scenario file that cannot be used, with every fault it has. Its message has one line per fault.</summary>
public sealed class ScenarioException : Exception
{
    // A broken file of the largest size may have a million faults; nobody reads beyond the first screens.
    private const int MaximumShown = 50;

    /// <summary>Initializes a new instance of the <see cref="ScenarioException"/> class.</summary>
    /// <param name="faults">At least one, in file order.</param>
    public ScenarioException(IReadOnlyList<ScenarioFault> faults)
        : base(Describe(faults)) => Faults = [.. faults];

    /// <summary>Gets the faults in file order; at least one.</summary>
    public IReadOnlyList<ScenarioFault> Faults { get; }

    private static string Describe(IReadOnlyList<ScenarioFault> faults)
    {
        ArgumentOutOfRangeException.ThrowIfZero(faults.Count, nameof(faults));
        var shown = faults.Take(MaximumShown).Select(fault => fault.Message);
        return faults.Count <= MaximumShown
            ? string.Join('\n', shown)
            : string.Join('\n', shown.Append($"{faults[0].File}: {faults.Count - MaximumShown} more faults. Correct these first."));
    }
}

/// <summary>One thing that is wrong with a scenario file.</summary>
/// <param name="File">The file as the user named it.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
/// <param name="Subject">The key by its path, for example <c>load.rate</c> or <c>variants[2].env.NAME</c>; <c>file</c> or <c>syntax</c> for the whole.</param>
/// <param name="Problem">What is wrong, with the value.</param>
/// <param name="Advice">What to do about it.</param>
public sealed record ScenarioFault(string File, int Line, int Column, string Subject, string Problem, string Advice)
{
    /// <summary>Gets all of it on one line: <c>scenarios/a.yaml(12,9): load.rate: -5 requests/s is below 1. Set a positive rate.</c></summary>
    public string Message => string.Create(CultureInfo.InvariantCulture, $"{File}({Line},{Column}): {Subject}: {Problem} {Advice}");

    /// <inheritdoc/>
    public override string ToString() => Message;
}
