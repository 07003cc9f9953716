using PerfLab.Analysis.Diagnosis;
using PerfLab.Experiments.Results;

namespace PerfLab.Analysis.Tests;

public class DiagnosisTests
{
    private static readonly ProfileFrame s_handler = new("Shop.Services.OrderProcessor+<ProcessAsync>d__5.MoveNext", "Shop");
    private static readonly ProfileFrame s_start = new("System.Diagnostics.ActivitySource.StartActivity", "System.Diagnostics.DiagnosticSource");
    private static readonly ProfileFrame s_counter = new("System.Diagnostics.Metrics.Counter`1[System.Int64].Add", "System.Diagnostics.DiagnosticSource");
    private static readonly ProfileFrame s_text = new("System.String.Concat", "System.Private.CoreLib");
    private static readonly ProfileFrame s_middleware = new("MyApi.Tracing.TraceMiddleware+<InvokeAsync>d__2.MoveNext", "MyApi");

    [Theory]
    [InlineData("OpenTelemetry.BatchExportProcessor`1[System.__Canon].ExporterProc", "OpenTelemetry", true)]
    [InlineData("OpenTelemetry.Instrumentation.AspNetCore.Implementation.HttpInListener.OnStartActivity", "OpenTelemetry.Instrumentation.AspNetCore", true)]
    [InlineData("System.Diagnostics.Activity.Stop", "System.Diagnostics.DiagnosticSource", true)]
    [InlineData("System.Diagnostics.LegacyPropagator.Inject", "System.Diagnostics.DiagnosticSource", true)]
    [InlineData("System.Diagnostics.Metrics.Histogram`1[System.Double].Record", "System.Diagnostics.DiagnosticSource", false)]
    [InlineData("System.Diagnostics.Tracing.EventSource.WriteEvent", "System.Private.CoreLib", false)]
    [InlineData("System.Diagnostics.Stopwatch.GetTimestamp", "System.Private.CoreLib", false)]
    [InlineData("Microsoft.AspNetCore.Hosting.HostingApplicationDiagnostics.StartActivity", "Microsoft.AspNetCore.Hosting", true)]
    [InlineData("System.Net.Http.DiagnosticsHandler.StartActivity", "System.Net.Http", true)]
    [InlineData("System.Net.Http.DiagnosticsHandler+<SendAsyncCore>d__10.MoveNext", "System.Net.Http", false)]
    [InlineData("Shop.Tracing.OrderSpans.AddAttributes", "Shop", true)]
    [InlineData("Shop.Sampling.CountingSampler.ShouldSample", "Shop", true)]
    [InlineData("Shop.Queues.MessageContextPropagator.Inject", "Shop", true)]
    [InlineData("MyApi.OpenTelemetryExtensions.Add", "MyApi", false)]
    [InlineData("MyApi.Services.BackTracingService.Solve", "MyApi", false)]
    [InlineData("Microsoft.AspNetCore.Hosting.HostingApplicationDiagnostics.BeginRequest", "Microsoft.AspNetCore.Hosting", false)]
    public void A_stack_that_ends_in_tracing_belongs_to_it(string name, string module, bool belongs) =>
        Assert.Equal(belongs, TracingFrames.FirstOf([s_handler, new(name, module), s_text]) == 1);

    [Fact]
    public void What_a_library_of_tracing_calls_belongs_to_it_whatever_it_is() =>
        Assert.Equal(1, TracingFrames.FirstOf([s_handler, s_start, new("System.Net.Http.SocketsHttpHandler.Send", "System.Net.Http"), new("MyApi.Anything.Do", "MyApi")]));

    [Fact]
    public void What_a_middleware_called_tracing_calls_of_the_service_does_not_belong_to_it()
    {
        Assert.Equal(-1, TracingFrames.FirstOf([s_middleware, new("System.Threading.Tasks.Task.Run", "System.Private.CoreLib"), s_handler, s_text]));
        Assert.Equal(-1, TracingFrames.FirstOf([s_middleware, new("System.Net.Http.HttpClient.SendAsync", "System.Net.Http")]));
        Assert.Equal(0, TracingFrames.FirstOf([s_middleware, s_text]));
        Assert.Equal(2, TracingFrames.FirstOf([s_middleware, s_handler, s_start, s_text]));
    }

