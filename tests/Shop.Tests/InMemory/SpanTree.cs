using System.Diagnostics;

namespace Shop.Tests.InMemory;

/// <summary>Writes a trace as one line, so that a test shows its whole shape.</summary>
internal static class SpanTree
{
    public const string OfAGoodOrderOverHttp =
        "S:POST /orders(I:processOrder("
        + "I:validateInventory(C:POST(S:POST /inventory/check)) "
        + "I:calculateShipping(C:POST(S:POST /shipping/quote)) "
        + "I:processPayment(C:POST(S:POST /payments/charge))))";

    public const string OfAGoodOrder =
        "S:POST /orders(I:processOrder("
        + "I:validateInventory(C:POST(S:POST /shop.inventory.v1.Stock/Check)) "
        + "I:calculateShipping(C:POST(S:POST /shipping/quote)) "
        + "I:processPayment(C:POST(S:POST /payments/charge))))";

    /// <summary>Writes the spans of one trace, children in the order of their start.</summary>
    /// <param name="spans">Spans of one trace.</param>
    /// <returns>Kind and name of each span, its children in brackets.</returns>
    public static string Write(IEnumerable<Activity> spans)
    {
        var all = spans.OrderBy(span => span.StartTimeUtc).ToArray();
        var known = all.Select(span => span.SpanId.ToHexString()).ToHashSet(StringComparer.Ordinal);
        return string.Join(' ', all.Where(span => !known.Contains(span.ParentSpanId.ToHexString())).Select(Node));

        string Node(Activity span)
        {
            var children = string.Join(' ', all.Where(child => child.ParentSpanId.ToHexString() == span.SpanId.ToHexString()).Select(Node));
            var name = $"{span.Kind.ToString()[0]}:{span.DisplayName}";
            return children.Length == 0 ? name : $"{name}({children})";
        }
    }
}
