using System.Globalization;
using PerfLab.Analysis.Diagnosis;
using PerfLab.Experiments;
using PerfLab.Experiments.Results;
using PerfLab.Reporting.Terminal;
using PerfLab.Reporting.Wording;

namespace PerfLab.Reporting.Diagnosis;

/// <summary>A diagnosis for a reader: the short form in the terminal, and all of it in files.</summary>
/// <param name="run">The name of its folder.</param>
/// <param name="record">What the samples say.</param>
/// <param name="profiles">The stacks of each arm, in the order of the record.</param>
public sealed class DiagnosisReport(string run, DiagnosisRecord record, IReadOnlyList<ArmProfile> profiles)
{
    private const string PageFileName = "flame.html";
    private const int ShortFrames = 5;

    // Native threads use CPU time without samples, and runnable threads wait for a processor.
    private const double MostExcess = 1.5;

    /// <summary>Gets the short form: for each arm the shares of tracing, and the methods with most samples by themselves.</summary>
    public IReadOnlyList<TerminalText> Lines =>
    [
        .. record.Arms.SelectMany(LinesOf),
        .. DifferenceLine() is { } difference ? new[] { difference } : [],
        new("Shares are of sampled managed stacks: they say where, a scenario says how much. Nothing here enters a run.", TerminalStyle.Muted),
    ];

    /// <summary>Writes <c>flame.html</c> and a speedscope file for each arm.</summary>
    /// <param name="folder">The folder of the diagnosis.</param>
    /// <returns>The files.</returns>
    public IReadOnlyList<string> Write(string folder)
    {
        var files = new List<string> { Path.Combine(folder, PageFileName) };
        File.WriteAllText(files[0], DiagnosisPage.Write(run, record, profiles));
        foreach (var (arm, profile) in record.Arms.Zip(profiles))
        {
            files.Add(Path.Combine(folder, $"{arm.Load.FileStem}.speedscope.json"));
            using var file = File.Create(files[^1]);
            SpeedscopeFile.Write(file, $"{record.Scenario}, {arm.Load.Arm}", profile);
        }

        return files;
    }

    /// <summary>Writes a share with its interval.</summary>
    internal static string Share(SampleShare? share) => share is null
        ? "too few samples for a share"
        : $"{QuantityFormat.Percent(share.Ratio)} ({PercentText.Range(share.Low, share.High)})";

    /// <summary>Says what was sampled, and what was left out.</summary>
    internal static string Samples(ArmDiagnosis arm) => string.Create(
        CultureInfo.InvariantCulture,
        $"{DisplayText.Count(arm.Cpu.SampleCount)} samples of running threads in {arm.Load.Seconds:0.0} s at {arm.Load.RatePerSecond:#,0} requests/s, {DisplayText.Count(arm.Load.AnsweredCount)} answered; {DisplayText.Count(arm.WaitingSampleCount)} samples of waiting threads are left out{(arm.LostEventCount > 0 ? $"; {DisplayText.Counted(arm.LostEventCount, "event")} lost" : string.Empty)}{Others(arm.Load)}.");

    /// <summary>Says that threads which wait in native code were taken for running ones; null where the CPU time does not contradict.</summary>
    internal static string? Caution(ArmDiagnosis arm) => arm is { RunningSeconds: { } running, Load.CpuSeconds: { } used } && running > MostExcess * used
        ? string.Create(CultureInfo.InvariantCulture, $"The samples of {arm.Load.Arm} amount to {running:0.0} s of running threads, its CPU time to {used:0.0} s: some threads wait in native code that is not known to wait, and take shares from all others.")
        : null;

    private static string Others(DiagnosisLoad load) => load.OtherProcesses.Count == 0 ? string.Empty : $"; {string.Join(", ", load.OtherProcesses)} {(load.OtherProcesses.Count == 1 ? "is" : "are")} not .NET and not sampled";

    private static IEnumerable<TerminalText> LinesOf(ArmDiagnosis arm)
    {
        yield return new TerminalText(DisplayText.ForTerminal($"{arm.Load.Arm}: tracing has {Share(arm.Cpu.Tracing)} of the CPU samples and {(arm.Allocation is null ? "an unknown share" : Share(arm.Allocation.Tracing))} of the allocated bytes."), TerminalStyle.Strong);
        yield return new TerminalText(DisplayText.ForTerminal(Samples(arm)), TerminalStyle.Muted);
        if (Caution(arm) is { } caution)
        {
            yield return new TerminalText(DisplayText.ForTerminal("! " + caution), TerminalStyle.Doubtful);
        }

        foreach (var frame in arm.Cpu.Frames.OrderByDescending(frame => frame.Self).Take(ShortFrames))
        {
            yield return new TerminalText(DisplayText.ForTerminal($"  {Percent(frame.Self / arm.Cpu.Weight),7}  {FlameGraph.ShortName(frame.Name)}{(frame.IsTracing ? "  (tracing)" : string.Empty)}"));
        }
    }

    private TerminalText? DifferenceLine()
    {
        if (record.Arms is not [{ Cpu.Tracing: { } first }, { Cpu.Tracing: { } second }])
        {
            return null;
        }

        var (value, low, high) = Statistics.DifferenceInterval.Of((first.Ratio, first.Low, first.High), (second.Ratio, second.Low, second.High));
        return new TerminalText(
            DisplayText.ForTerminal(string.Create(CultureInfo.InvariantCulture, $"{record.Arms[1].Load.Arm} less {record.Arms[0].Load.Arm}: {100 * value:+0.0;-0.0;0.0} points of the CPU samples belong to tracing ({100 * low:0.0} to {100 * high:0.0}).")),
            TerminalStyle.Strong);
    }

    private static string Percent(double ratio) => string.Create(CultureInfo.InvariantCulture, $"{100 * ratio:0.0} %");
}
