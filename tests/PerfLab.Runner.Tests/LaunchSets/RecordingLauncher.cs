using PerfLab.Runner.Readings;
using PerfLab.Runner.Targets;

namespace PerfLab.Runner.Tests.LaunchSets;

/// <summary>Starts nothing; writes down what it was asked for, and fails where it is told to.</summary>
internal sealed class RecordingLauncher(EventLog events) : ITargetLauncher
{
    private int _nextProcessId = 1000;

    /// <summary>Gets or sets the arm whose start fails.</summary>
    public string? FailingArm { get; set; }

    /// <summary>Gets or sets the arm whose process dies when it is first looked at after this many readings.</summary>
    public (string Arm, int Readings)? Dying { get; set; }

    /// <summary>Gets what was asked for.</summary>
    public List<LaunchSpecification> Specifications { get; } = [];

    public Task<ITargetProcess> StartAsync(LaunchSpecification specification, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Specifications.Add(specification);
        events.Add($"start {specification.Arm}");
        if (string.Equals(specification.Arm, FailingArm, StringComparison.Ordinal))
        {
            throw new TargetFailedException($"arm {specification.Arm}: told to fail.");
        }

        var lifetime = Dying is { } dying && string.Equals(dying.Arm, specification.Arm, StringComparison.Ordinal) ? dying.Readings : int.MaxValue;
        return Task.FromResult<ITargetProcess>(new ScriptedProcess(specification, _nextProcessId++, lifetime, events));
    }

    private sealed class ScriptedProcess(LaunchSpecification specification, int processId, int lifetimeReadings, EventLog events) : ITargetProcess
    {
        private readonly CountingReadings _readings = new(specification.Arm, events);

        public string Name => specification.Process;

        public int ProcessId => processId;

        public double ReadySeconds => 0.1;

        public IReadingSource Readings => _readings;

        public void EnsureAlive()
        {
            if (_readings.Count >= lifetimeReadings)
            {
                throw new TargetFailedException($"arm {specification.Arm}: died.");
            }
        }

        public void MoveTo(IReadOnlyList<int> cores) => events.Add($"move {specification.Arm} to {string.Join(',', cores)}");

        public Task<int?> StopAsync()
        {
            _readings.Dispose();
            events.Add($"stop {specification.Arm}");
            return Task.FromResult<int?>(0);
        }

        public async ValueTask DisposeAsync() => await StopAsync();
    }
}
