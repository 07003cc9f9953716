namespace Shop.Settings;

/// <summary>The command line or the environment asks for something that the shop cannot do; nothing was started.</summary>
/// <param name="faults">Every fault found, one sentence each; at least one.</param>
internal sealed class InvalidSettingsException(IReadOnlyList<string> faults)
    : Exception(string.Join(Environment.NewLine, faults))
{
    /// <summary>Gets every fault found, one sentence each.</summary>
    public IReadOnlyList<string> Faults { get; } = faults;
}
