using System.Globalization;

namespace PerfLab.Runner.Visibility;

/// <summary>
/// How a request tells its number to the traces: in the User-Agent header, which HTTP instrumentation records by semantic
/// convention. A <c>traceparent</c> would do so too, but samplers that ask their parent would follow it.
/// </summary>
internal static class RequestNumber
{
    /// <summary>The header.</summary>
    public const string Header = "User-Agent";

    /// <summary>What stands before the number.</summary>
    public const string Prefix = "perflab-visibility/1 ";

    /// <summary>Makes the header's value.</summary>
    public static string ValueOf(long number) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{number}");
}
