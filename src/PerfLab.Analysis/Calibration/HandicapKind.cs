namespace PerfLab.Analysis.Calibration;

/// <summary>What sort of known cost an arm carries.</summary>
public enum HandicapKind
{
    /// <summary>Not stated.</summary>
    Unknown = 0,

    /// <summary>CPU time of each request.</summary>
    Cpu = 1,

    /// <summary>Managed bytes of each request.</summary>
    Bytes = 2,

    /// <summary>Waiting time of each request.</summary>
    Delay = 3,

    /// <summary>CPU time in lumps, in the background.</summary>
    CpuBursts = 4,

    /// <summary>Managed bytes in lumps, in the background.</summary>
    ByteBursts = 5,
}
