using System.Diagnostics.Tracing;
using Microsoft.Diagnostics.NETCore.Client;
using PerfLab.Experiments.Results;
using PerfLab.Runner.Targets;

namespace PerfLab.Runner.Diagnosis;

/// <summary>A session of EventPipe in a target, written to a file while it goes on.</summary>
internal sealed class EventPipeRecording : IDisposable
{
    // Informational level of the runtime's provider has AllocationSampled of .NET 10; verbose adds GCAllocationTick, all that .NET 8 has.
    private const long CollectorKeyword = 0x1;
    private const long AllocationSamplingKeyword = 0x80000000000;

    // Some seconds of samples of a hundred threads: the reader shares its processor with the load generator.
    private const int BufferMegabytes = 256;

    private static readonly EventPipeProvider[] s_providers =
    [
        new("Microsoft-DotNETCore-SampleProfiler", EventLevel.Informational),
        new("Microsoft-Windows-DotNETRuntime", EventLevel.Verbose, CollectorKeyword | AllocationSamplingKeyword),
    ];

    // At its end the runtime names every method that it has compiled.
    private static readonly TimeSpan s_startLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_endLimit = TimeSpan.FromSeconds(60);

    private readonly string _arm;
    private readonly EventPipeSession _session;
    private readonly Task _copy;

    private EventPipeRecording(string arm, ProcessTrace trace, EventPipeSession session)
    {
        (_arm, Trace, _session) = (arm, trace, session);
        _copy = CopyAsync();
    }

    /// <summary>Gets the process with its file, complete after <see cref="EndAsync"/>.</summary>
    public ProcessTrace Trace { get; }

    /// <summary>Begins a session.</summary>
    /// <param name="arm">The arm, for messages.</param>
    /// <param name="processId">The process.</param>
    /// <param name="trace">Its name, and the file, which does not exist yet.</param>
    /// <param name="cancellationToken">Interrupts.</param>
    /// <exception cref="TargetFailedException">The process does not answer at its diagnostics socket.</exception>
    public static async Task<EventPipeRecording> BeginAsync(string arm, int processId, ProcessTrace trace, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(s_startLimit);
        try
        {
            return new EventPipeRecording(arm, trace, await new DiagnosticsClient(processId).StartEventPipeSessionAsync(s_providers, requestRundown: true, BufferMegabytes, limit.Token));
        }
        catch (Exception error) when (error is DiagnosticsClientException or IOException || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new TargetFailedException(
                $"arm {arm}, process {trace.Process}: its stacks cannot be sampled, because its diagnostics socket does not answer: {error.Message} " +
                "Leave DOTNET_EnableDiagnostics unset in the scenario, and give it the same TMPDIR as PerfLab.",
                error);
        }
    }

    /// <summary>Ends the session and waits until all of it is in the file.</summary>
    /// <param name="cancellationToken">Interrupts.</param>
    /// <exception cref="TargetFailedException">The process ended, or did not hand everything over.</exception>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _session.StopAsync(cancellationToken).WaitAsync(s_endLimit, cancellationToken);
            await _copy.WaitAsync(s_endLimit, cancellationToken);
        }
        catch (Exception error) when (error is DiagnosticsClientException or IOException or TimeoutException)
        {
            throw new TargetFailedException($"arm {_arm}, process {Trace.Process}: its samples did not arrive completely: {error.Message} Run the diagnosis again, with fewer seconds if the process is short of memory.", error);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();

    private async Task CopyAsync()
    {
        await using var file = PrivateFolder.CreateFile(Trace.File);
        await _session.EventStream.CopyToAsync(file);
    }
}
