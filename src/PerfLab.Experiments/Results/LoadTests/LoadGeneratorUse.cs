namespace PerfLab.Experiments.Results.LoadTests;

/// <summary>What making a load cost. Null is not measured: the system or the driver does not say.</summary>
public sealed record LoadGeneratorUse
{
    /// <summary>Gets the processor time: of the generating thread for sockets, of the whole process for httpclient.</summary>
    public required double? CpuSeconds { get; init; }

    /// <summary>Gets the processor time of the whole process while the load was made, display and all.</summary>
    public required double ProcessCpuSeconds { get; init; }

    /// <summary>Gets what the whole process allocated on the managed heap while the load was made.</summary>
    public required long AllocatedBytes { get; init; }

    /// <summary>Gets the processors that it could use: 1 for the thread of sockets, all of the process for httpclient.</summary>
    public required int Cores { get; init; }

    /// <summary>Gets the share of these processors that it used, 0 to 1.</summary>
    public required double? CpuShare { get; init; }

    /// <summary>Gets the bytes received; of httpclient those of bodies.</summary>
    public required long BytesReceived { get; init; }

    /// <summary>Gets the bytes sent.</summary>
    public required long? BytesSent { get; init; }

    /// <summary>Gets the connections made.</summary>
    public required long? ConnectionsOpened { get; init; }
}
