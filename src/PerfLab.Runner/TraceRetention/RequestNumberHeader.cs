using System.Globalization;

namespace PerfLab.Runner.TraceRetention;

/// <summary>
/// How a request carries its number into its trace: in the User-Agent header, which HTTP instrumentation records by semantic
/// convention. A <c>traceparent</c> would do so too, but parent-based samplers would follow it.
/// </summary>
internal static class RequestNumberHeader
{
    /// <summary>The header.</summary>
    public const string Header = "User-Agent";

    /// <summary>What stands before the number.</summary>
    public const string Prefix = "perflab-visibility/1 ";

    /// <summary>Makes the header's value.</summary>
    public static string ValueOf(long number) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{number}");
}
