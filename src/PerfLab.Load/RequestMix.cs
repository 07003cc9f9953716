using PerfLab.Experiments.Scenarios;
using PerfLab.Load.Http;
using PerfLab.Load.Mixing;

namespace PerfLab.Load;

/// <summary>Weighted kinds of requests in a seeded order, each made into bytes once, before the load.</summary>
public sealed class RequestMix
{
    private readonly ushort[] _order;

    private RequestMix(Uri baseAddress, IReadOnlyList<RequestDefinition> requests, ushort[] order)
    {
        BaseAddress = baseAddress;
        Requests = requests;
        _order = order;
        Prepared = [.. requests.Select(request => RequestBytes.Prepare(baseAddress, request))];
    }

    /// <summary>Gets the kinds of requests.</summary>
    public IReadOnlyList<RequestDefinition> Requests { get; }

    internal Uri BaseAddress { get; }

    internal IReadOnlyList<PreparedRequest> Prepared { get; }

    /// <summary>Makes a mix.</summary>
    /// <param name="baseAddress">Scheme, host and port; a path is put before that of each request.</param>
    /// <param name="requests">At least one; weights relative to each other. Proportions are kept exactly over short stretches.</param>
    /// <param name="seed">Equal seeds give equal orders.</param>
    /// <exception cref="ArgumentException">There is no request, or one cannot be sent; the message names it.</exception>
    public static RequestMix Create(Uri baseAddress, IReadOnlyList<RequestDefinition> requests, ulong seed)
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
            RequestRules.Check(request);
        }

        return new RequestMix(baseAddress, copy, WeightedOrder.Create([.. copy.Select(request => request.Weight)], seed));
    }

    /// <summary>Gets which kind is the n-th request of a load, from 0.</summary>
    internal int KindAt(long position) => _order[(int)(position % _order.Length)];
}
