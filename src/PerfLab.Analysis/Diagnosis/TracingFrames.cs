using System.Text.RegularExpressions;

namespace PerfLab.Analysis.Diagnosis;

/// <summary>
/// Which methods belong to tracing (docs/ledger.md lists them): libraries of tracing with everything that they call, and what the
/// service's author calls tracing with what it calls of .NET's core library, because a middleware of tracing calls the whole service.
/// </summary>
public static partial class TracingFrames
{
    private const string CoreLibrary = "System.Private.CoreLib";

    /// <summary>Finds the outermost method because of which a stack belongs to tracing.</summary>
    /// <param name="frames">The stack, the outermost first.</param>
    /// <returns>Its place; -1 where the stack does not belong to tracing.</returns>
    public static int FirstOf(IReadOnlyList<ProfileFrame> frames)
    {
        ArgumentNullException.ThrowIfNull(frames);
        var library = 0;
        while (library < frames.Count && !IsOfLibrary(frames[library]))
        {
            library++;
        }

        // From the end, or from the library, outwards: as long as it is tracing of the service, or what that calls of the core library.
        var first = library < frames.Count ? library : -1;
        for (var index = library - 1; index >= 0 && (IsOfService(frames[index]) || frames[index].Module is CoreLibrary or ProfileFrame.AllocatedType); index--)
        {
            first = IsOfService(frames[index]) ? index : first;
        }

        return first;
    }

    /// <summary>Tells whether a method is one of tracing by itself.</summary>
    /// <param name="frame">The method.</param>
    public static bool IsTracing(ProfileFrame frame) => IsOfLibrary(frame) || IsOfService(frame);

    // Metrics are in the same assembly as activities. A constructor's caller allocates the object, so a type of tracing tells too.
    private static bool IsOfLibrary(ProfileFrame frame) => frame.Module == "System.Diagnostics.DiagnosticSource"
        ? !frame.Name.StartsWith("System.Diagnostics.Metrics.", StringComparison.Ordinal)
        : Libraries().IsMatch(frame.Name);

    private static bool IsOfService(ProfileFrame frame) => frame.Module != ProfileFrame.AllocatedType
        && !frame.Name.StartsWith("System.", StringComparison.Ordinal)
        && !frame.Name.StartsWith("Microsoft.", StringComparison.Ordinal)
        && OfService().IsMatch(frame.Name);

    // Libraries of tracing, and where ASP.NET Core and HttpClient make their activities.
    [GeneratedRegex(
        @"^(?:(?:OpenTelemetry|Azure\.Monitor\.OpenTelemetry|Datadog\.Trace|Elastic\.Apm|Honeycomb\.OpenTelemetry)\.|System\.Diagnostics\.(?:Activity|Diag(?:Node|LinkedList)|DiagnosticListener)|Microsoft\.AspNetCore\.Shared\.ActivityCreator\.|Microsoft\.AspNetCore\.Hosting\.HostingApplicationDiagnostics\.(?:Start|Stop)Activity|System\.Net\.Http\.DiagnosticsHandler\.(?:StartActivity|InjectHeaders))",
        RegexOptions.CultureInvariant,
        1000)]
    private static partial Regex Libraries();

    // A namespace called so, or a type that is a propagator, a sampler, a processor or an exporter of spans.
    [GeneratedRegex(@"(?:^|\.)(?:Tracing|OpenTelemetry|Telemetry)\.|(?:Propagator|Sampler|SpanProcessor|SpanExporter|TraceExporter)(?:`\d+)?(?:[.+\[]|$)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex OfService();
}

/// <summary>
/// Methods in which a thread only waits. The sampler takes every managed thread alike, whether it runs or not; of one in native code it
/// does not say whether that runs, so the method that called it must.
/// </summary>
internal static partial class WaitingFrames
{
    /// <summary>Methods from the end of a stack that decide.</summary>
    public const int Depth = 6;

    /// <summary>Tells whether a thread in native code waits.</summary>
    /// <param name="innermostFirst">The methods at the end of its stack, at most <see cref="Depth"/>.</param>
    public static bool Contain(IReadOnlyList<ProfileFrame> innermostFirst) =>
        innermostFirst.Count == 0 || Waits().IsMatch(innermostFirst[0].Name) || innermostFirst.Any(frame => BlockingCalls().IsMatch(frame.Name));

    [GeneratedRegex(
        @"^(?:System\.Threading\.(?:Monitor\.(?:Wait|ObjWait)|WaitHandle\.|Thread\.(?:Sleep|Join)|LowLevelLifoSemaphore\.Wait|LowLevelMonitor\.|WaitSubsystem|PortableThreadPool\+WorkerThread\.WorkerThreadStart)|System\.Net\.Sockets\.SocketAsyncEngine\.EventLoop|System\.(?:ConsolePal|IO\.StdInReader)\.|Interop\+Sys\.(?:WaitForSocketEvents|LowLevelMonitor|Poll))|rd_kafka_\w*poll$",
        RegexOptions.CultureInvariant,
        1000)]
    private static partial Regex Waits();

    // Without "Async": a socket whose caller waits in it.
    [GeneratedRegex(@"^System\.Net\.Sockets\.SocketAsyncContext\.(?:Receive|ReceiveFrom|ReceiveMessageFrom|Accept|Connect)$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex BlockingCalls();
}
