namespace PerfLab.Collector.Exports;

/// <summary>A trouble that a back end can be in, injected per arm.</summary>
public abstract record BackEndFault
{
    private protected BackEndFault()
    {
    }

    /// <summary>Every request is taken, but answered late.</summary>
    /// <param name="DelaySeconds">How late, in seconds, 0 to 3,600.</param>
    public sealed record Slow(double DelaySeconds) : BackEndFault;

    /// <summary>Every request is refused for now: 503 over HTTP, UNAVAILABLE over gRPC. A sender tries again.</summary>
    /// <param name="RetryAfterSeconds">When the sender may try again, in seconds, 0 to 3,600, rounded up over HTTP; null says nothing about it.</param>
    public sealed record Unavailable(double? RetryAfterSeconds = null) : BackEndFault;

    /// <summary>
    /// Every request is refused as one too many: 429 over HTTP, RESOURCE_EXHAUSTED over gRPC, which a gRPC sender retries only
    /// if it is told when.
    /// </summary>
    /// <param name="RetryAfterSeconds">When the sender may try again, in seconds, 0 to 3,600, rounded up over HTTP; null says nothing about it.</param>
    public sealed record Throttled(double? RetryAfterSeconds = null) : BackEndFault;

    /// <summary>Every request is read and never answered, until the sender gives up or the fault ends; then its connection is reset.</summary>
    public sealed record Silent : BackEndFault;

    /// <summary>Every request is read and its connection then reset.</summary>
    public sealed record Reset : BackEndFault;

    /// <summary>The ports are closed: new connections are refused and old ones reset.</summary>
    public sealed record Down : BackEndFault;

    /// <summary>Throws if a member is out of its range.</summary>
    internal void Validate(string parameterName)
    {
        var seconds = this switch
        {
            Slow slow => slow.DelaySeconds,
            Unavailable unavailable => unavailable.RetryAfterSeconds,
            Throttled throttled => throttled.RetryAfterSeconds,
            _ => null,
        };
        if (seconds is { } given && given is not (>= 0 and <= 3600))
        {
            throw new ArgumentOutOfRangeException(
                parameterName,
                FormattableString.Invariant($"{given} s is not in 0 to 3600 s. In the fault {GetType().Name} of the OTLP receiver. Give seconds in that range."));
        }
    }
}

/// <summary>Holds the fault that an arm is in.</summary>
internal sealed class FaultInjector : IDisposable
{
    private readonly Lock gate = new();
    private CancellationTokenSource ending = new();
    private volatile ActiveFault current;

    /// <summary>Initialises a new instance of the <see cref="FaultInjector"/> class, well.</summary>
    public FaultInjector() => current = new ActiveFault(null, ending.Token);

    /// <summary>Gets the state of now. A request stays with the state that it met.</summary>
    public ActiveFault Current => current;

    /// <summary>Changes the state and ends the one before.</summary>
    /// <param name="fault">The fault, or null for none.</param>
    public void Change(BackEndFault? fault)
    {
        CancellationTokenSource before;
        lock (gate)
        {
            before = ending;
            ending = new CancellationTokenSource();
            current = new ActiveFault(fault, ending.Token);
        }

        before.Cancel();
        before.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ending.Cancel();
        ending.Dispose();
    }
}

/// <summary>A fault while it lasts.</summary>
/// <param name="Fault">The fault; null while the back end is well.</param>
/// <param name="Ended">Cancelled when another state takes its place.</param>
internal sealed record ActiveFault(BackEndFault? Fault, CancellationToken Ended);