    [Fact]
    public void An_object_of_tracing_belongs_to_it_whoever_allocates_it()
    {
        Assert.Equal(1, TracingFrames.FirstOf([s_handler, new("System.Diagnostics.Activity", ProfileFrame.AllocatedType)]));
        Assert.Equal(-1, TracingFrames.FirstOf([s_handler, new("System.String", ProfileFrame.AllocatedType)]));
    }

    [Fact]
    public void Spans_of_the_service_begin_where_its_own_tracing_is_called() =>
        Assert.Equal(1, TracingFrames.FirstOf([s_handler, new("Shop.Tracing.OrderSpans.Start", "Shop"), s_start]));

    [Fact]
    public void The_share_is_of_all_seconds_together_and_a_stack_counts_once()
    {
        // 30 of 200 samples have tracing on their stack: 10 of 100 in the first second, 20 of 100 in the second.
        var profile = new StackProfile([Stack([s_handler, s_start, s_start, s_text], (0, 10), (1, 20)), Stack([s_handler, s_counter], (0, 90), (1, 80))], 200);

        var share = DiagnosisAnalyzer.Analyze(Load("on"), Profile(profile)).Cpu.Tracing!;

        Assert.Equal(0.15, share.Ratio, 12);
        Assert.Equal(2, share.Seconds);
        Assert.Equal(0, share.Low); // Two seconds say little: t is 12.7.
        Assert.InRange(share.High, 0.5, 1);
    }

    [Fact]
    public void One_second_has_a_share_without_an_interval_and_is_not_told() =>
        Assert.Null(DiagnosisAnalyzer.ShareOf(new StackProfile([Stack([s_handler], (3, 10))], 10), _ => true));

    [Fact]
    public void A_method_has_what_ends_at_it_and_once_each_stack_that_it_is_on()
    {
        var profile = new StackProfile([Stack([s_handler, s_text, s_handler], (0, 4)), Stack([s_handler, s_text], (1, 6))], 10);

        var frames = DiagnosisAnalyzer.Analyze(Load("on"), Profile(profile)).Cpu.Frames;

        Assert.Equal([(s_handler.Name, 4, 10), (s_text.Name, 6, 10)], frames.OrderBy(frame => frame.Self).Select(frame => (frame.Name, frame.Self, frame.Inclusive)));
    }

    [Fact]
    public void Two_arms_differ_by_shares_and_by_samples_per_request()
    {
        // Without tracing 100 samples of 1,000 requests, with it 150 of 500: 50 of these start activities, 100 work.
        var off = new StackProfile([Stack([s_handler, s_text], (0, 50), (1, 50))], 100);
        var on = new StackProfile([Stack([s_handler, s_text], (0, 50), (1, 50)), Stack([s_handler, s_start], (0, 25), (1, 25))], 150);

        var differences = DiagnosisAnalyzer.Compare((Load("off", 1000), off), (Load("on", 500), on));

        // Every second has the same shares, so these differ for certain; work is on every stack of both.
        Assert.Equal(s_handler.Name, differences[^1].Name);
        var byName = differences.ToDictionary(difference => difference.Name);
        Assert.Equal(0.3 - 0.1, byName[s_handler.Name].SamplesPerRequest, 12);
        Assert.Equal(0.1, byName[s_start.Name].SamplesPerRequest, 12);
        Assert.Equal(1.0 / 3, byName[s_start.Name].InclusiveRatio!.Low, 9);
        Assert.Equal(-1.0 / 3, byName[s_text.Name].InclusiveRatio!.Ratio, 12);
        Assert.True(byName[s_start.Name].IsTracing && !byName[s_handler.Name].IsTracing);
    }

