using PerfLab.Experiments.Scenarios;
using PerfLab.Load.Feeds;
using PerfLab.Load.Http;
using PerfLab.Load.Mixing;

namespace PerfLab.Load;

/// <summary>Weighted requests, or scenarios of several steps, in a seeded order, each made into bytes once, before the load.</summary>
public sealed class RequestMix
{
    // Beyond this a feed should be cut: the generator would no longer fit into the caches, let alone leave memory to the target.
    private const long MostRequests = 2_000_000;

    private readonly Uri _baseAddress;
    private readonly ushort[] _order;
    private readonly ScenarioVariants[] _variants;
    private readonly IReadOnlyDictionary<string, BodyRules> _rules;
    private readonly List<bool> _hasNextStep = [];

    private RequestMix(Uri baseAddress, IReadOnlyList<ScenarioTemplate> templates, IReadOnlyDictionary<string, BodyRules> rules, ushort[] order)
    {
        _baseAddress = baseAddress;
        _order = order;
        _rules = rules;
        _variants = new ScenarioVariants[templates.Count];
        var requests = new List<RequestDefinition>();
        for (var scenario = 0; scenario < templates.Count; scenario++)
        {
            var template = templates[scenario];
            _variants[scenario] = new ScenarioVariants(requests.Count, template.VariantCount, template.StepCount);
            for (var variant = 0; variant < template.VariantCount; variant++)
            {
                requests.AddRange(template.Fill(variant));
                _hasNextStep.AddRange(Enumerable.Repeat(true, template.StepCount - 1).Append(false));
            }
        }

        requests.ForEach(RequestRules.Check);
        Requests = requests;
    }

    /// <summary>Gets every request that may be sent, placeholders filled; the steps of an iteration follow each other.</summary>
    internal IReadOnlyList<RequestDefinition> Requests { get; }

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
    /// <param name="options">Feeds and checks.</param>
    /// <param name="seed">Equal seeds give equal orders of requests and rows.</param>
    /// <exception cref="ArgumentException">There is no request, one cannot be sent, or a check is of none; the message names it.</exception>
    /// <exception cref="FormatException">A placeholder names no field; the message names the request and the fields that exist.</exception>
    public static RequestMix Create(Uri baseAddress, IReadOnlyList<RequestDefinition> requests, RequestMixOptions options, ulong seed) => Create(
        baseAddress,
        [.. requests.Select(request => new LoadScenario { Name = request.Name, Weight = request.Weight, Steps = [request] })],
        options,
        seed);

    /// <summary>Makes a mix of scenarios, each of one or more steps.</summary>
    /// <param name="baseAddress">Scheme, host and port; a path is put before that of each request.</param>
    /// <param name="scenarios">At least one; weights relative to each other.</param>
    /// <param name="options">Feeds and checks.</param>
    /// <param name="seed">Equal seeds give equal orders of scenarios and rows.</param>
    /// <exception cref="ArgumentException">There is no scenario or step, one cannot be sent, or a check is of none; the message names it.</exception>
    /// <exception cref="FormatException">A placeholder names no field; the message names the request and the fields that exist.</exception>
    public static RequestMix Create(Uri baseAddress, IReadOnlyList<LoadScenario> scenarios, RequestMixOptions options, ulong seed)
    {
        if (!baseAddress.IsAbsoluteUri || baseAddress.Scheme is not ("http" or "https"))
        {
            throw new ArgumentException($"'{baseAddress}' is not an address of a target. Use http://HOST:PORT or https://HOST:PORT.", nameof(baseAddress));
        }

        LoadScenario[] copy = [.. scenarios.Select(scenario => scenario with { Steps = [.. scenario.Steps] })];
        MixRules.Check(copy, options.Checks);
        var rows = options.Feeds is { } feeds ? new FeedRows(feeds, seed) : null;
        ScenarioTemplate[] templates = [.. copy.Select(scenario => new ScenarioTemplate(scenario.Steps, rows))];
        var count = templates.Sum(template => (long)template.VariantCount * template.StepCount);
        if (count > MostRequests)
        {
            throw new ArgumentException($"The feeds make {count} different requests to {baseAddress}, more than {MostRequests}. Use fewer rows.", nameof(options));
        }

        return new RequestMix(baseAddress, templates, MixRules.Prepare(options.Checks), WeightedOrder.Create([.. copy.Select(scenario => scenario.Weight)], seed));
    }

    /// <summary>Makes a sequence: each request is sent once, in the order given, and then again from the first.</summary>
    /// <param name="baseAddress">Scheme, host and port; a path is put before that of each request.</param>
    /// <param name="requests">1 to 65,535; their weights do not matter.</param>
    /// <exception cref="ArgumentException">There is no request or too many, or one cannot be sent; the message names it.</exception>
    public static RequestMix Sequence(Uri baseAddress, IReadOnlyList<RequestDefinition> requests)
    {
        LoadScenario[] steps = [.. requests.Select(request => new LoadScenario { Name = request.Name, Weight = request.Weight, Steps = [request] })];
        MixRules.Check(steps, new RequestMixOptions().Checks);
        return new RequestMix(
            baseAddress,
            [.. steps.Select(step => new ScenarioTemplate(step.Steps, rows: null))],
            MixRules.Prepare(new RequestMixOptions().Checks),
            [.. Enumerable.Range(0, steps.Length).Select(index => (ushort)index)]);
    }

    /// <summary>Begins at the first iteration.</summary>
    internal MixCursor NewCursor() => new(_order, _variants);

    /// <summary>Gets the step after a request in its iteration, or null after the last.</summary>
    internal int? NextStep(int request) => _hasNextStep[request] ? request + 1 : null;

    /// <summary>Gets the check of the response to a request, or null.</summary>
    internal BodyRules? RulesOf(RequestDefinition request) => _rules.GetValueOrDefault(request.Name);

    /// <summary>Makes the bytes of all requests.</summary>
    internal PreparedRequest[] Prepare()
    {
        PreparedRequest[] prepared = [.. Requests.Select(request => RequestBytes.Prepare(_baseAddress, request, RulesOf(request)))];
        for (var request = 0; request < prepared.Length; request++)
        {
            prepared[request].Index = request;
            if (NextStep(request) is { } next)
            {
                prepared[request].AddNextStep(prepared[next]);
            }
        }

        return prepared;
    }
}
