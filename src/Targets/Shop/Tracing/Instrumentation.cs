namespace Shop.Tracing;

/// <summary>Whose spans there are.</summary>
internal enum Instrumentation
{
    /// <summary>Not stated.</summary>
    Unknown = 0,

    /// <summary>Nobody's: the SDK is there and hears nothing.</summary>
    None = 1,

    /// <summary>Those of the instrumentation packages and libraries, which no line of the shop's code asks for.</summary>
    Automatic = 2,

    /// <summary>Those that the shop's own code writes.</summary>
    Manual = 3,

    /// <summary>All of them.</summary>
    Both = 4,
}
