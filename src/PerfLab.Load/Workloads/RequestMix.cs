using System.Text;
using PerfLab.Experiments.Scenarios;
using PerfLab.Load.Feeds;
using PerfLab.Load.Http;

namespace PerfLab.Load.Workloads;

/// <summary>Weighted requests in a seeded order, each made into bytes once, before the load.</summary>
public sealed class RequestMix
{
    // Beyond this a feed should be cut: the generator would no longer fit into the caches, let alone leave memory to the target.
    private const long MostRequests = 2_000_000;

    private readonly Uri _baseAddress;
    private readonly ushort[] _order;
    private readonly RequestVariants[] _variants;
    private readonly IReadOnlyList<RequestTemplate> _templates;
    private readonly IReadOnlyDictionary<string, BodyCheck> _bodyChecks;

    private RequestMix(Uri baseAddress, IReadOnlyList<RequestTemplate> templates, IReadOnlyDictionary<string, BodyCheck> rules, ushort[] order, bool usesRowsOnce = false)
    {
        _baseAddress = baseAddress;
        _order = order;
        _bodyChecks = rules;
        _templates = templates;
        _variants = new RequestVariants[templates.Count];
        var counters = CountersOf(templates, usesRowsOnce);
        var entries = new List<MixEntry>();
        for (var kind = 0; kind < templates.Count; kind++)
        {
            var template = templates[kind];
            _variants[kind] = new RequestVariants(entries.Count, template.VariantCount, counters[kind]);
            entries.AddRange(Enumerable.Range(0, template.VariantCount).Select(variant => new MixEntry(template, variant)));
        }

        Entries = entries;
        foreach (var entry in entries)
        {
            RequestValidator.Validate(entry.Template.Fill(entry.Variant).Definition);
        }
    }

    /// <summary>Gets every request that may be sent: those without generated fields once for each row.</summary>
    internal IReadOnlyList<MixEntry> Entries { get; }

    /// <summary>Makes a mix of requests that are always the same.</summary>
    /// <param name="baseAddress">Scheme, host and port; a path is put before that of each request.</param>
    /// <param name="requests">At least one; weights relative to each other. Proportions are exact over short sequences.</param>
    /// <param name="seed">Equal seeds give equal orders.</param>
    /// <exception cref="ArgumentException">There is no request, or one cannot be sent; the message names it.</exception>
    public static RequestMix Create(Uri baseAddress, IReadOnlyList<RequestDefinition> requests, ulong seed) =>
        Create(baseAddress, requests, new RequestMixOptions(), seed);

    /// <summary>Makes a mix of requests with placeholders in path, header values and body, and with checks of their responses.</summary>
    /// <param name="baseAddress">Scheme, host and port; a path is put before that of each request.</param>
    /// <param name="requests">At least one; weights relative to each other.</param>
    /// <param name="options">Feeds and checks.</param>
    /// <param name="seed">Equal seeds give equal orders of requests and rows.</param>
    /// <exception cref="ArgumentException">There is no request, one cannot be sent, or a check is of none; the message names it.</exception>
    /// <exception cref="FormatException">A placeholder names no field; the message names the request and the fields that exist.</exception>
    public static RequestMix Create(Uri baseAddress, IReadOnlyList<RequestDefinition> requests, RequestMixOptions options, ulong seed)
    {
        if (!baseAddress.IsAbsoluteUri || baseAddress.Scheme is not ("http" or "https"))
        {
            throw new ArgumentException($"'{baseAddress}' is not an address of a target. Use http://HOST:PORT or https://HOST:PORT.", nameof(baseAddress));
        }

        RequestMixValidator.Validate(requests, options.Checks);
        var rows = options.Feeds is { } feeds ? new FeedRows(feeds, seed) : null;
        RequestTemplate[] templates = [.. requests.Select(request => new RequestTemplate(request, options.Bodies.GetValueOrDefault(request.Name), rows))];
        var count = templates.Sum(template => (long)template.VariantCount);
        if (count > MostRequests)
        {
            throw new ArgumentException($"The feeds make {count} different requests to {baseAddress}, more than {MostRequests}. Use fewer rows.", nameof(options));
        }

        return new RequestMix(baseAddress, templates, RequestMixValidator.PrepareChecks(options.Checks), WeightedOrder.Create([.. requests.Select(request => request.Weight)], seed), options.UsesRowsOnce);
    }

    /// <summary>Makes a sequence: each request is sent once, in the order given, and then again from the first.</summary>
    /// <param name="baseAddress">Scheme, host and port; a path is put before that of each request.</param>
    /// <param name="requests">1 to 65,535; their weights do not matter.</param>
    /// <exception cref="ArgumentException">There is no request or too many, or one cannot be sent; the message names it.</exception>
    public static RequestMix Sequence(Uri baseAddress, IReadOnlyList<RequestDefinition> requests)
    {
        RequestMixValidator.Validate(requests, new RequestMixOptions().Checks);
        return new RequestMix(
            baseAddress,
            [.. requests.Select(request => new RequestTemplate(request, body: null, rows: null))],
            RequestMixValidator.PrepareChecks(new RequestMixOptions().Checks),
            [.. Enumerable.Range(0, requests.Count).Select(index => (ushort)index)]);
    }

