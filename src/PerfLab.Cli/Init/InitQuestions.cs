using PerfLab.Cli.Options;
using Spectre.Console;

namespace PerfLab.Cli.Init;

/// <summary>Asks for what must be known and is not given, where somebody sits at a terminal.</summary>
internal static class InitQuestions
{
    private const string CommandQuestion = "How is the service started (in this folder)?";
    private const string UrlQuestion = "At which address does it tell that it is ready?";

    private static bool CanAsk => !Console.IsInputRedirected && AnsiConsole.Profile.Out.IsTerminal && AnsiConsole.Profile.Capabilities.Interactive;

    /// <summary>Gets command and address: as given, else as answered.</summary>
    /// <param name="command">As given; null where it is not.</param>
    /// <param name="url">As given; null where it is not.</param>
    /// <param name="faults">Receives what is missing where nobody can be asked.</param>
    public static (string? Command, string? Url) Complete(string? command, string? url, UsageFaults faults)
    {
        if (CanAsk)
        {
            return (command ?? Ask(CommandQuestion, "dotnet out/MyApi.dll"), url ?? Ask(UrlQuestion, "http://127.0.0.1:5000/health"));
        }

        faults.Unless(command is not null, "The command of the service is missing (--command). Give it as typed in a shell, for example --command \"dotnet out/MyApi.dll\".");
        faults.Unless(url is not null, "The address of the service is missing (--url). Give one that answers 2xx when it is ready, for example --url http://127.0.0.1:5000/health.");
        return (command, url);
    }

    private static string Ask(string question, string example) => AnsiConsole.Prompt(
        new TextPrompt<string>($"{question} [grey]for example {Markup.Escape(example)}[/]{Environment.NewLine}"));
}
