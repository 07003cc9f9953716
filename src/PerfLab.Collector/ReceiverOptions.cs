using PerfLab.Collector.Capture;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Collector;

/// <summary>
/// Limits of an <see cref="OtlpReceiver"/>. At worst an arm holds <see cref="MaxBufferedBytes"/> plus
/// <see cref="MaxConcurrentRequests"/> times twice <see cref="MaxGrpcMessageBytes"/>.
/// </summary>
public sealed record ReceiverOptions
{
    /// <summary>Gets the largest HTTP body as sent, in bytes, 1 or more. Default 20 MiB, as the OTLP specification recommends.</summary>
    public int MaxBodyBytes { get; init; } = 20 * 1024 * 1024;

    /// <summary>Gets the largest body after decompression, in bytes, 1 or more. Default 20 MiB, as the OTLP specification recommends.</summary>
    public int MaxDecodedBytes { get; init; } = 20 * 1024 * 1024;

    /// <summary>Gets the largest gRPC message as sent, in bytes, 1 or more. Default 4 MiB, as the OTLP specification recommends.</summary>
    public int MaxGrpcMessageBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>Gets how many bytes the bodies of one arm's HTTP requests and all decompressed bodies may hold at once, 1 or more. Default 128 MiB.</summary>
    public long MaxBufferedBytes { get; init; } = 128L * 1024 * 1024;

    /// <summary>Gets how many requests of one arm may be inside at once, 1 or more; more are told to try again. Default 32.</summary>
    public int MaxConcurrentRequests { get; init; } = 32;

    /// <summary>Gets how many connections one arm may have, 1 or more; more are closed at once and counted as rejected. Default 512.</summary>
    public int MaxConnectionsPerArm { get; init; } = 512;

    /// <summary>Gets how many levels of messages may be nested, 1 to 1,000. Default 100, the limit of Google's own parsers.</summary>
    public int MaxNesting { get; init; } = 100;

    /// <summary>Gets how long a body may take to arrive, in seconds, above 0. Default 10, the time after which exporters give up.</summary>
    public double BodySeconds { get; init; } = 10;

    /// <summary>Gets how long open requests may take to end when the receiver stops, in seconds, above 0. Default 1.</summary>
    public double StopSeconds { get; init; } = 1;

    /// <summary>Gets whether an export needs the token of its arm, which the arm's own processes alone are told. Default false.</summary>
    public bool RequiresToken { get; init; }

    /// <summary>Gets where what is taken is sent on to; null, the default, sends nothing on.</summary>
    public ForwardingOptions? Forward { get; init; }

    /// <summary>Gets how traces are judged, by the arm's name; all traces of arms that are not in it are kept. Default none.</summary>
    public IReadOnlyDictionary<string, TailSamplingPolicy> Tail { get; init; } = new Dictionary<string, TailSamplingPolicy>(StringComparer.Ordinal);

    /// <summary>Gets the clock of waits and arrivals. Default the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Throws if a limit is out of its range.</summary>
    /// <param name="parameterName">Whose argument these options are.</param>
    /// <exception cref="ArgumentException">A limit is out of its range; the message names all of them.</exception>
    internal void Validate(string parameterName)
    {
        List<string> faults = [];
        Check(MaxBodyBytes >= 1, $"{nameof(MaxBodyBytes)} {MaxBodyBytes} is below 1");
        Check(MaxDecodedBytes >= 1, $"{nameof(MaxDecodedBytes)} {MaxDecodedBytes} is below 1");
        Check(MaxGrpcMessageBytes >= 1, $"{nameof(MaxGrpcMessageBytes)} {MaxGrpcMessageBytes} is below 1");
        Check(MaxBufferedBytes >= 1, $"{nameof(MaxBufferedBytes)} {MaxBufferedBytes} is below 1");
        Check(MaxConcurrentRequests >= 1, $"{nameof(MaxConcurrentRequests)} {MaxConcurrentRequests} is below 1");
        Check(MaxConnectionsPerArm >= 1, $"{nameof(MaxConnectionsPerArm)} {MaxConnectionsPerArm} is below 1");
        Check(MaxNesting is >= 1 and <= 1000, $"{nameof(MaxNesting)} {MaxNesting} is not in 1 to 1000");
        Check(IsDuration(BodySeconds), FormattableString.Invariant($"{nameof(BodySeconds)} {BodySeconds} is not in 0 to 3600 s"));
        Check(IsDuration(StopSeconds), FormattableString.Invariant($"{nameof(StopSeconds)} {StopSeconds} is not in 0 to 3600 s"));
        if (faults.Count > 0)
        {
            throw new ArgumentException(
                $"{string.Join("; ", faults)}. In the options of the OTLP receiver. Set values in the documented ranges, or leave the defaults.",
                parameterName);
        }

        void Check(bool holds, string fault)
        {
            if (!holds)
            {
                faults.Add(fault);
            }
        }
    }

    private static bool IsDuration(double seconds) => seconds is > 0 and <= 3600;
}
