using System.Diagnostics;

namespace Shop.Tracing;

/// <summary>The manual spans of the shop.</summary>
internal static class ShopTracing
{
    /// <summary>The name under which a listener finds the shop's own spans.</summary>
    public const string SourceName = "Shop";

    /// <summary>Gets the source of the shop's own spans; without a listener it creates nothing.</summary>
    public static ActivitySource Source { get; } = new(SourceName);

    /// <summary>Records that the work of a span failed, with the exception as an event.</summary>
    /// <param name="span">The span; null when there is none.</param>
    /// <param name="exception">What went wrong; its message must name no person.</param>
    public static void Fail(this Activity? span, Exception exception)
    {
        if (span is { IsAllDataRequested: true })
        {
            span.AddException(exception);
            span.FailBecauseOf(exception);
        }
    }

    /// <summary>Records that the work of a span failed because a step inside it did, which carries the event already.</summary>
    /// <param name="span">The span; null when there is none.</param>
    /// <param name="exception">What went wrong.</param>
    public static void FailBecauseOf(this Activity? span, Exception exception)
    {
        if (span is { IsAllDataRequested: true })
        {
            span.SetTag("error.type", exception.GetType().FullName);
            span.SetStatus(ActivityStatusCode.Error, exception.Message);
        }
    }
}
