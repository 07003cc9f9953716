namespace PerfLab.Experiments.ScenarioFiles;

/// <summary>A key that a section may or must have.</summary>
/// <param name="Name">The key.</param>
/// <param name="IsRequired">Whether the section is wrong without it.</param>
/// <param name="Example">How it is written, for the message that it is missing.</param>
internal sealed record KeyRule(string Name, bool IsRequired, string Example)
{
    /// <summary>A key without which the section is wrong.</summary>
    public static KeyRule Required(string name, string example) => new(name, IsRequired: true, example);

    /// <summary>A key that has a default.</summary>
    public static KeyRule Optional(string name, string example) => new(name, IsRequired: false, example);
}
