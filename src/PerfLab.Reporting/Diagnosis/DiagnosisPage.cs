using System.Globalization;
using PerfLab.Analysis.Diagnosis;
using PerfLab.Experiments;
using PerfLab.Experiments.Results;
using PerfLab.Reporting.Content;
using PerfLab.Reporting.Html;
using PerfLab.Reporting.Wording;

namespace PerfLab.Reporting.Diagnosis;

/// <summary>Writes a diagnosis as one HTML file that needs nothing else: tables, which say everything, and flame graphs.</summary>
internal static class DiagnosisPage
{
    private const int MostRows = 25;

    private static readonly Fact[] s_method =
    [
        new("Samples", "The runtime's own sampler (EventPipe, Microsoft-DotNETCore-SampleProfiler) stops all managed threads about every millisecond and takes their stacks, at places where a thread can be stopped. Native code, the garbage collector and the compiler have no managed stack and are not seen; a system call counts for the method that made it."),
        new("Waiting", "A thread is sampled whether it runs or not. Stacks that end in a wait (wait handles, Monitor.Wait, Thread.Sleep, the idle thread pool, epoll) are left out."),
        new("Tracing", "A stack belongs to tracing if a method of System.Diagnostics.DiagnosticSource (without metrics), OpenTelemetry or another tracing library is on it, with all that this calls; of the service's own code, namespaces called Tracing, Telemetry or OpenTelemetry and types called propagator, sampler, or span processor and exporter count with what they call of .NET's core library. Each stack counts once."),
        new("Intervals", "95 %, from the scatter of the shares of single seconds (ratio estimator, Student's t). Samples of one second depend on each other, so counting them as independent would give too narrow an interval. They say nothing about another start of the process."),
        new("Bytes", "AllocationSampled of .NET 10, one of 102,400 bytes on the average, weighted to be unbiased; before .NET 10 GCAllocationTick, which is coarser."),
        new("Apart from measuring", "Arms were started as in a run, with the probe, one after the other. Sampling slows a service, so this page says where time goes; how much tracing costs is what a run of the scenario says."),
    ];

    /// <summary>Writes the page's text.</summary>
    /// <param name="run">The name of the diagnosis's folder.</param>
    /// <param name="record">What the samples say.</param>
    /// <param name="profiles">The stacks of each arm, in the order of the record.</param>
    public static string Write(string run, DiagnosisRecord record, IReadOnlyList<ArmProfile> profiles) => HtmlPage.Write(
        $"{record.Scenario}: where {string.Join(" and ", record.Arms.Select(arm => arm.Load.Arm))} spend time · PerfLab",
        string.Empty,
        Markup.Empty,
        Markup.Of($"""
            <main>
            <header class="opening">
            <p class="eyebrow"><span>PerfLab</span> <span>scenario <bdi>{record.Scenario}</bdi></span> <span class="run"><bdi>{run}</bdi></span></p>
            <h1>Where do these arms spend CPU time, where do they allocate, and what of it is tracing?</h1>
            {record.Arms.Select(Headline)}
            {record.Arms.Select(arm => Markup.When(DiagnosisReport.Caution(arm), text => Markup.Of($"<p class=\"notice\" role=\"note\"><span class=\"sign\" aria-hidden=\"true\">!</span> {text}</p>")))}
            {HtmlElements.FactList(record.Arms.Select(arm => new Fact(arm.Load.Arm, DiagnosisReport.Samples(arm))), "figures")}
            </header>
            {Difference(record, profiles)}
            {record.Arms.Zip(profiles, Arm)}
            <section aria-labelledby="method">
            <h2 id="method">How this was sampled</h2>
            {HtmlElements.FactList(s_method, "prose")}
            </section>
            </main>
            <footer><p>PerfLab, {record.Started.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC. The speedscope files beside this page open in speedscope.app.</p></footer>
            """),
        FlameGraph.Script);

    private static Markup Headline(ArmDiagnosis arm) => Markup.Of(
        $"<p class=\"headline\"><bdi dir=\"ltr\">{arm.Load.Arm}: tracing has {DiagnosisReport.Share(arm.Cpu.Tracing)} of the CPU samples{(arm.Allocation is { } allocation ? $" and {DiagnosisReport.Share(allocation.Tracing)} of the allocated bytes" : string.Empty)}.</bdi></p>");

    private static Markup Difference(DiagnosisRecord record, IReadOnlyList<ArmProfile> profiles)
    {
        if (record.Arms is not [var first, var second])
        {
            return Markup.Empty;
        }

        var differences = DiagnosisAnalyzer.Compare((first.Load, profiles[0].Cpu), (second.Load, profiles[1].Cpu));
        return Markup.Of($"<div class=\"frames\">{HtmlSections.Write([DifferenceTable(first.Load.Arm, second.Load.Arm, differences)])}</div>");
    }

