namespace Shop.Tracing;

/// <summary>How much of tracing the caller does where a call leaves for another service.</summary>
internal enum BoundaryTracing
{
    /// <summary>Not stated.</summary>
    Unknown = 0,

    /// <summary>Nothing: no span and no context, so the other side begins a trace of its own.</summary>
    None = 1,

    /// <summary>Passes the context of the span around the call on, without a span of the call itself.</summary>
    Propagate = 2,

    /// <summary>A span of the call, whose context is passed on.</summary>
    Trace = 3,
}
