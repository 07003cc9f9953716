namespace PerfLab.Analysis.Diagnosis;

/// <summary>A method on a stack, or the type of what is allocated at its end.</summary>
/// <param name="Name">Full name, of a method without its parameters.</param>
/// <param name="Module">Name of its assembly; <see cref="AllocatedType"/> for a type.</param>
public readonly record struct ProfileFrame(string Name, string Module)
{
    /// <summary>The module of a type that is allocated.</summary>
    public const string AllocatedType = "type";
}

/// <summary>The samples of one stack.</summary>
/// <param name="Frames">Its methods, the outermost first.</param>
/// <param name="WeightBySecond">Samples, or bytes, by the second in which they were taken.</param>
public sealed record ProfiledStack(IReadOnlyList<ProfileFrame> Frames, IReadOnlyDictionary<int, double> WeightBySecond)
{
    /// <summary>Gets the weight of all seconds.</summary>
    public double Weight { get; } = WeightBySecond.Values.Sum();

    /// <summary>Gets whether the stack belongs to tracing.</summary>
    public bool IsTracing { get; } = TracingFrames.FirstOf(Frames) >= 0;
}

/// <summary>Stacks of one kind: of threads that ran, or of allocations.</summary>
/// <param name="Stacks">Each stack once.</param>
/// <param name="SampleCount">The samples behind them.</param>
public sealed record StackProfile(IReadOnlyList<ProfiledStack> Stacks, long SampleCount)
{
    /// <summary>Gets the weight of all stacks.</summary>
    public double Weight { get; } = Stacks.Sum(stack => stack.Weight);

    /// <summary>Puts profiles of several processes together, each below its name; that of one process stays as it is.</summary>
    /// <param name="processes">Name and profile of each.</param>
    public static StackProfile Merge(IReadOnlyList<(string Process, StackProfile Profile)> processes) => processes.Count == 1
        ? processes[0].Profile
        : new StackProfile(
            [.. processes.SelectMany(process => process.Profile.Stacks.Select(stack => new ProfiledStack([new ProfileFrame(process.Process, "process"), .. stack.Frames], stack.WeightBySecond)))],
            processes.Sum(process => process.Profile.SampleCount));
}

/// <summary>Everything that was sampled of an arm.</summary>
public sealed record ArmProfile
{
    /// <summary>Gets the stacks of threads that ran, a sample each.</summary>
    public required StackProfile Cpu { get; init; }

    /// <summary>Gets the samples of threads that waited.</summary>
    public required long WaitingSampleCount { get; init; }

    /// <summary>Gets how often all threads were sampled: the samples of the thread that has most.</summary>
    public required long RoundCount { get; init; }

    /// <summary>Gets the stacks of allocations, in bytes; the last frame is the type.</summary>
    public required StackProfile Allocation { get; init; }

    /// <summary>Gets the events that were lost.</summary>
    public required long LostEventCount { get; init; }
}
