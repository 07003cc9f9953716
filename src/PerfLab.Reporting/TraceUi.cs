namespace PerfLab.Reporting;

/// <summary>Where traces can be looked at.</summary>
/// <param name="Template">An http or https address with <c>{trace}</c> for the trace's id.</param>
public sealed record TraceUi(string Template)
{
    /// <summary>What stands for the trace's id.</summary>
    public const string Placeholder = "{trace}";

    /// <summary>Reads a template.</summary>
    /// <exception cref="FormatException">It is no address, or has no place for the id; the message says what to do.</exception>
    public static TraceUi Parse(string template)
    {
        ArgumentNullException.ThrowIfNull(template);
        var example = template.Replace(Placeholder, "0", StringComparison.Ordinal);
        return template.Contains(Placeholder, StringComparison.Ordinal)
            && Uri.TryCreate(example, UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
            ? new TraceUi(template)
            : throw new FormatException($"'{template}' is not an address with {Placeholder} in it (--trace-ui). Write for example http://localhost:16686/trace/{Placeholder}.");
    }

    /// <summary>The address of a trace.</summary>
    public string LinkTo(string traceId) => Template.Replace(Placeholder, traceId, StringComparison.Ordinal);
}
