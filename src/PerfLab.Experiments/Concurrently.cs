using System.Runtime.ExceptionServices;

namespace PerfLab.Experiments;

/// <summary>Does independent work on all processors. What fails there fails here, as if it had been done one after the other.</summary>
public static class Concurrently
{
    /// <summary>Maps values, in their order. All are mapped, also where one fails.</summary>
    /// <param name="values">The values.</param>
    /// <param name="map">Maps one; may run at the same time as others. Of several errors that of the first value is thrown.</param>
    public static IReadOnlyList<TResult> Select<T, TResult>(IEnumerable<T> values, Func<T, TResult> map)
    {
        var outcomes = values.AsParallel().AsOrdered().WithExecutionMode(ParallelExecutionMode.ForceParallelism).Select(value => Try(map, value)).ToArray();
        foreach (var (_, error) in outcomes)
        {
            error?.Throw();
        }

        return [.. outcomes.Select(outcome => outcome.Result!)];
    }

    /// <summary>Does several things and returns when all have ended.</summary>
    /// <param name="actions">What to do; of several errors that of the first is thrown.</param>
    public static void Invoke(params Action[] actions) => Select(actions, static action =>
    {
        action();
        return true;
    });

    private static (TResult? Result, ExceptionDispatchInfo? Error) Try<T, TResult>(Func<T, TResult> map, T value)
    {
        try
        {
            return (map(value), null);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            return (default, ExceptionDispatchInfo.Capture(error));
        }
    }
}
