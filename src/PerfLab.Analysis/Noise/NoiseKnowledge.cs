namespace PerfLab.Analysis.Noise;

/// <summary>What is known of the noise of the machine on which a run was made.</summary>
public enum NoiseKnowledge
{
    /// <summary>Nothing: no profile was there when the run began.</summary>
    None = 0,

    /// <summary>There was a profile, but of another machine, so it says nothing.</summary>
    OtherMachine = 1,

    /// <summary>There was a profile of this machine with these runtime knobs.</summary>
    ThisMachine = 2,
}