    private static ReportSection DifferenceTable(string first, string second, IReadOnlyList<FrameDifference> differences) => new(
        "difference",
        $"{second} less {first}",
        "Methods with what they call. A share is of all CPU samples of the arm; its difference stands in percentage points with a 95 % interval for each method by itself. Those come first whose difference is furthest beyond its interval; of many methods one in twenty seems to differ by chance.",
        ["Method", "Tracing", $"{first}, share", $"{second}, share", "difference, points", $"{first}, samples per 1,000 requests", $"{second}, samples per 1,000 requests"],
        [.. differences.Take(MostRows).Select(difference => (IReadOnlyList<string>)
        [
            Name(difference.Name),
            Mark(difference.IsTracing),
            Ratio(difference.First.Inclusive, difference.First.Total),
            Ratio(difference.Second.Inclusive, difference.Second.Total),
            difference.InclusiveRatio is { } ratio ? $"{Points(ratio.Ratio)} ({Points(ratio.Low)} to {Points(ratio.High)})" : string.Empty,
            PerThousand(difference.First.InclusivePerRequest),
            PerThousand(difference.Second.InclusivePerRequest),
        ])])
    {
        WordColumns = [1],
    };

    private static Markup Arm(ArmDiagnosis arm, ArmProfile profile) => Markup.Of($"""
        {Flame($"{arm.Load.Arm}: CPU samples", "Each box is a method, below it what it calls, as wide as its share of the samples. Boxes with a thick edge belong to tracing. Point at a box for its name, click it to see it wider, click the top to see all.", profile.Cpu, weight => DisplayText.Counted((long)weight, "sample"))}
        <div class="frames">{HtmlSections.Write([
            Frames(arm, "self", "by themselves", arm.Cpu.Frames.OrderByDescending(frame => frame.Self)),
            Frames(arm, "inclusive", "with what they call", arm.Cpu.Frames.OrderByDescending(frame => frame.Inclusive)),
            Sites(arm)])}</div>
        {Flame($"{arm.Load.Arm}: allocated bytes", "The same of allocations; at the end of each stack stands the type.", profile.Allocation, Bytes)}
        """);

    private static Markup Flame(string title, string lead, StackProfile profile, Func<double, string> describe) => profile.Weight <= 0
        ? Markup.Of($"<section><h2>{title}</h2><p class=\"lead\">Nothing was sampled.</p></section>")
        : Markup.Of($"""
            <section>
            <h2>{title}</h2>
            <p class="lead">{lead}</p>
            <div class="scroll" role="group" aria-label="Flame graph: {title}" tabindex="0">
            {FlameGraph.Of($"Flame graph of {title}; the tables say the same", profile, describe)}
            </div>
            </section>
            """);

    private static ReportSection Frames(ArmDiagnosis arm, string key, string title, IEnumerable<FrameWeight> frames) => new(
        $"{arm.Load.FileStem.Replace('.', '-')}-{key}",
        $"{arm.Load.Arm}: methods {title}",
        $"Of {DisplayText.Count(arm.Cpu.SampleCount)} samples, the {MostRows} methods with the largest share {title}.",
        ["Method", "Assembly", "Tracing", "by itself", "with what it calls", "samples per 1,000 requests"],
        [.. frames.Take(MostRows).Select(frame => (IReadOnlyList<string>)
        [
            Name(frame.Name),
            frame.Module,
            Mark(frame.IsTracing),
            Ratio(frame.Self, arm.Cpu.Weight),
            Ratio(frame.Inclusive, arm.Cpu.Weight),
            arm.Load.AnsweredCount == 0 ? string.Empty : PerThousand((key == "self" ? frame.Self : frame.Inclusive) / arm.Load.AnsweredCount),
        ])])
    {
        WordColumns = [1, 2],
    };

    private static ReportSection Sites(ArmDiagnosis arm) => new(
        $"{arm.Load.FileStem.Replace('.', '-')}-allocation",
        $"{arm.Load.Arm}: allocation sites",
        arm.Allocation is { } allocation
            ? $"Estimated from {DisplayText.Count(allocation.SampleCount)} samples: type, and the innermost method outside of .NET's core library. Tracing has {DiagnosisReport.Share(allocation.Tracing)} of the bytes."
            : "No allocations were sampled.",
        ["Type", "Method", "Tracing", "share", "bytes per request"],
        [.. arm.AllocationSites.Take(MostRows).Select(site => (IReadOnlyList<string>)
        [
            Name(site.Type),
            Name(site.Method),
            Mark(site.IsTracing),
            Ratio(site.Bytes, arm.Allocation!.Weight),
            arm.Load.AnsweredCount == 0 ? string.Empty : (site.Bytes / arm.Load.AnsweredCount).ToString("#,##0", CultureInfo.InvariantCulture),
        ])])
    {
        WordColumns = [1, 2],
    };

    // Type arguments are most of a name, and seldom what one looks for; the flame graph has them.
    private static string Name(string name) => FlameGraph.WithoutArguments(name);

    private static string Mark(bool isTracing) => isTracing ? "tracing" : string.Empty;

    private static string Ratio(double part, double whole) => whole <= 0 ? string.Empty : (100 * part / whole).ToString("0.0 '%'", CultureInfo.InvariantCulture);

    private static string Points(double ratio) => (100 * ratio).ToString("+0.0;-0.0;0.0", CultureInfo.InvariantCulture);

    private static string PerThousand(double samples) => (1000 * samples).ToString("#,##0.#", CultureInfo.InvariantCulture);

    private static string Bytes(double bytes) => QuantityFormat.For(MetricUnit.Bytes, bytes).WithUnit(bytes);
}
