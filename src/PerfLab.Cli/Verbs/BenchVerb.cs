using System.CommandLine;
using PerfLab.Cli.Verbs.Benches;

namespace PerfLab.Cli.Verbs;

/// <summary><c>bench</c>: measures PerfLab itself.</summary>
internal static class BenchVerb
{
    /// <summary>Creates the command.</summary>
    public static Command Create() => new("bench", "Measure PerfLab itself: the load engine and the collector.")
    {
        LoadBenchVerb.Create(),
        CollectorBenchVerb.Create(),
        BaselineBenchVerb.Create(),
        ProbeBenchVerb.Create(),
        NullServerVerb.Create(),
        ReceiverVerb.Create(),
    };
}
