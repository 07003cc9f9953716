using System.CommandLine;
using PerfLab.Collector.Capture;
using PerfLab.Reporting.Content;

namespace PerfLab.Cli.Options;

/// <summary><c>--forward</c>: where received spans are sent on to.</summary>
internal static class ForwardOption
{
    // The specification's own variable; targets never see PerfLab's.
    private const string HeadersVariable = "OTEL_EXPORTER_OTLP_HEADERS";

    /// <summary>Creates the option.</summary>
    public static Option<string?> Create() => new("--forward")
    {
        Description = $"Send on what is received to this OTLP/HTTP endpoint, for example http://localhost:4318; headers from {HeadersVariable}.",
    };

    /// <summary>Reads its value.</summary>
    /// <exception cref="UsageException">The address or the headers cannot be read.</exception>
    public static ForwardingOptions? Read(string? url)
    {
        try
        {
            return url is null ? null : ForwardingOptions.Parse(url, Environment.GetEnvironmentVariable(HeadersVariable));
        }
        catch (FormatException error)
        {
            throw new UsageException(error.Message);
        }
    }
}

/// <summary><c>--trace-ui</c>: where the report's traces can be looked at.</summary>
internal static class TraceUiOption
{
    /// <summary>Creates the option.</summary>
    public static Option<string?> Create() => new("--trace-ui")
    {
        Description = $"Link each shown trace: an address with {TraceUi.Placeholder} for its id, for example http://localhost:16686/trace/{TraceUi.Placeholder}.",
    };

    /// <summary>Reads its value.</summary>
    /// <exception cref="UsageException">It is no address with a place for the id.</exception>
    public static TraceUi? Read(string? template)
    {
        try
        {
            return template is null ? null : TraceUi.Parse(template);
        }
        catch (FormatException error)
        {
            throw new UsageException(error.Message);
        }
    }
}
