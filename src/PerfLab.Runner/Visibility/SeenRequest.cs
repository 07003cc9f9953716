namespace PerfLab.Runner.Visibility;

/// <summary>A request of the window with what became of it, as the load generator knows it.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Kind">Which kind it is.</param>
/// <param name="StartSeconds">When it was due, from the beginning of the window.</param>
/// <param name="ResponseSeconds">How long it took.</param>
/// <param name="HasFailed">Whether it failed, on purpose or not.</param>
internal sealed record SeenRequest(long Number, string Kind, double StartSeconds, double ResponseSeconds, bool HasFailed);
