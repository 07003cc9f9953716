using System.CommandLine;
using PerfLab.Reporting;

namespace PerfLab.Cli.Verbs;

/// <summary><c>--trace-ui</c>: where the report's traces can be looked at.</summary>
internal static class TraceUiOption
{
    /// <summary>Creates the option.</summary>
    public static Option<string?> Create() => new("--trace-ui")
    {
        Description = $"Link each shown trace: an address with {TraceUi.Placeholder} for its id, for example http://localhost:16686/trace/{TraceUi.Placeholder}.",
    };

    /// <summary>Reads its value.</summary>
    /// <exception cref="UsageException">It is no address with a place for the id.</exception>
    public static TraceUi? Read(string? template)
    {
        try
        {
            return template is null ? null : TraceUi.Parse(template);
        }
        catch (FormatException error)
        {
            throw new UsageException(error.Message);
        }
    }
}
