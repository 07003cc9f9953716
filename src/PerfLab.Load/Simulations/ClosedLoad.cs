namespace PerfLab.Load.Simulations;

/// <summary>How many users a closed loop has over time and when it ends.</summary>
public sealed class ClosedLoad
{
    private readonly UserRamp[] _stretches;

    internal ClosedLoad(IReadOnlyList<UserRamp> stretches, long? maxIterations)
    {
        _stretches = [.. stretches];
        MaxIterations = maxIterations;
        Duration = maxIterations is null ? TimeSpan.FromSeconds(_stretches.Sum(stretch => stretch.DurationSeconds)) : null;
    }

    /// <summary>Gets the length, or null when the number of iterations ends it.</summary>
    public TimeSpan? Duration { get; }

    /// <summary>Gets the number of iterations that ends the loop, or null when the time does.</summary>
    public long? MaxIterations { get; }

    /// <summary>Gets the most users at a time.</summary>
    internal int MostUsers => _stretches.Select(stretch => Math.Max(stretch.FromUsers, stretch.ToUsers)).DefaultIfEmpty(0).Max();

    /// <summary>Always the same number of users.</summary>
    /// <param name="users">At least 1.</param>
    /// <param name="duration">Above 0.</param>
    public static ClosedLoad Constant(int users, TimeSpan duration)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(users, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(duration, TimeSpan.Zero);
        return new ClosedLoad([new UserRamp(users, users, duration.TotalSeconds)], maxIterations: null);
    }

    /// <summary>Always the same number of users, until a number of iterations was made.</summary>
    /// <param name="users">At least 1.</param>
    /// <param name="iterations">At least 1.</param>
    public static ClosedLoad ForIterations(int users, long iterations)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(users, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(iterations, 1);
        return new ClosedLoad([new UserRamp(users, users, double.PositiveInfinity)], iterations);
    }

    /// <summary>Gets the number of users at a time from the beginning; 0 after the end.</summary>
    internal int UsersAt(double seconds)
    {
        foreach (var stretch in _stretches)
        {
            if (seconds < stretch.DurationSeconds)
            {
                return stretch.FromUsers == stretch.ToUsers
                    ? stretch.ToUsers
                    : (int)Math.Round(stretch.FromUsers + ((stretch.ToUsers - stretch.FromUsers) * (seconds / stretch.DurationSeconds)));
            }

            seconds -= stretch.DurationSeconds;
        }

        return 0;
    }
}

/// <summary>A segment of a closed loop in which the number of users changes linearly.</summary>
/// <param name="FromUsers">At its beginning.</param>
/// <param name="ToUsers">At its end.</param>
/// <param name="DurationSeconds">Its length.</param>
internal readonly record struct UserRamp(int FromUsers, int ToUsers, double DurationSeconds);
