namespace PerfLab.Experiments.Results.Traces;

/// <summary>One span of a waterfall.</summary>
/// <param name="Service">Whose it is.</param>
/// <param name="Name">Its name, with what looks personal in it replaced.</param>
/// <param name="Depth">How many ancestors it has here.</param>
/// <param name="StartSeconds">Its start, from the root's; below 0 where the clocks of two machines differ.</param>
/// <param name="DurationSeconds">Its duration.</param>
/// <param name="IsError">True if its status is error.</param>
public sealed record WaterfallSpan(string Service, string Name, int Depth, double StartSeconds, double DurationSeconds, bool IsError);
