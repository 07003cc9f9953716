namespace PerfLab.Experiments.Results;

/// <summary>Where arms of a scenario spend CPU time and allocate, seen by sampling stacks, as <c>./run.sh scenario NAME --diagnose ARM</c> writes it.</summary>
public sealed record DiagnosisRecord
{
    /// <summary>The version that this PerfLab writes.</summary>
    public const int CurrentFormatVersion = 1;

    /// <summary>The name of the file in the folder of a diagnosis.</summary>
    public const string FileName = "diagnosis.json";

    /// <summary>Gets the version of the format.</summary>
    public required int FormatVersion { get; init; }

    /// <summary>Gets when it began, in coordinated universal time.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>Gets the scenario's name.</summary>
    public required string Scenario { get; init; }

    /// <summary>Gets the machine.</summary>
    public required MachineFingerprint Machine { get; init; }

    /// <summary>Gets the arms in the order in which they were asked for; none until all were loaded.</summary>
    public required IReadOnlyList<ArmDiagnosis> Arms { get; init; }
}

/// <summary>How an arm was loaded while its stacks were sampled.</summary>
public sealed record DiagnosisLoad
{
    /// <summary>Gets the arm's name.</summary>
    public required string Arm { get; init; }

    /// <summary>Gets the arm's name as it appears in file names.</summary>
    public required string FileStem { get; init; }

    /// <summary>Gets the processes of .NET, whose stacks were sampled.</summary>
    public required IReadOnlyList<string> SampledProcesses { get; init; }

    /// <summary>Gets the other processes, which nothing here covers.</summary>
    public required IReadOnlyList<string> OtherProcesses { get; init; }

    /// <summary>Gets the starts per second.</summary>
    public required double RatePerSecond { get; init; }

    /// <summary>Gets the time from the first start to the last answer.</summary>
    public required double Seconds { get; init; }

    /// <summary>Gets the requests answered as expected.</summary>
    public required long AnsweredCount { get; init; }

    /// <summary>Gets the CPU time that the processes used meanwhile, with what sampling costs; null where it cannot be read.</summary>
    public required double? CpuSeconds { get; init; }
}

/// <summary>What the samples of an arm say.</summary>
public sealed record ArmDiagnosis
{
    /// <summary>Gets how it was loaded.</summary>
    public required DiagnosisLoad Load { get; init; }

    /// <summary>Gets the samples of threads that ran.</summary>
    public required SampledStacks Cpu { get; init; }

    /// <summary>Gets the samples of threads that waited, which are left out.</summary>
    public required long WaitingSampleCount { get; init; }

    /// <summary>Gets the time that the samples of running threads amount to; null without samples. Well above the CPU time, threads that wait in native code are among them.</summary>
    public required double? RunningSeconds { get; init; }

    /// <summary>Gets the samples of allocated bytes, in bytes that they stand for; null where none were taken.</summary>
    public required SampledStacks? Allocation { get; init; }

    /// <summary>Gets the allocation sites with the most bytes, the largest first.</summary>
    public required IReadOnlyList<AllocationSite> AllocationSites { get; init; }

    /// <summary>Gets the events that the runtime had no room for.</summary>
    public required long LostEventCount { get; init; }
}

/// <summary>Stacks that were sampled, and what of them belongs to tracing.</summary>
public sealed record SampledStacks
{
    /// <summary>Gets the samples.</summary>
    public required long SampleCount { get; init; }

    /// <summary>Gets what they stand for: samples, or bytes.</summary>
    public required double Weight { get; init; }

    /// <summary>Gets the share of stacks with a method of tracing in them; null without samples in two seconds.</summary>
    public required SampleShare? Tracing { get; init; }

    /// <summary>Gets the methods with the largest weight, by themselves or with what they call, the largest first.</summary>
    public required IReadOnlyList<FrameWeight> Frames { get; init; }
}

/// <summary>A share of samples with its 95 % interval, from the scatter of the seconds.</summary>
/// <param name="Ratio">The share, 0 to 1.</param>
/// <param name="Low">Lower bound.</param>
/// <param name="High">Upper bound.</param>
/// <param name="Seconds">Seconds with samples, of which the interval is made.</param>
public sealed record SampleShare(double Ratio, double Low, double High, int Seconds);

/// <summary>What a method weighs.</summary>
public sealed record FrameWeight
{
    /// <summary>Gets the method's full name without its parameters.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the name of its assembly.</summary>
    public required string Module { get; init; }

    /// <summary>Gets whether the stacks that end at it belong to tracing because of it.</summary>
    public required bool IsTracing { get; init; }

    /// <summary>Gets the weight of stacks that end at it.</summary>
    public required double Self { get; init; }

    /// <summary>Gets the weight of stacks that it is on, each once.</summary>
    public required double Inclusive { get; init; }
}

/// <summary>Where objects of a type are allocated.</summary>
/// <param name="Type">The type.</param>
/// <param name="Method">The innermost method outside of .NET's core library; the innermost of all where there is none.</param>
/// <param name="IsTracing">Whether tracing allocates there.</param>
/// <param name="Bytes">The bytes that its samples stand for.</param>
public sealed record AllocationSite(string Type, string Method, bool IsTracing, double Bytes);

/// <summary>The trace of a process on disk.</summary>
/// <param name="Process">The process's name in the scenario.</param>
/// <param name="File">The file, as EventPipe writes it.</param>
public sealed record ProcessTrace(string Process, string File);
