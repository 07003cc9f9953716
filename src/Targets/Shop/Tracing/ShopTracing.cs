using System.Diagnostics;

namespace Shop.Tracing;

/// <summary>The source of the shop's own spans.</summary>
internal static class ShopTracing
{
    /// <summary>The name under which a listener finds the shop's own spans.</summary>
    public const string SourceName = "Shop";

    /// <summary>Gets the source of the shop's own spans; without a listener it creates nothing.</summary>
    public static ActivitySource Source { get; } = new(SourceName);
}
