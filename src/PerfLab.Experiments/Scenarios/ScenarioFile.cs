using System.Text;
using PerfLab.Experiments.Scenarios.Files;

namespace PerfLab.Experiments.Scenarios;

/// <summary>Reads scenario files. docs/scenarios.md has the format; every fault of a file is told at once.</summary>
public static class ScenarioFile
{
    // A scenario is some hundred lines; a file of megabytes is something else.
    private const int MaxBytes = 1024 * 1024;

    /// <summary>Reads a file.</summary>
    /// <exception cref="ScenarioException">The file cannot be read or has faults.</exception>
    public static Scenario Load(string path)
    {
        var display = Path.GetRelativePath(Environment.CurrentDirectory, path);
        if (!File.Exists(path))
        {
            throw Fault(display, "there is no such file. Run ./run.sh list to see the scenarios.");
        }

        if (new FileInfo(path).Length > MaxBytes)
        {
            throw Fault(display, $"the file is longer than {MaxBytes} bytes. A scenario is some hundred lines: is this the right file?");
        }

        try
        {
            var text = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(File.ReadAllBytes(path));
            var scenario = Parse(text, display);
            return string.Equals(scenario.Name, Path.GetFileNameWithoutExtension(path), StringComparison.Ordinal)
                ? scenario
                : throw Fault(display, $"scenario: '{scenario.Name}' differs from the file's name. Rename one of them.");
        }
        catch (DecoderFallbackException)
        {
            throw Fault(display, "the file is not UTF-8. Save it as UTF-8.");
        }
    }

    /// <summary>Reads a text.</summary>
    /// <param name="yaml">The file's content.</param>
    /// <param name="displayPath">What messages call the file.</param>
    /// <exception cref="ScenarioException">The text has faults.</exception>
    public static Scenario Parse(string yaml, string displayPath)
    {
        var faults = new FaultList();
        var root = YamlTree.Read(yaml.TrimStart('\uFEFF'), faults);
        var scenario = root is null ? null : ScenarioReader.Read(root, faults);
        return faults.Count == 0 && scenario is not null
            ? scenario
            : throw new ScenarioException(displayPath, faults.InFileOrder());
    }

    private static ScenarioException Fault(string displayPath, string message) => new(displayPath, [new ScenarioFault(1, 1, message)]);
}
