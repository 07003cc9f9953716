using System.Net;
using System.Net.Http.Headers;

namespace PerfLab.Collector.Tests.Hostile;

/// <summary>A body that stops in the middle until it is told to go on.</summary>
internal sealed class StallingContent : HttpContent
{
    private readonly byte[] body;
    private readonly int before;
    private readonly TaskCompletionSource stalled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public StallingContent(byte[] body, int before, string contentType)
    {
        this.body = body;
        this.before = before;
        Headers.ContentType = new MediaTypeHeaderValue(contentType);
    }

    /// <summary>Gets a task that ends when the first part is on its way.</summary>
    public Task Stalled => stalled.Task;

    public void GoOn() => goOn.TrySetResult();

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await stream.WriteAsync(body.AsMemory(0, before));
        await stream.FlushAsync();
        stalled.TrySetResult();
        await goOn.Task.WaitAsync(Limits.Wait);
        await stream.WriteAsync(body.AsMemory(before));
    }

    protected override bool TryComputeLength(out long length)
    {
        length = body.Length;
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        GoOn();
        base.Dispose(disposing);
    }
}
