using System.Text;
using PerfLab.Experiments.Scenarios;
using PerfLab.Load.Feeds;
using PerfLab.Load.Http;

namespace PerfLab.Load.Workloads;

/// <summary>Weighted requests, or scenarios of several steps, in a seeded order, each made into bytes once, before the load.</summary>
public sealed class RequestMix
{
    // Beyond this a feed should be cut: the generator would no longer fit into the caches, let alone leave memory to the target.
    private const long MostRequests = 2_000_000;

    private readonly Uri _baseAddress;
    private readonly ushort[] _order;
    private readonly ScenarioVariants[] _variants;
    private readonly IReadOnlyDictionary<string, BodyCheck> _bodyChecks;
    private readonly List<bool> _hasNextStep = [];

    private RequestMix(Uri baseAddress, IReadOnlyList<ScenarioTemplate> templates, IReadOnlyDictionary<string, BodyCheck> rules, ushort[] order)
    {
        _baseAddress = baseAddress;
        _order = order;
        _bodyChecks = rules;
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

        requests.ForEach(RequestValidator.Validate);
        Requests = requests;
    }

    /// <summary>Gets every request that may be sent, placeholders filled; the steps of an iteration follow each other.</summary>
    internal IReadOnlyList<RequestDefinition> Requests { get; }

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
        RequestMixValidator.Validate(copy, options.Checks);
        var rows = options.Feeds is { } feeds ? new FeedRows(feeds, seed) : null;
        ScenarioTemplate[] templates = [.. copy.Select(scenario => new ScenarioTemplate(scenario.Steps, rows))];
        var count = templates.Sum(template => (long)template.VariantCount * template.StepCount);
        if (count > MostRequests)
        {
            throw new ArgumentException($"The feeds make {count} different requests to {baseAddress}, more than {MostRequests}. Use fewer rows.", nameof(options));
        }

        return new RequestMix(baseAddress, templates, RequestMixValidator.PrepareChecks(options.Checks), WeightedOrder.Create([.. copy.Select(scenario => scenario.Weight)], seed));
    }

    /// <summary>Makes a sequence: each request is sent once, in the order given, and then again from the first.</summary>
    /// <param name="baseAddress">Scheme, host and port; a path is put before that of each request.</param>
    /// <param name="requests">1 to 65,535; their weights do not matter.</param>
    /// <exception cref="ArgumentException">There is no request or too many, or one cannot be sent; the message names it.</exception>
    public static RequestMix Sequence(Uri baseAddress, IReadOnlyList<RequestDefinition> requests)
    {
        LoadScenario[] steps = [.. requests.Select(request => new LoadScenario { Name = request.Name, Weight = request.Weight, Steps = [request] })];
        RequestMixValidator.Validate(steps, new RequestMixOptions().Checks);
        return new RequestMix(
            baseAddress,
            [.. steps.Select(step => new ScenarioTemplate(step.Steps, rows: null))],
            RequestMixValidator.PrepareChecks(new RequestMixOptions().Checks),
            [.. Enumerable.Range(0, steps.Length).Select(index => (ushort)index)]);
    }

    /// <summary>Begins at the first iteration.</summary>
    internal MixCursor NewCursor() => new(_order, _variants);

    /// <summary>Gets the step after a request in its iteration, or null after the last.</summary>
    internal int? NextStep(int request) => _hasNextStep[request] ? request + 1 : null;

    /// <summary>Gets the check of the response to a request, or null.</summary>
    internal BodyCheck? BodyCheckOf(RequestDefinition request) => _bodyChecks.GetValueOrDefault(request.Name);

    /// <summary>Makes the bytes of all requests.</summary>
    internal PreparedRequest[] Prepare()
    {
        PreparedRequest[] prepared = [.. Requests.Select(request => RequestSerializer.Prepare(_baseAddress, request, BodyCheckOf(request)))];
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

/// <summary>What a mix has beyond its requests.</summary>
public sealed record RequestMixOptions
{
    /// <summary>Gets the feeds that fill placeholders <c>{{field}}</c> or <c>{{feed.field}}</c>; null leaves double braces alone.</summary>
    public IReadOnlyList<DataFeed>? Feeds { get; init; }

    /// <summary>Gets the checks of responses by the name of their request.</summary>
    public IReadOnlyDictionary<string, ResponseCheck> Checks { get; init; } = new Dictionary<string, ResponseCheck>(StringComparer.Ordinal);
}

/// <summary>What one user does in one iteration: steps one after the other, each when the one before was answered as expected.</summary>
public sealed record LoadScenario
{
    /// <summary>Gets the name.</summary>
    public required string Name { get; init; }

    /// <summary>Gets how often the scenario is run relative to the others; above 0.</summary>
    public required double Weight { get; init; }

    /// <summary>Gets the steps, at least one. Their own weights mean nothing. All steps of an iteration take the same row of a feed.</summary>
    public required IReadOnlyList<RequestDefinition> Steps { get; init; }
}

/// <summary>What scenarios and checks of a mix must fulfil.</summary>
internal static class RequestMixValidator
{
    /// <exception cref="ArgumentException">A rule is broken; the message names the scenario.</exception>
    public static void Validate(IReadOnlyList<LoadScenario> scenarios, IReadOnlyDictionary<string, ResponseCheck> checks)
    {
        if (scenarios.Count is 0 or > ushort.MaxValue)
        {
            throw new ArgumentException($"{scenarios.Count} scenarios cannot be mixed (load). Give 1 to 65,535.", nameof(scenarios));
        }

        foreach (var scenario in scenarios)
        {
            if (!double.IsFinite(scenario.Weight) || scenario.Weight <= 0)
            {
                throw new ArgumentException($"Weight {scenario.Weight} is not positive (scenario '{scenario.Name}'). Use a number above 0.", nameof(scenarios));
            }

            if (scenario.Steps.Count == 0)
            {
                throw new ArgumentException($"There is no step (scenario '{scenario.Name}'). Give at least one request.", nameof(scenarios));
            }
        }

        string[] names = [.. scenarios.SelectMany(scenario => scenario.Steps).Select(step => step.Name).Distinct(StringComparer.Ordinal)];
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
