namespace PerfLab.Load.Http;

/// <summary>How large a response may be before it is an error, in bytes.</summary>
internal sealed record ResponseLimits(int MaxLineBytes, int MaxHeaderBytes, long MaxBodyBytes);
