namespace PerfLab.Experiments.Yaml;

/// <summary>A key of a map and its value.</summary>
/// <param name="Key">The key and where it stands.</param>
/// <param name="Value">The value.</param>
internal sealed record YamlEntry(YamlText Key, YamlNode Value);
