using System.Diagnostics;

namespace Shop.Sampling;

/// <summary>The spans of one trace that this process has begun, held back until none of them is open. For many threads.</summary>
internal sealed class BufferedTrace
{
    private readonly Lock _gate = new();
    private readonly List<Activity> _ended = [];
    private int _open;
    private bool _isComplete;

    /// <summary>Enters a span that begins.</summary>
    /// <returns>False if the trace was complete before; the span then belongs to another one of the same id.</returns>
    public bool TryBegin()
    {
        lock (_gate)
        {
            _open += _isComplete ? 0 : 1;
            return !_isComplete;
        }
    }

    /// <summary>Enters a span that has ended.</summary>
    /// <param name="span">The span; null for one that is not to be exported whatever becomes of the trace.</param>
    /// <param name="complete">All spans, if this was the last that was open.</param>
    /// <returns>False if the trace was complete before.</returns>
    public bool TryEnd(Activity? span, out IReadOnlyList<Activity>? complete)
    {
        complete = null;
        lock (_gate)
        {
            if (_isComplete)
            {
                return false;
            }

            if (span is not null)
            {
                _ended.Add(span);
            }

            _open--;
            _isComplete = _open <= 0;
            complete = _isComplete ? _ended : null;
            return true;
        }
    }
}
