namespace PerfLab.Collector.Exports;

/// <summary>Does to requests what the arm's fault says, and leaves those of a healthy arm to the desk.</summary>
/// <param name="desk">Takes the bodies.</param>
internal sealed class FaultInjectingHandler(ExportHandler desk)
{
    /// <summary>Takes or refuses a request, and enters it in the arm's ledger.</summary>
    /// <param name="request">The request.</param>
    /// <param name="aborted">The sender gave up.</param>
    public ValueTask<ExportOutcome> HandleAsync(ExportRequest request, CancellationToken aborted)
    {
        var state = request.Arm.Faults.Current;
        return state.Fault switch
        {
            null => ValueTask.FromResult(desk.Handle(request)),
            BackEndFault.Slow slow => HandleLateAsync(request, TimeSpan.FromSeconds(slow.DelaySeconds), aborted),
            BackEndFault.Unavailable fault => ValueTask.FromResult(desk.Handle(request, ExportRejections.Unavailable(fault.RetryAfterSeconds))),
            BackEndFault.Throttled fault => ValueTask.FromResult(desk.Handle(request, ExportRejections.Throttled(fault.RetryAfterSeconds))),
            BackEndFault.Silent => ValueTask.FromResult(desk.Handle(request, ExportRejections.Silent(state.Ended))),
            _ => ValueTask.FromResult(desk.Handle(request, ExportRejections.Broken())),
        };
    }

    /// <summary>Waits until a silence ends. The request holds nothing meanwhile, so that any number can be silent.</summary>
    /// <param name="outcome">A silent outcome.</param>
    /// <param name="aborted">The sender gave up.</param>
    public static async Task WaitSilentlyAsync(ExportOutcome outcome, CancellationToken aborted)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(outcome.SilentUntil, aborted);
        await Task.Delay(Timeout.InfiniteTimeSpan, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async ValueTask<ExportOutcome> HandleLateAsync(ExportRequest request, TimeSpan delay, CancellationToken aborted)
    {
        await Task.Delay(delay, aborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        // Who gave up waiting was not told that the spans arrived, and sends them again or counts them as lost.
        return aborted.IsCancellationRequested ? desk.Handle(request, ExportRejections.Broken()) : desk.Handle(request);
    }
}
