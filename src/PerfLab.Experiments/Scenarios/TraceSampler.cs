using System.Globalization;
using System.Text.RegularExpressions;

namespace PerfLab.Experiments.Scenarios;

/// <summary>
/// The sampler that the environment of a process names (OpenTelemetry specification, "SDK environment variables"). Names are
/// compared without case and surrounding spaces, as the specification recommends and the SDKs of .NET and Go do.
/// </summary>
public sealed class TraceSampler
{
    /// <summary>The argument of the sampler: of the ratio samplers a share of traces, 1 where it is not set or empty.</summary>
    public const string ArgumentVariable = "OTEL_TRACES_SAMPLER_ARG";

    private const string ParentBased = "parentbased_";

    private readonly string? _argument;

    private TraceSampler(string name, string? argument) => (Name, _argument) = (name, argument);

    /// <summary>Gets the names that the specification knows, and one that many SDKs have an extension for.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "always_on", "always_off", "traceidratio", "parentbased_always_on", "parentbased_always_off", "parentbased_traceidratio",
        "jaeger_remote", "parentbased_jaeger_remote", "xray",
    ];

    /// <summary>Gets the name in the specification's spelling; empty where none is set, which is <c>parentbased_always_on</c>.</summary>
    public string Name { get; }

    /// <summary>Gets a value indicating whether it samples every trace because no argument says less.</summary>
    public bool LacksRatio => IsRatio && _argument is null;

    /// <summary>Gets the share of the traces begun here that it promises to sample, 0 to 1; null where it promises none.</summary>
    public double? Ratio => Name switch
    {
        "always_on" or "parentbased_always_on" => 1,
        "always_off" or "parentbased_always_off" => 0,
        _ when LacksRatio => 1,
        _ when IsRatio && double.TryParse(_argument, NumberStyles.Float, CultureInfo.InvariantCulture, out var ratio) => Math.Clamp(ratio, 0, 1),
        _ => null,
    };

    private bool IsRatio => Name is "traceidratio" or "parentbased_traceidratio";

    private bool FollowsParent => Name.Length == 0 || Name.StartsWith(ParentBased, StringComparison.Ordinal);

    /// <summary>Reads it from all variables of a process.</summary>
    /// <param name="environment">The variables.</param>
    public static TraceSampler Of(IReadOnlyDictionary<string, string> environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        var name = environment.GetValueOrDefault(TraceExporters.SamplerVariable)?.Trim() ?? string.Empty;
        var argument = environment.GetValueOrDefault(ArgumentVariable);
        return new TraceSampler(Canonical(name) ?? name, string.IsNullOrWhiteSpace(argument) ? null : argument);
    }

    /// <summary>Finds the specification's spelling of a name; null where it is not one of <see cref="Names"/>.</summary>
    /// <param name="name">The name as a file has it.</param>
    public static string? Canonical(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Names.FirstOrDefault(known => string.Equals(known, name.Trim(), StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Says what is wrong with the argument of a ratio sampler, and what to write instead; null where nothing is.</summary>
    public (string Problem, string Advice)? FaultOfRatio() =>
        IsRatio && !LacksRatio && !(double.TryParse(_argument, NumberStyles.Float, CultureInfo.InvariantCulture, out var ratio) && ratio is >= 0 and <= 1)
            ? ($"'{_argument}' is not a share of traces for {Name}; SDKs pass it over and sample everything, or do not start.", "Write a number from 0 to 1, for example \"0.1\" for one trace in ten.")
            : null;

    /// <summary>
    /// Gets the least and the greatest share of the requests whose trace is sampled, 0 to 1. They differ where requests bring a
    /// trace along: a parent-based sampler does as its flag says if the service reads the header, and a ratio of a trace ID that is
    /// always the same is all or nothing.
    /// </summary>
    /// <param name="incoming">What the requests bring along.</param>
    public (double Least, double Most) SharesOf(IncomingTraces incoming)
    {
        ArgumentNullException.ThrowIfNull(incoming);
        var own = Ratio ?? 1;
        var begun = own * (1 - incoming.Share);
        return FollowsParent ? (Math.Min(own, begun + incoming.Sampled), Math.Max(own, begun + incoming.Sampled + incoming.Undecided))
            : own is 0 or 1 ? (own, own)
            : (begun, begun + incoming.Share);
    }
}

/// <summary>The traces that the requests of a target bring along in their headers, so that the service does not begin them; shares of all requests, 0 to 1.</summary>
/// <param name="Sampled">Requests whose caller sampled the trace.</param>
/// <param name="NotSampled">Requests whose caller did not.</param>
/// <param name="Undecided">Requests of which that is not known.</param>
public sealed partial record IncomingTraces(double Sampled, double NotSampled, double Undecided)
{
    // The headers of the propagators that SDKs know: B3 in one header and in several, Jaeger, AWS X-Ray, OpenTracing.
    private static readonly HashSet<string> s_otherHeaders = new(["b3", "x-b3-traceid", "uber-trace-id", "x-amzn-trace-id", "ot-tracer-traceid"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Gets the share of requests that bring a trace along.</summary>
    public double Share => Sampled + NotSampled + Undecided;

    /// <summary>Finds them in the headers of the requests.</summary>
    /// <param name="requests">The requests with their weights.</param>
    public static IncomingTraces Of(IReadOnlyList<RequestDefinition> requests)
    {
        ArgumentNullException.ThrowIfNull(requests);
        var all = requests.Sum(request => request.Weight);
        return all > 0 ? new IncomingTraces(ShareOf(true), ShareOf(false), ShareOf(null)) : new IncomingTraces(0, 0, 0);

        double ShareOf(bool? isSampled) => requests.Where(request => Find(request) is { } found && found.IsSampled == isSampled).Sum(request => request.Weight) / all;
    }

    private static Incoming? Find(RequestDefinition request)
    {
        var parent = request.Headers.FirstOrDefault(header => string.Equals(header.Key, "traceparent", StringComparison.OrdinalIgnoreCase)).Value;
        return parent is not null ? new Incoming(TraceParent().Match(parent) is { Success: true } match ? (Convert.ToByte(match.Groups["flags"].Value, 16) & 1) == 1 : null)
            : request.Headers.Keys.Any(s_otherHeaders.Contains) ? new Incoming(null)
            : null;
    }

    // W3C Trace Context, 3.2: version, trace-id, parent-id, trace-flags; ids of zeros alone are invalid.
    [GeneratedRegex("^(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-(?<flags>[0-9a-f]{2})(-|$)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TraceParent();

    private sealed record Incoming(bool? IsSampled);
}
