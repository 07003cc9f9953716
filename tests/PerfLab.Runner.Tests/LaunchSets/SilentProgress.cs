using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Runner.LaunchSets;

namespace PerfLab.Runner.Tests.LaunchSets;

/// <summary>Takes down the phases; cancels where it is told to.</summary>
internal sealed class SilentProgress : IRunProgress
{
    private readonly List<RunPhase> _phases = [];

    /// <summary>Gets or sets what is called when a phase is reported.</summary>
    public Action<RunPhase>? OnPhase { get; set; }

    /// <summary>Gets the phases in order, repetitions left out.</summary>
    public IReadOnlyList<RunPhase> Phases => _phases;

    public void Report(RunStep step)
    {
        if (_phases.Count == 0 || _phases[^1] != step.Phase)
        {
            _phases.Add(step.Phase);
        }

        OnPhase?.Invoke(step.Phase);
    }

    public void Planned(Plan plan)
    {
        // Not looked at.
    }

    public void LaunchSetDone(int number, bool isValid, IReadOnlyList<Finding> findings, TimeSpan remaining)
    {
        // Not looked at.
    }
}
