using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Shop.Settings;

namespace Shop.Tracing;

/// <summary>The shop's own spans: one for the order, one for each of its steps. Every method does nothing for a span that is not there.</summary>
internal sealed class OrderSpans
{
    private readonly SpanDetail _detail;
    private readonly bool _isAlone;
    private readonly SyntheticAttributes? _madeUp;

    /// <summary>Initializes a new instance of the <see cref="OrderSpans"/> class.</summary>
    /// <param name="settings">What spans say, and whether there are others beside them.</param>
    public OrderSpans(TracingSettings settings)
    {
        _detail = settings.Detail;
        _isAlone = settings.Instrumentation == InstrumentationMode.Manual;
        _madeUp = _detail.AttributeCount is { } count ? new SyntheticAttributes(count, _detail.SyntheticValueLength) : null;
    }

    /// <summary>Begins the span of an order, the first that the shop itself writes in a request.</summary>
    /// <returns>The span, which the caller ends; null when nobody listens or it is not sampled.</returns>
    public Activity? StartOrder()
    {
        if (!_isAlone || Activity.Current is not { } request)
        {
            return ShopActivitySource.Source.StartActivity("processOrder");
        }

        // The runtime's own activity of the request reaches no exporter when no instrumentation listens, and as nobody
        // sampled it a parent-based sampler would drop all below it. The span continues the caller's trace itself.
        var caller = request.ParentSpanId == default
            ? default
            : new ActivityContext(request.TraceId, request.ParentSpanId, request.ActivityTraceFlags, request.TraceStateString, isRemote: true);
        Activity.Current = null;
        return ShopActivitySource.Source.StartActivity("processOrder", ActivityKind.Internal, caller);
    }

    /// <summary>Begins the span of a step.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The span, which the caller ends; null when nobody listens or it is not sampled.</returns>
    public static Activity? Start(string name) => ShopActivitySource.Source.StartActivity(name);

    /// <summary>Begins the span of a step below the current span, or after a span elsewhere when there is no current one.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="elsewhere">The context of a span elsewhere; not valid when there is none.</param>
    /// <returns>The span, which the caller ends; null when nobody listens or it is not sampled.</returns>
    public static Activity? StartWithParent(string name, ActivityContext elsewhere) =>
        Activity.Current is null ? ShopActivitySource.Source.StartActivity(name, ActivityKind.Internal, elsewhere) : Start(name);

    /// <summary>Sets the attributes of a step, as many as the settings require. Call it once per span.</summary>
    /// <param name="span">The span.</param>
    /// <param name="facts">The business facts.</param>
    public void AddAttributes(Activity? span, params ReadOnlySpan<KeyValuePair<string, object?>> facts)
    {
        if (span is not { IsAllDataRequested: true })
        {
            return;
        }

        var count = _detail.AttributeCount ?? facts.Length;
        for (var index = 0; index < Math.Min(count, facts.Length); index++)
        {
            Add(span, facts[index]);
        }

        if (count > facts.Length && _madeUp is not null)
        {
            var place = _madeUp.NextOffset();
            for (var index = 0; index < count - facts.Length; index++)
            {
                Add(span, _madeUp.Get(index, place));
            }
        }
    }

    /// <summary>Records personal data of the customer if the settings require it. Do not do this in production.</summary>
    /// <param name="span">The span.</param>
    /// <param name="facts">Facts about a person; those without a value are left out.</param>
    public void AddPersonalData(Activity? span, params ReadOnlySpan<KeyValuePair<string, object?>> facts)
    {
        if (_detail.RecordsPersonalData && span is { IsAllDataRequested: true })
        {
            foreach (var fact in facts)
            {
                if (fact.Value is not null)
                {
                    Add(span, fact);
                }
            }
        }
    }

    /// <summary>Records that the work of a span failed, with the exception as an event if the settings want it.</summary>
    /// <param name="span">The span.</param>
    /// <param name="exception">What went wrong; its message must name no person.</param>
    public void RecordFailure(Activity? span, Exception exception)
    {
        if (_detail.RecordsExceptions && span is { IsAllDataRequested: true })
        {
            span.AddException(exception);
        }

        SetErrorStatus(span, exception);
    }

    /// <summary>Records that the work of a span failed because a step inside it did, which carries the event already.</summary>
    /// <param name="span">The span.</param>
    /// <param name="exception">What went wrong.</param>
    public static void SetErrorStatus(Activity? span, Exception exception)
    {
        if (span is { IsAllDataRequested: true })
        {
            span.SetTag("error.type", exception.GetType().FullName);
            span.SetStatus(ActivityStatusCode.Error, exception.Message);
        }
    }

    private void Add(Activity span, KeyValuePair<string, object?> fact)
    {
        if (_detail.RecordsAttributesAsEvents)
        {
            span.AddEvent(new ActivityEvent(fact.Key, tags: new ActivityTagsCollection { fact }));
        }
        else
        {
            span.SetTag(fact.Key, fact.Value);
        }
    }
}

/// <summary>The source of the shop's own spans.</summary>
internal static class ShopActivitySource
{
    /// <summary>The name under which a listener finds the shop's own spans.</summary>
    public const string SourceName = "Shop";

    /// <summary>Gets the source of the shop's own spans; without a listener it creates nothing.</summary>
    public static ActivitySource Source { get; } = new(SourceName);
}

/// <summary>
/// Facts that mean nothing, to fill a span up to a number of facts. Texts are made beforehand and taken in turn: what is
/// measured is the telling, not the making, and a compressor does not find the same text at the same place in each span.
/// </summary>
internal sealed class SyntheticAttributes
{
    private const int TextCount = 256;
    private const int Seed = 20260101;

    private readonly ImmutableArray<string> _keys;
    private readonly ImmutableArray<string> _texts;
    private int _next;

    /// <summary>Initializes a new instance of the <see cref="SyntheticAttributes"/> class.</summary>
    /// <param name="count">The most facts that one span needs.</param>
    /// <param name="length">The length of a text in characters.</param>
    public SyntheticAttributes(int count, int length)
    {
        _keys = [.. Enumerable.Range(1, count).Select(number => string.Create(CultureInfo.InvariantCulture, $"shop.fact.{number:00}"))];
        var random = new Random(Seed);
        _texts = [.. Enumerable.Range(0, TextCount).Select(_ => random.GetString("abcdefghijklmnopqrstuvwxyz0123456789", length))];
    }

    /// <summary>Takes the next place in the texts, so that two spans tell different ones.</summary>
    /// <returns>The place.</returns>
    public int NextOffset() => Interlocked.Increment(ref _next);

    /// <summary>Gets a fact.</summary>
    /// <param name="index">Which of the span's made-up facts, from 0.</param>
    /// <param name="place">The span's place.</param>
    /// <returns>Key and text.</returns>
    public KeyValuePair<string, object?> Get(int index, int place) => new(_keys[index], _texts[(int)((uint)(place + (index * 31)) % TextCount)]);
}
