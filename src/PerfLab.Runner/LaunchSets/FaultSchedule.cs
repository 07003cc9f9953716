using PerfLab.Experiments.Results;
using PerfLab.Load;

namespace PerfLab.Runner.LaunchSets;

/// <summary>
/// Puts arms' back ends in trouble when the measured window begins and ends it when its share of the rounds is over, and keeps
/// what was seen in trouble apart from what was seen after it. Without such arms it does nothing.
/// </summary>
/// <param name="arms">All arms of the launch set.</param>
/// <param name="spans">Where they export to.</param>
/// <param name="rounds">Rounds that the plan wants.</param>
internal sealed class FaultSchedule(IReadOnlyList<RunningArm> arms, ISpanSink spans, int rounds)
{
    private readonly bool _areAny = arms.Any(arm => arm.Plan.BackEnd is not null);
    private readonly Dictionary<RunningArm, Phase> _open = [];
    private readonly Dictionary<RunningArm, List<FaultPhaseRecord>> _done = arms.ToDictionary(arm => arm, _ => new List<FaultPhaseRecord>());

    /// <summary>Changes what has to be changed before a round.</summary>
    /// <param name="counted">Rounds that count so far.</param>
    public void BeforeRound(int counted)
    {
        foreach (var arm in _areAny ? arms : [])
        {
            if (!_open.TryGetValue(arm, out var phase))
            {
                spans.SetFault(arm.Plan, arm.Plan.BackEnd);
                _open[arm] = new Phase(arm.Plan.BackEnd is not null);
            }
            else if (phase.InTrouble && counted >= Math.Ceiling(arm.Plan.BackEnd!.Share * rounds))
            {
                Close(arm, phase);
                spans.SetFault(arm.Plan, null);
                _open[arm] = new Phase(inTrouble: false);
            }
        }
    }

    /// <summary>Adds a round that counts.</summary>
    /// <param name="arm">The arm.</param>
    /// <param name="latency">Its response times; null where they do not count.</param>
    public void Add(RunningArm arm, LatencyRecorder? latency)
    {
        if (_open.TryGetValue(arm, out var phase))
        {
            if (latency is not null)
            {
                phase.Latency.Add(latency);
            }

            phase.Rounds++;
        }
    }

    /// <summary>Ends all phases. A back end in trouble stays in it until its processes have ended.</summary>
    public void End()
    {
        foreach (var (arm, phase) in _open)
        {
            Close(arm, phase);
        }

        _open.Clear();
    }

    /// <summary>Gets the phases of an arm.</summary>
    public IReadOnlyList<FaultPhaseRecord> PhasesOf(RunningArm arm) => _done[arm];

    private void Close(RunningArm arm, Phase phase) =>
        _done[arm].Add(new FaultPhaseRecord(phase.InTrouble, phase.Rounds, phase.Latency.ResponseTime, arm.ReadFull().Reading.WorkingSetBytes));

    private sealed class Phase(bool inTrouble)
    {
        public bool InTrouble { get; } = inTrouble;

        public LatencyRecorder Latency { get; } = new();

        public int Rounds { get; set; }
    }
}
