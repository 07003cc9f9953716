namespace PerfLab.Load.ClosedLoops;

/// <summary>A stretch of a closed loop in which the number of users goes in a straight line.</summary>
/// <param name="FromUsers">At its beginning.</param>
/// <param name="ToUsers">At its end.</param>
/// <param name="DurationSeconds">Its length.</param>
internal readonly record struct UserStretch(int FromUsers, int ToUsers, double DurationSeconds);
