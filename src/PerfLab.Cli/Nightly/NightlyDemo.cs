using PerfLab.Cli.Execution;
using PerfLab.Experiments.Gates;

namespace PerfLab.Cli.Nightly;

/// <summary>Shows the gate at work without building anything: a night with a planted cost, then one without.</summary>
internal static class NightlyDemo
{
    // Ten minutes hold both nights, each with a second look.
    private static readonly TimeSpan s_nightBudget = TimeSpan.FromMinutes(4.5);

    // About a fifth of the CPU time of an order of Shop, and of what it allocates: far beyond the thresholds, so that a few
    // launch sets find it on any machine.
    private static readonly Dictionary<string, string> s_planted = new(StringComparer.Ordinal)
    {
        ["SHOP_HANDICAP_CPU_US"] = "100",
        ["SHOP_HANDICAP_ALLOC_BYTES"] = "4000",
    };

    /// <summary>Runs both nights.</summary>
    /// <returns>0 when the planted cost was blocked and the clean pair was not; else 99.</returns>
    public static async Task<int> RunAsync(NightlyRequest request)
    {
        using var interruption = new Interruption();

        // One arm: the launch sets that it saves are worth more here than a second answer.
        var policy = request.Policy with { Name = request.Policy.Name + "-demo", Arms = [request.Policy.Arms[^1]] };
        var planted = new NightlyRun(policy, request.Results, baseline: null, head: null, s_planted, interruption);
        Console.WriteLine($"First night: {string.Join(", ", s_planted.Select(pair => $"{pair.Key}={pair.Value}"))} is planted into the head.");
        var code = await planted.RunAsync(() => planted.MeasureAsync(null, null, s_nightBudget), new NightFiles(null, null));
        if (code is not (ExitCode.Passed or ExitCode.ThresholdFailed))
        {
            return code;
        }

        var clean = new NightlyRun(policy, request.Results, baseline: null, head: null, new Dictionary<string, string>(), interruption);
        Console.WriteLine();
        Console.WriteLine("Second night: nothing is planted, head and baseline are the same.");
        code = await clean.RunAsync(() => clean.MeasureAsync(null, null, s_nightBudget), request.Files);
        if (code is not (ExitCode.Passed or ExitCode.ThresholdFailed))
        {
            return code;
        }

        var isFound = planted.Result!.Outcome == GateOutcome.Regressed;
        Console.WriteLine();
        Console.WriteLine($"The planted cost {(isFound ? "was found" : "was NOT found")}; the clean pair {(clean.Result!.IsBlocked ? "was BLOCKED" : "was not blocked")}.");
        return isFound && !clean.Result.IsBlocked ? ExitCode.Passed : ExitCode.ThresholdFailed;
    }
}
