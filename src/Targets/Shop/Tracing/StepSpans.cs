using System.Diagnostics;

namespace Shop.Tracing;

/// <summary>The shop's own spans: one for the order, one for each of its steps. Every method does nothing for a span that is not there.</summary>
internal sealed class StepSpans
{
    private readonly SpanDetail _detail;
    private readonly bool _isAlone;
    private readonly MadeUpFacts? _madeUp;

    /// <summary>Initializes a new instance of the <see cref="StepSpans"/> class.</summary>
    /// <param name="settings">What spans say, and whether there are others beside them.</param>
    public StepSpans(TracingSettings settings)
    {
        _detail = settings.Detail;
        _isAlone = settings.Instrumentation == Instrumentation.Manual;
        _madeUp = _detail.FactCount is { } count ? new MadeUpFacts(count, _detail.FactLength) : null;
    }

    /// <summary>Begins the span of an order, the first that the shop itself writes in a request.</summary>
    /// <returns>The span, which the caller ends; null when nobody listens or it is not sampled.</returns>
    public Activity? StartOrder()
    {
        if (!_isAlone || Activity.Current is not { } request)
        {
            return ShopTracing.Source.StartActivity("processOrder");
        }

        // The runtime's own activity of the request reaches no exporter when no instrumentation listens, and as nobody
        // sampled it a parent-based sampler would drop all below it. The span continues the caller's trace itself.
        var caller = request.ParentSpanId == default
            ? default
            : new ActivityContext(request.TraceId, request.ParentSpanId, request.ActivityTraceFlags, request.TraceStateString, isRemote: true);
        Activity.Current = null;
        return ShopTracing.Source.StartActivity("processOrder", ActivityKind.Internal, caller);
    }

    /// <summary>Begins the span of a step.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The span, which the caller ends; null when nobody listens or it is not sampled.</returns>
    public static Activity? Start(string name) => ShopTracing.Source.StartActivity(name);

    /// <summary>Begins the span of a step below the current span, or after a span elsewhere when there is no current one.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="elsewhere">The context of a span elsewhere; not valid when there is none.</param>
    /// <returns>The span, which the caller ends; null when nobody listens or it is not sampled.</returns>
    public static Activity? StartAfter(string name, ActivityContext elsewhere) =>
        Activity.Current is null ? ShopTracing.Source.StartActivity(name, ActivityKind.Internal, elsewhere) : Start(name);

    /// <summary>Tells the facts of a step, as many as the settings want. Once a span.</summary>
    /// <param name="span">The span.</param>
    /// <param name="facts">The business facts.</param>
    public void Describe(Activity? span, params ReadOnlySpan<KeyValuePair<string, object?>> facts)
    {
        if (span is not { IsAllDataRequested: true })
        {
            return;
        }

        var count = _detail.FactCount ?? facts.Length;
        for (var index = 0; index < Math.Min(count, facts.Length); index++)
        {
            Tell(span, facts[index]);
        }

        if (count > facts.Length && _madeUp is not null)
        {
            var place = _madeUp.NextPlace();
            for (var index = 0; index < count - facts.Length; index++)
            {
                Tell(span, _madeUp.At(index, place));
            }
        }
    }

    /// <summary>Tells who the customer is, if the settings want it. Nobody should.</summary>
    /// <param name="span">The span.</param>
    /// <param name="facts">Facts about a person; those without a value are left out.</param>
    public void DescribePerson(Activity? span, params ReadOnlySpan<KeyValuePair<string, object?>> facts)
    {
        if (_detail.RecordsPersonalFacts && span is { IsAllDataRequested: true })
        {
            foreach (var fact in facts)
            {
                if (fact.Value is not null)
                {
                    Tell(span, fact);
                }
            }
        }
    }

    /// <summary>Records that the work of a span failed, with the exception as an event if the settings want it.</summary>
    /// <param name="span">The span.</param>
    /// <param name="exception">What went wrong; its message must name no person.</param>
    public void Fail(Activity? span, Exception exception)
    {
        if (_detail.RecordsExceptions && span is { IsAllDataRequested: true })
        {
            span.AddException(exception);
        }

        FailBecauseOf(span, exception);
    }

    /// <summary>Records that the work of a span failed because a step inside it did, which carries the event already.</summary>
    /// <param name="span">The span.</param>
    /// <param name="exception">What went wrong.</param>
    public static void FailBecauseOf(Activity? span, Exception exception)
    {
        if (span is { IsAllDataRequested: true })
        {
            span.SetTag("error.type", exception.GetType().FullName);
            span.SetStatus(ActivityStatusCode.Error, exception.Message);
        }
    }

    private void Tell(Activity span, KeyValuePair<string, object?> fact)
    {
        if (_detail.FactsAreEvents)
        {
            span.AddEvent(new ActivityEvent(fact.Key, tags: new ActivityTagsCollection { fact }));
        }
        else
        {
            span.SetTag(fact.Key, fact.Value);
        }
    }
}
