using System.Globalization;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Scenarios;
using PerfLab.Statistics;

namespace PerfLab.Analysis.Noise;

/// <summary>What is known of the machine's noise, to stand beside the verdicts.</summary>
public sealed record MachineNoise
{
    /// <summary>Gets whether there is a profile that applies.</summary>
    public required NoiseProfileMatch Knowledge { get; init; }

    /// <summary>Gets the profile; null unless it applies.</summary>
    public required NoiseProfile? Profile { get; init; }

    /// <summary>Gets the runtime profile of the run, which a noise profile must have too.</summary>
    public required RuntimeProfile Runtime { get; init; }

    /// <summary>Gets in which ways the machine of the profile differs from that of the run; empty unless it is another.</summary>
    public IReadOnlyList<string> MachineDifferences { get; init; } = [];

    /// <summary>Gets the number of launch sets of the run.</summary>
    public required int LaunchSets { get; init; }

    /// <summary>Gets the smallest change that so many launch sets detect by the profile's spread, for each primary metric where it is known.</summary>
    public IReadOnlyDictionary<MetricId, double> DetectableRatios { get; init; } = new Dictionary<MetricId, double>();
}

/// <summary>What is known of the noise of the machine on which a run was made.</summary>
public enum NoiseProfileMatch
{
    /// <summary>Nothing: no profile was there when the run began.</summary>
    None = 0,

    /// <summary>There was a profile, but of another machine, so it says nothing.</summary>
    OtherMachine = 1,

    /// <summary>There was a profile of this machine with these runtime knobs.</summary>
    ThisMachine = 2,
}

/// <summary>Says of a run what the machine's noise profile means for it.</summary>
internal static class NoiseReader
{
    internal static MachineNoise Read(Manifest manifest, Plan plan, int launchSets, NoiseProfile? profile)
    {
        var none = new MachineNoise { Knowledge = NoiseProfileMatch.None, Profile = null, Runtime = plan.Runtime, LaunchSets = launchSets };
        if (profile is null || profile.Runtime != plan.Runtime)
        {
            return none;
        }

        var differences = manifest.Machine.DifferencesFrom(profile.Machine);
        return differences.Count == 0
            ? none with { Knowledge = NoiseProfileMatch.ThisMachine, Profile = profile, DetectableRatios = DetectableRatios(profile, launchSets) }
            : none with { Knowledge = NoiseProfileMatch.OtherMachine, MachineDifferences = differences };
    }

    private static Dictionary<MetricId, double> DetectableRatios(NoiseProfile profile, int launchSets)
    {
        var detectable =
            from noise in profile.Metrics
            where MetricCatalog.Get(noise.Metric).IsPrimary && noise.SpreadRatio is not null
            let effect = SignedRankPower.DetectableEffect(launchSets, noise.SpreadRatio!.Value)
            where effect is not null
            select (noise.Metric, Ratio: Math.Exp(effect.Value) - 1);
        return detectable.ToDictionary(entry => entry.Metric, entry => entry.Ratio);
    }
}
