using System.Runtime.ExceptionServices;

namespace PerfLab.Experiments;

/// <summary>Does independent work on all processors. What fails there fails here, as if it had been done one after the other.</summary>
public static class Concurrently
{
    /// <summary>Maps values, in their order.</summary>
    /// <param name="values">The values.</param>
    /// <param name="map">Maps one; may run at the same time as others. Of several errors that with the first message is thrown.</param>
    public static IReadOnlyList<TResult> Select<T, TResult>(IEnumerable<T> values, Func<T, TResult> map) =>
        Unwrapped(() => values.AsParallel().AsOrdered().Select(map).ToArray());

    /// <summary>Does several things and returns when all have ended.</summary>
    /// <param name="actions">What to do; of several errors that with the first message is thrown.</param>
    public static void Invoke(params Action[] actions) => Unwrapped(() =>
    {
        Parallel.Invoke(actions);
        return true;
    });

    private static TResult Unwrapped<TResult>(Func<TResult> work)
    {
        try
        {
            return work();
        }
        catch (AggregateException several)
        {
            // Messages begin with the file that they are about, so that the same error is told each time.
            ExceptionDispatchInfo.Throw(several.Flatten().InnerExceptions.MinBy(error => error.Message, StringComparer.Ordinal)!);
            throw;
        }
    }
}
