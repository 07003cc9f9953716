namespace PerfLab.Experiments.Scenarios;

/// <summary>
/// One process of a target. Command and environment values may contain the placeholders <c>{port}</c> and <c>{url}</c>
/// (of this process, assigned at launch), <c>{port:NAME}</c> and <c>{url:NAME}</c> (of another process of the same arm),
/// <c>{root}</c> (the folder that holds <c>scenarios/</c>), <c>{targets}</c> (the folder with the built targets, one
/// sub-folder each, for example <c>{targets}/Shop/Shop.dll</c>) and <c>{scratch}</c> (an empty folder of this process
/// and launch, deleted afterwards). <c>{{</c> and <c>}}</c> stand for braces.
/// </summary>
public sealed record TargetProcess
{
    /// <summary>Gets the name, unique within the target.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the program and its arguments; never passed through a shell.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>Gets the environment variables of the process; a variant's lie over them.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>Gets how the runner learns that the process is ready.</summary>
    public required ReadyCheck Ready { get; init; }
}
