namespace PerfLab.Experiments.Scenarios;

/// <summary>A closed loop in which a launch set measures all arms once more, after its load levels: each answer starts the next request.</summary>
/// <param name="Connections">Requests in flight to one arm at any time.</param>
/// <param name="SliceSeconds">Length of a visit to an arm, until the last request starts.</param>
/// <param name="Rounds">Visits to every arm.</param>
public sealed record ClosedLoopLevel(int Connections, double SliceSeconds, int Rounds)
{
    // A saturated service takes as long for one request as it takes for as many as there are connections: tenths of a second. A slice
    // is several times that, because it begins with all connections at once and ends with the last answers.
    private const double LeastSliceSeconds = 1;
    private const int SliceInTurns = 2;

    // As the slices of a scenario.
    private const double MostSliceSeconds = 10;

    // A slice has hundreds of requests or more, and more rounds would take as long as all open loads together.
    private const int LeastRounds = 2;

    /// <summary>Gets how long a launch set needs for it, slices alone.</summary>
    /// <param name="arms">The arms, the control among them.</param>
    public double SecondsFor(int arms) => Rounds * arms * SliceSeconds;

    /// <summary>Makes the level that a scenario asks for; null where it asks for none.</summary>
    /// <param name="load">The load.</param>
    /// <param name="target">The processes.</param>
    /// <param name="variants">The arms without the control.</param>
    /// <param name="design">The design.</param>
    /// <param name="capacityPerSecond">The capacity of the slowest arm, as the pilot saw it; null where there is no pilot, or none yet.</param>
    public static ClosedLoopLevel? Of(LoadDefinition load, TargetDefinition target, IReadOnlyList<Variant> variants, DesignDefinition design, double? capacityPerSecond = null)
    {
        ArgumentNullException.ThrowIfNull(load);
        ArgumentNullException.ThrowIfNull(design);
        if (load.ClosedLoopConnections is not { } connections)
        {
            return null;
        }

        var turn = connections / capacityPerSecond ?? 0;
        var seconds = Math.Max(design.Slice.TotalSeconds, Math.Clamp(Math.Round(SliceInTurns * turn, 1), LeastSliceSeconds, MostSliceSeconds));
        return new ClosedLoopLevel(connections, seconds, BatchWindow.RoundsOf(target, variants, design with { Slice = TimeSpan.FromSeconds(seconds), Rounds = LeastRounds }));
    }
}