    [Fact]
    public void An_allocation_site_is_a_type_and_the_method_outside_of_the_core_library()
    {
        var type = new ProfileFrame("System.String", ProfileFrame.AllocatedType);
        var allocation = new StackProfile([Stack([s_handler, s_text, type], (0, 300)), Stack([s_handler, s_start, s_text, type], (1, 100))], 2);

        var arm = DiagnosisAnalyzer.Analyze(Load("on"), Profile(new StackProfile([], 0)) with { Allocation = allocation });

        Assert.Equal([new AllocationSite("System.String", s_handler.Name, false, 300), new AllocationSite("System.String", s_start.Name, true, 100)], arm.AllocationSites);
        Assert.Equal(0.25, arm.Allocation!.Tracing!.Ratio, 12);
    }

    // An object of 24 bytes is sampled 24 times in 102,400 and stands for about 102,400 bytes; one of a megabyte nearly always, for itself.
    [Theory]
    [InlineData(24, 102_411.5, 0.1)]
    [InlineData(102_400, 161_994.0, 1)]
    [InlineData(1_048_576, 1_048_613.4, 1)]
    public void A_sampled_object_stands_for_its_bytes_over_the_chance_to_be_sampled(long bytes, double expected, double tolerance) =>
        Assert.Equal(expected, TraceFile.EstimatedBytes(bytes), tolerance);

    [Theory]
    [InlineData(true, "System.Threading.Monitor.Wait", "System.Threading.ManualResetEventSlim.Wait")]
    [InlineData(true, "System.Threading.LowLevelLifoSemaphore.WaitNative", "System.Threading.LowLevelLifoSemaphore.WaitForSignal")]
    [InlineData(true, "System.Threading.WaitHandle.WaitMultiple", "OpenTelemetry.Internal.BatchExportThreadWorker`1[System.__Canon].ExporterProc")]
    [InlineData(true, "System.Net.Sockets.SocketAsyncEngine.EventLoop", "System.Threading.Thread.StartCallback")]
    [InlineData(true, "Interop+Sys.ReceiveMessage", "System.Net.Sockets.SocketPal.SysReceive", "System.Net.Sockets.SocketPal.TryCompleteReceiveFrom", "System.Net.Sockets.SocketAsyncContext.ReceiveFrom")]
    [InlineData(false, "System.Net.Sockets.SocketPal.TryCompleteSendTo", "System.Net.Sockets.SocketAsyncContext.SendToAsync")]
    [InlineData(false, "System.Net.Sockets.SocketPal.TryCompleteReceive", "System.Net.Sockets.SocketAsyncContext.ReceiveAsync")]
    [InlineData(false, "Microsoft.Data.Sqlite.SqliteDataReader.NextResult", "System.Threading.Monitor.Wait")]
    public void A_thread_in_native_code_waits_where_its_innermost_methods_only_wait(bool waits, params string[] innermostFirst) =>
        Assert.Equal(waits, WaitingFrames.Contain([.. innermostFirst.Select(name => new ProfileFrame(name, "System.Private.CoreLib"))]));

    [Fact]
    public void A_file_that_is_no_trace_is_refused_with_its_name()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "Nettrace? No.");
            Assert.Contains(file, Assert.Throws<InvalidDataException>(() => TraceFile.Read([("target", file)])).Message, StringComparison.Ordinal);
            Assert.False(File.Exists(file + ".etlx"));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static ProfiledStack Stack(ProfileFrame[] frames, params (int Second, double Weight)[] seconds) =>
        new(frames, seconds.ToDictionary(second => second.Second, second => second.Weight));

    private static ArmProfile Profile(StackProfile cpu) => new() { Cpu = cpu, Allocation = new StackProfile([], 0), WaitingSampleCount = 0, RoundCount = 0, LostEventCount = 0 };

    private static DiagnosisLoad Load(string arm, long answered = 100) => new()
    {
        Arm = arm,
        FileStem = arm,
        SampledProcesses = ["target"],
        OtherProcesses = [],
        RatePerSecond = 100,
        Seconds = 2,
        AnsweredCount = answered,
        CpuSeconds = null,
    };
}
