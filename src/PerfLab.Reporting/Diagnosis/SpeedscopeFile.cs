using System.Text.Json;
using PerfLab.Analysis.Diagnosis;

namespace PerfLab.Reporting.Diagnosis;

/// <summary>
/// Writes stacks in the file format of speedscope (https://www.speedscope.app/file-format-schema.json): sampled profiles of all threads
/// together, each stack once with its weight.
/// </summary>
public static class SpeedscopeFile
{
    /// <summary>Writes the file.</summary>
    /// <param name="output">Receives it.</param>
    /// <param name="name">What it is of.</param>
    /// <param name="profile">The stacks.</param>
    public static void Write(Stream output, string name, ArmProfile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        var frames = profile.Cpu.Stacks.Concat(profile.Allocation.Stacks).SelectMany(stack => stack.Frames).Distinct().ToArray();
        var places = frames.Index().ToDictionary(frame => frame.Item, frame => frame.Index);
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        json.WriteString("$schema", "https://www.speedscope.app/file-format-schema.json");
        json.WriteString("name", name);
        json.WriteString("exporter", "PerfLab");
        json.WriteNumber("activeProfileIndex", 0);
        json.WriteStartObject("shared");
        json.WriteStartArray("frames");
        foreach (var frame in frames)
        {
            json.WriteStartObject();
            json.WriteString("name", frame.Name);
            json.WriteString("file", frame.Module);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteStartArray("profiles");
        Write(json, $"{name}: CPU, samples", "none", profile.Cpu, places);
        if (profile.Allocation.Stacks.Count > 0)
        {
            Write(json, $"{name}: allocated bytes", "bytes", profile.Allocation, places);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, string unit, StackProfile profile, Dictionary<ProfileFrame, int> places)
    {
        json.WriteStartObject();
        json.WriteString("type", "sampled");
        json.WriteString("name", name);
        json.WriteString("unit", unit);
        json.WriteNumber("startValue", 0);
        json.WriteNumber("endValue", profile.Weight);
        json.WriteStartArray("samples");
        foreach (var stack in profile.Stacks)
        {
            json.WriteStartArray();
            foreach (var frame in stack.Frames)
            {
                json.WriteNumberValue(places[frame]);
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteStartArray("weights");
        foreach (var stack in profile.Stacks)
        {
            json.WriteNumberValue(stack.Weight);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
