namespace PerfLab.Experiments.Scenarios.Files;

/// <summary>A node of a YAML file with the place where it stands. The closed set of its kinds is below.</summary>
/// <param name="Line">Line from 1.</param>
/// <param name="Column">Column from 1.</param>
internal abstract record YamlNode(long Line, long Column);

/// <summary>A scalar, always as text: <c>off</c> and <c>1e3</c> mean what the reader of a key makes of them.</summary>
internal sealed record YamlText(long Line, long Column, string Text) : YamlNode(Line, Column);

/// <summary>A sequence.</summary>
internal sealed record YamlList(long Line, long Column, IReadOnlyList<YamlNode> Items) : YamlNode(Line, Column);

/// <summary>A mapping; keys are unique.</summary>
internal sealed record YamlMap(long Line, long Column, IReadOnlyList<(YamlText Key, YamlNode Value)> Entries) : YamlNode(Line, Column);
