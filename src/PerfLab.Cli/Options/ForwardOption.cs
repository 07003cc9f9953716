using System.CommandLine;
using PerfLab.Collector.Capture;
using PerfLab.Experiments.Secrets;
using PerfLab.Load.Http;
using PerfLab.Reporting.Content;
using PerfLab.Runner;

namespace PerfLab.Cli.Options;

/// <summary><c>--forward</c>: where received spans are sent on to.</summary>
internal static class ForwardOption
{
    /// <summary>The specification's own variable; targets never see PerfLab's.</summary>
    public const string HeadersVariable = "OTEL_EXPORTER_OTLP_HEADERS";

    /// <summary>Creates the option.</summary>
    public static Option<string?> Create() => new("--forward")
    {
        Description = $"Send on what is received to this OTLP/HTTP endpoint, for example http://localhost:4318; headers from {HeadersVariable}.",
    };

    /// <summary>Reads its value.</summary>
    /// <param name="url">The value; null for none.</param>
    /// <param name="option">The option that holds it, for messages.</param>
    /// <exception cref="UsageException">The address or the headers cannot be read.</exception>
    public static ForwardingOptions? Read(string? url, string option = "--forward")
    {
        try
        {
            if (url is null)
            {
                return null;
            }

            // What the endpoint says about a refused key may repeat it.
            var headers = Environment.GetEnvironmentVariable(HeadersVariable);
            foreach (var secret in SecretText.FindAll(null, url).Concat(SecretText.FindAll(HeadersVariable, headers ?? string.Empty)))
            {
                KnownSecrets.Add(secret);
            }

            return ForwardingOptions.Parse(url, headers, option);
        }
        catch (FormatException error)
        {
            throw new UsageException(error.Message);
        }
    }

    /// <summary>Refuses an address whose port speaks something else than HTTP/1.1, before a run is made whose spans would all be lost there.</summary>
    /// <param name="forward">Where spans are sent on to; null for nowhere.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="UsageException">It does; the message says what and what to write.</exception>
    public static async Task CheckAsync(ForwardingOptions? forward, CancellationToken cancellationToken)
    {
        var advice = forward is null ? null : await ForwardingCheck.AskAsync(forward.TracesAddress, cancellationToken) switch
        {
            PortProtocol.Http2 => "speaks HTTP/2 alone, as gRPC does, and spans are forwarded as OTLP over HTTP/1.1 (--forward). Use the OTLP/HTTP port, usually 4318.",
            PortProtocol.Tls => "speaks TLS (--forward). Write https://.",
            _ => null,
        };
        if (advice is not null)
        {
            throw new UsageException($"{forward!.TracesAddress.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped)} {advice}");
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
