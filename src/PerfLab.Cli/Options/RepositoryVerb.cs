using System.CommandLine;
using PerfLab.Experiments;

namespace PerfLab.Cli.Options;

/// <summary>Verbs that measure PerfLab itself or its example service, of which an installed tool has neither sources nor programs.</summary>
internal static class RepositoryVerb
{
    /// <summary>What stands in place of such a verb in a tool: it says what it needs, whatever its arguments. In a checkout the verb itself.</summary>
    public static Command Of(Command verb)
    {
        if (!StartCommand.IsTool)
        {
            return verb;
        }

        var told = new Command(verb.Name, verb.Description) { TreatUnmatchedTokensAsErrors = false, Hidden = verb.Hidden };
        told.SetAction((Func<ParseResult, int>)(_ => throw Refusal(verb.Name)));
        return told;
    }

    /// <summary>Says what a command needs that a tool does not have.</summary>
    /// <param name="command">The command.</param>
    /// <param name="otherwise">What works without it, with a blank before it; empty for nothing.</param>
    public static UsageException Refusal(string command, string otherwise = "") =>
        new($"{command} needs PerfLab's repository with its example service: clone it and run ./run.sh {command} there.{otherwise}");
}
