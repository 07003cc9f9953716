using System.Text;
using PerfLab.Experiments.Scenarios;
using PerfLab.Experiments.Yaml;

namespace PerfLab.Experiments.ScenarioFiles;

/// <summary>Reads scenario files, strictly: every fault of a file comes in one exception. <c>docs/scenarios.md</c> describes the format.</summary>
public static class ScenarioFile
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">Its path, as messages shall show it.</param>
    /// <exception cref="ScenarioException">The file is missing, cannot be read, or has faults; it holds all of them.</exception>
    public static Scenario Load(string path)
    {
        var faults = new YamlFaults();
        var bytes = ReadBytes(path, faults);
        var text = bytes is null ? null : YamlSource.Decode(bytes, faults);
        return Read(text, path, faults);
    }

    /// <summary>Reads the text of a file.</summary>
    /// <param name="yaml">The text.</param>
    /// <param name="displayPath">The path that messages show; its name without ending must be the scenario's.</param>
    /// <exception cref="ScenarioException">The text has faults; it holds all of them.</exception>
    public static Scenario Parse(string yaml, string displayPath)
    {
        var faults = new YamlFaults();
        return Read(YamlSource.Decode(Encoding.UTF8.GetBytes(yaml), faults), displayPath, faults);
    }

    private static Scenario Read(string? text, string displayPath, YamlFaults faults)
    {
        var root = text is not null && YamlSource.Check(text, faults) ? YamlTree.Read(text, faults) : null;
        var scenario = root is null ? null : ScenarioReader.Read(root, Path.GetFileNameWithoutExtension(displayPath), faults);
        return scenario is not null && !faults.Any
            ? scenario
            : throw new ScenarioException([.. faults.InFileOrder.Select(fault =>
                new ScenarioFault(displayPath, fault.Line, fault.Column, fault.Subject, fault.Problem, fault.Advice))]);
    }

    // Never more than one byte beyond the limit, so that a device or a huge file does no harm.
    private static byte[]? ReadBytes(string path, YamlFaults faults)
    {
        try
        {
            using var stream = File.OpenRead(path);
            var buffer = new byte[YamlSource.MaximumBytes + 1];
            return buffer[..stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false)];
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            faults.Add(1, 1, "file", "it does not exist.", "Name a file such as scenarios/smoke.yaml.");
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            faults.Add(1, 1, "file", $"it cannot be read: {error.Message}", "Name a file that you may read.");
            return null;
        }
    }
}
