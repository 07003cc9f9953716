using System.CommandLine;
using PerfLab.Collector.Forwarding;

namespace PerfLab.Cli.Verbs;

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
    public static ForwardOptions? Read(string? url)
    {
        try
        {
            return url is null ? null : ForwardOptions.Parse(url, Environment.GetEnvironmentVariable(HeadersVariable));
        }
        catch (FormatException error)
        {
            throw new UsageException(error.Message);
        }
    }
}