    /// <summary>Counts how many rows of a feed a number of requests uses; of kinds that count for themselves the most.</summary>
    /// <param name="feed">Index of a feed with rows.</param>
    /// <param name="requests">How many requests, from the first.</param>
    internal long RowsUsed(int feed, long requests) => SequencesOf(feed).Select(sequence => sequence.Sum(kind => CountOf(kind, requests))).DefaultIfEmpty(0).Max();

    /// <summary>Tells whether the rows of a feed are counted in more than one place, so that some are used twice.</summary>
    /// <param name="feed">Index of a feed with rows.</param>
    internal bool UsesRowsTwice(int feed) => SequencesOf(feed).Count() > 1;

    /// <summary>Tells whether a placeholder of any request is filled by a field.</summary>
    internal bool Uses(FieldReference field) => _templates.Any(template => template.Fields.Contains(field));

    /// <summary>Begins at the first request.</summary>
    internal MixCursor NewCursor() => new(_order, _variants);

    /// <summary>Gets the check of the response to a request, or null.</summary>
    internal BodyCheck? BodyCheckOf(RequestDefinition request) => _bodyChecks.GetValueOrDefault(request.Name);

    // Requests with generated fields are counted together, whatever feeds they use; others by their counter.
    private IEnumerable<IEnumerable<int>> SequencesOf(int feed) => Enumerable.Range(0, _templates.Count)
        .GroupBy(kind => _templates[kind].IsGenerated ? -1 : _variants[kind].Counter)
        .Where(sequence => sequence.Any(kind => _templates[kind].Feeds.Contains(feed)));

    private long CountOf(int kind, long requests) =>
        (requests / _order.Length * _order.Count(each => each == kind)) + _order.Take((int)(requests % _order.Length)).Count(each => each == kind);

    // Each kind its own, or one for all that have a feed in common, also by way of a third.
    private static int[] CountersOf(IReadOnlyList<RequestTemplate> templates, bool usesRowsOnce)
    {
        int[] counters = [.. Enumerable.Range(0, templates.Count)];
        for (var kind = 1; usesRowsOnce && kind < counters.Length; kind++)
        {
            for (var other = 0; other < kind; other++)
            {
                if (templates[kind].Feeds.Overlaps(templates[other].Feeds))
                {
                    var (from, to) = (counters[kind], counters[other]);
                    counters = Array.ConvertAll(counters, counter => counter == from ? to : counter);
                }
            }
        }

        return counters;
    }

    /// <summary>Makes the bytes of all requests.</summary>
    internal PreparedRequests Prepare() => new(_baseAddress, this);
}

/// <summary>One request of a mix.</summary>
/// <param name="Template">The request.</param>
/// <param name="Variant">Which of its uses it is; 0 of a template with generated fields, each use of which is different.</param>
internal readonly record struct MixEntry(RequestTemplate Template, int Variant);

/// <summary>What a mix has beyond its requests.</summary>
public sealed record RequestMixOptions
{
    /// <summary>Gets the feeds that fill placeholders <c>{{field}}</c> or <c>{{feed.field}}</c>; null leaves double braces alone, an empty list refuses placeholders.</summary>
    public IReadOnlyList<DataFeed>? Feeds { get; init; }

    /// <summary>Gets whether requests that use the same feed go through its rows together; otherwise each goes through all of them.</summary>
    public bool UsesRowsOnce { get; init; }

    /// <summary>Gets bodies in bytes by the name of their request; they replace the text of the request's definition.</summary>
    public IReadOnlyDictionary<string, RequestBody> Bodies { get; init; } = new Dictionary<string, RequestBody>(StringComparer.Ordinal);

    /// <summary>Gets the checks of responses by the name of their request.</summary>
    public IReadOnlyDictionary<string, ResponseCheck> Checks { get; init; } = new Dictionary<string, ResponseCheck>(StringComparer.Ordinal);
}

/// <summary>What requests and checks of a mix must fulfil.</summary>
internal static class RequestMixValidator
{
    /// <exception cref="ArgumentException">A rule is broken; the message names the request.</exception>
    public static void Validate(IReadOnlyList<RequestDefinition> requests, IReadOnlyDictionary<string, ResponseCheck> checks)
    {
        if (requests.Count is 0 or > ushort.MaxValue)
        {
            throw new ArgumentException($"{requests.Count} requests cannot be mixed (load). Give 1 to 65,535.", nameof(requests));
        }

        foreach (var request in requests)
        {
            if (!double.IsFinite(request.Weight) || request.Weight <= 0)
            {
                throw new ArgumentException($"Weight {request.Weight} is not positive (request '{request.Name}'). Use a number above 0.", nameof(requests));
            }
        }

        string[] names = [.. requests.Select(request => request.Name).Distinct(StringComparer.Ordinal)];
        if (checks.Keys.FirstOrDefault(name => !names.Contains(name, StringComparer.Ordinal)) is { } stray)
        {
            throw new ArgumentException($"A check is of request '{stray}', which the load does not have. Name one of {string.Join(", ", names)}.", nameof(checks));
        }
    }

    public static IReadOnlyDictionary<string, BodyCheck> PrepareChecks(IReadOnlyDictionary<string, ResponseCheck> checks) => checks.ToDictionary(
        check => check.Key,
        check => new BodyCheck(
            Encoding.UTF8.GetBytes(check.Value.BodyContains ?? string.Empty),
            check.Value.MinBodyBytes ?? 0,
            check.Value.MaxBodyBytes ?? long.MaxValue),
        StringComparer.Ordinal);
}
