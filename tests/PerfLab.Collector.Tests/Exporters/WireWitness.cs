namespace PerfLab.Collector.Tests.Exporters;

/// <summary>Counts what an exporter hands to its HTTP client: the count that the receiver's is held against.</summary>
internal sealed class WireWitness : DelegatingHandler
{
    private long bodyBytes;
    private long requests;

    public WireWitness()
        : base(new SocketsHttpHandler { UseProxy = false })
    {
    }

    public long BodyBytes => Interlocked.Read(ref bodyBytes);

    public long Requests => Interlocked.Read(ref requests);

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var copy = new MemoryStream();
        request.Content!.CopyTo(copy, null, cancellationToken);
        Note(copy);
        return base.Send(request, cancellationToken);
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var copy = new MemoryStream();
        await request.Content!.CopyToAsync(copy, cancellationToken);
        Note(copy);
        return await base.SendAsync(request, cancellationToken);
    }

    private void Note(MemoryStream copy)
    {
        Interlocked.Add(ref bodyBytes, copy.Length);
        Interlocked.Increment(ref requests);
    }
}
