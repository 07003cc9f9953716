using System.Text.RegularExpressions;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Experiments.Inspections;

/// <summary>How a service is told its port, and its process with that done.</summary>
/// <param name="Kind">The way.</param>
/// <param name="Process">The process; its command or its environment has <c>{port}</c> or <c>{url}</c>.</param>
public sealed record PortHandling(PortHandlingKind Kind, TargetProcess Process)
{
    private const string AspNetCore = "ASPNETCORE_URLS";
    private const string Common = "PORT";
    private const string Spring = "SERVER_PORT";

    // Each is read by one kind of service and ignored by the others.
    private static readonly Dictionary<string, string> s_variables = new(StringComparer.Ordinal)
    {
        [AspNetCore] = "{url}",
        [Common] = "{port}",
        [Spring] = "{port}",
    };

    private static readonly TimeSpan s_matchLimit = TimeSpan.FromSeconds(1);

    /// <summary>Gets the variables that tell the port; empty where the command does.</summary>
    public IReadOnlyList<string> Variables { get; init; } = [];

    /// <summary>Gets the ways to try, the most likely first.</summary>
    /// <param name="service">The service.</param>
    public static IReadOnlyList<PortHandling> CandidatesFor(ServiceDescription service)
    {
        ArgumentNullException.ThrowIfNull(service);
        var process = service.Process;
        if (HasPlaceholder(process))
        {
            return [new PortHandling(PortHandlingKind.Placeholder, process)];
        }

        var candidates = new List<PortHandling>();
        var written = WithPlaceholder(process, service.Port);
        if (HasPlaceholder(written))
        {
            candidates.Add(new PortHandling(PortHandlingKind.WrittenOut, written));
        }

        candidates.Add(ByVariables(process, [.. s_variables.Keys]));
        if (process.IsDotNet)
        {
            candidates.Add(new PortHandling(PortHandlingKind.Argument, process with { Command = [.. process.Command, .. UrlsArgument(process)] }));
        }

        return candidates;
    }

    /// <summary>Gets ways with fewer variables, which may be enough for this runtime, the most likely first; none where no variable is set.</summary>
    /// <param name="service">The service.</param>
    /// <param name="runtime">Its runtime.</param>
    public IReadOnlyList<PortHandling> Simpler(ServiceDescription service, ServiceRuntime runtime)
    {
        ArgumentNullException.ThrowIfNull(service);
        if (Kind != PortHandlingKind.Variable)
        {
            return [];
        }

        string[] likely = runtime switch
        {
            ServiceRuntime.DotNet => [AspNetCore, Common],
            ServiceRuntime.Java => [Spring, Common],
            _ => [Common],
        };
        return [.. likely.Select(name => ByVariables(service.Process, [name]))];
    }

    private static PortHandling ByVariables(TargetProcess process, IReadOnlyList<string> names)
    {
        string[] missing = [.. names.Where(name => !process.Environment.ContainsKey(name))];
        return new PortHandling(
            PortHandlingKind.Variable,
            process with { Environment = new OrderedDictionary<string, string>(process.Environment.Concat(missing.Select(name => KeyValuePair.Create(name, s_variables[name]))), StringComparer.Ordinal) })
        {
            Variables = missing,
        };
    }

    // `dotnet run` takes what stands behind two dashes as arguments of the program, and its launch profile would set the address.
    private static string[] UrlsArgument(TargetProcess process) => process.Command is [_, "run", ..] && !process.Command.Contains("--", StringComparer.Ordinal)
        ? ["--no-launch-profile", "--", "--urls", "{url}"]
        : ["--urls", "{url}"];

    private static bool HasPlaceholder(TargetProcess process) => process.Command.Concat(process.Environment.Values).Any(text =>
        text.Contains("{port}", StringComparison.Ordinal) || text.Contains("{url}", StringComparison.Ordinal));

    private static TargetProcess WithPlaceholder(TargetProcess process, int port)
    {
        var pattern = $"(?<![0-9]){port}(?![0-9])";
        return process with
        {
            Command = [.. process.Command.Select((word, index) => index == 0 ? word : Replace(word))],
            Environment = new OrderedDictionary<string, string>(process.Environment.Select(variable => KeyValuePair.Create(variable.Key, Replace(variable.Value))), StringComparer.Ordinal),
        };

        string Replace(string text) => Regex.Replace(text, pattern, "{port}", RegexOptions.CultureInvariant, s_matchLimit);
    }
}

/// <summary>The ways in which a service is told its port.</summary>
public enum PortHandlingKind
{
    /// <summary>Not found out.</summary>
    Unknown = 0,

    /// <summary>The user wrote the placeholder.</summary>
    Placeholder = 1,

    /// <summary>The port of the user's address stood in the command or in a variable, and the placeholder took its place.</summary>
    WrittenOut = 2,

    /// <summary>By an environment variable.</summary>
    Variable = 3,

    /// <summary>By an argument of ASP.NET Core.</summary>
    Argument = 4,
}
