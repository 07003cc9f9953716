using System.Text;
using PerfLab.Experiments.Scenarios;
using PerfLab.Load.Feeds;
using PerfLab.Load.Http;
using PerfLab.Load.Mixing;

namespace PerfLab.Load;

/// <summary>Weighted kinds of requests in a seeded order, each made into bytes once, before the load.</summary>
public sealed class RequestMix
{
    // Beyond this a feed should be cut: the generator would no longer fit into the caches, let alone leave memory to the target.
    private const long MostVariants = 2_000_000;

    private readonly Uri _baseAddress;
    private readonly ushort[] _order;
    private readonly IReadOnlyDictionary<string, BodyRules> _rules;
    private readonly (int First, int Count)[] _variantsOfKind;

    private RequestMix(Uri baseAddress, IReadOnlyList<RequestDefinition> requests, IReadOnlyList<RequestTemplate> templates, IReadOnlyDictionary<string, BodyRules> rules, ushort[] order)
    {
        _baseAddress = baseAddress;
        _order = order;
        _rules = rules;
        Requests = requests;
        _variantsOfKind = new (int, int)[templates.Count];
        var variants = new List<RequestDefinition>();
        for (var kind = 0; kind < templates.Count; kind++)
        {
            _variantsOfKind[kind] = (variants.Count, templates[kind].VariantCount);
            variants.AddRange(Enumerable.Range(0, templates[kind].VariantCount).Select(templates[kind].Fill));
        }

        variants.ForEach(RequestRules.Check);
        Variants = variants;
    }

    /// <summary>Gets the kinds of requests as they were given.</summary>
    public IReadOnlyList<RequestDefinition> Requests { get; }

    /// <summary>Gets every request that may be sent, placeholders filled.</summary>
    internal IReadOnlyList<RequestDefinition> Variants { get; }

    /// <summary>Makes a mix of requests that are always the same.</summary>
    /// <param name="baseAddress">Scheme, host and port; a path is put before that of each request.</param>
    /// <param name="requests">At least one; weights relative to each other. Proportions are kept exactly over short stretches.</param>
    /// <param name="seed">Equal seeds give equal orders.</param>
    /// <exception cref="ArgumentException">There is no request, or one cannot be sent; the message names it.</exception>
    public static RequestMix Create(Uri baseAddress, IReadOnlyList<RequestDefinition> requests, ulong seed) =>
        Create(baseAddress, requests, new RequestMixOptions(), seed);

    /// <summary>Makes a mix of requests with placeholders in path, header values and body, and with checks of their responses.</summary>
    /// <param name="baseAddress">Scheme, host and port; a path is put before that of each request.</param>
    /// <param name="requests">At least one; weights relative to each other.</param>
    /// <param name="options">Feeds and checks. All placeholders of one request that refer to one feed take the same row.</param>
    /// <param name="seed">Equal seeds give equal orders of requests and rows.</param>
    /// <exception cref="ArgumentException">There is no request, one cannot be sent, or a check is of none; the message names it.</exception>
    /// <exception cref="FormatException">A placeholder names no field; the message names the request and the fields that exist.</exception>
    public static RequestMix Create(Uri baseAddress, IReadOnlyList<RequestDefinition> requests, RequestMixOptions options, ulong seed)
    {
        if (!baseAddress.IsAbsoluteUri || baseAddress.Scheme is not ("http" or "https"))
        {
            throw new ArgumentException($"'{baseAddress}' is not an address of a target. Use http://HOST:PORT or https://HOST:PORT.", nameof(baseAddress));
        }

        if (requests.Count is 0 or > ushort.MaxValue)
        {
            throw new ArgumentException($"{requests.Count} requests cannot be mixed for {baseAddress}. Give 1 to 65,535.", nameof(requests));
        }

        RequestDefinition[] copy = [.. requests];
        foreach (var request in copy)
        {
            RequestRules.CheckWeight(request);
        }

        var rows = options.Feeds is { } feeds ? new FeedRows(feeds, seed) : null;
        RequestTemplate[] templates = [.. copy.Select(request => new RequestTemplate(request, rows))];
        var count = templates.Sum(template => (long)template.VariantCount);
        if (count > MostVariants)
        {
            throw new ArgumentException($"The feeds make {count} different requests to {baseAddress}, more than {MostVariants}. Use fewer rows.", nameof(options));
        }

        return new RequestMix(baseAddress, copy, templates, RulesByName(copy, options.Checks), WeightedOrder.Create([.. copy.Select(request => request.Weight)], seed));
    }

    /// <summary>Begins at the first request.</summary>
    internal MixCursor NewCursor() => new(_order, _variantsOfKind);

    /// <summary>Gets the check of the response to a request, or null.</summary>
    internal BodyRules? RulesOf(RequestDefinition request) => _rules.GetValueOrDefault(request.Name);

    /// <summary>Makes the bytes of all variants.</summary>
    internal PreparedRequest[] Prepare() => [.. Variants.Select(request => RequestBytes.Prepare(_baseAddress, request, RulesOf(request)))];

    private static Dictionary<string, BodyRules> RulesByName(RequestDefinition[] requests, IReadOnlyDictionary<string, ResponseCheck> checks)
    {
        var stray = checks.Keys.FirstOrDefault(name => !requests.Any(request => request.Name == name));
        return stray is null
            ? checks.ToDictionary(
                check => check.Key,
                check => new BodyRules(Encoding.UTF8.GetBytes(check.Value.BodyContains ?? string.Empty), check.Value.MinBodyBytes ?? 0, check.Value.MaxBodyBytes ?? long.MaxValue),
                StringComparer.Ordinal)
            : throw new ArgumentException($"A check is of request '{stray}', which the mix does not have. Name one of {string.Join(", ", requests.Select(request => request.Name))}.", nameof(checks));
    }
}
