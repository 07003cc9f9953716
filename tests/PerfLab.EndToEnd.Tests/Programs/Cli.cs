namespace PerfLab.EndToEnd.Tests.Programs;

/// <summary>The built command-line program, started as <c>run.sh</c> starts it.</summary>
public static class Cli
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Gets what starts the program in half the time: it compiles everything at full optimization, for the sake of what it measures.
    /// For verbs that measure nothing, and for runs whose numbers do not matter.
    /// </summary>
    public static IReadOnlyDictionary<string, string?> Quickly { get; } = new Dictionary<string, string?> { ["DOTNET_TC_QuickJit"] = "1" };

    /// <summary>Runs a verb that is soon done.</summary>
    public static Task<ProgramResult> RunAsync(params string[] arguments) => RunningProgram.RunAsync(
        Checkout.Root,
        Environment.ProcessPath!,
        [Checkout.CommandLineProgram, .. arguments],
        Limit,
        arguments is ["bench" or "capacity" or "load" or "noise" or "scenario", ..] ? null : Quickly);

    /// <summary>Runs a verb that measures nothing with further variables.</summary>
    public static Task<ProgramResult> RunWithAsync(IReadOnlyDictionary<string, string?> environment, params string[] arguments) => RunningProgram.RunAsync(
        Checkout.Root, Environment.ProcessPath!, [Checkout.CommandLineProgram, .. arguments], Limit, environment.Concat(Quickly).ToDictionary());

    /// <summary>The verbs that the help lists.</summary>
    public static async Task<IReadOnlyList<string>> VerbsAsync()
    {
        var help = await RunAsync("--help");
        return [.. help.Output.Split('\n')
            .SkipWhile(line => !line.StartsWith("Commands:", StringComparison.Ordinal))
            .Skip(1)
            .Where(line => line.StartsWith("  ", StringComparison.Ordinal) && line[2] != ' ')
            .Select(line => line.Trim().Split(' ')[0])];
    }
}
