using System.CommandLine;
using PerfLab.Cli.Options;
using PerfLab.Experiments.RequestFiles;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Cli.Init;

/// <summary>The requests of files that other tools wrote.</summary>
internal static class InitRequestFiles
{
    /// <summary>Gets the name of the option that gives a file, of several the first; null where none does.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="options">Its options.</param>
    public static string? OptionOf(ParseResult parse, InitOptions options) =>
        new[] { options.Curl, options.HttpFile, options.Har, options.OpenApi }.FirstOrDefault(option => parse.GetValue(option) is not null)?.Name;

    /// <summary>Reads the files that are given; what is wrong with them becomes faults.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="options">Its options.</param>
    /// <param name="service">Where the service is reached.</param>
    /// <param name="faults">Receives the faults.</param>
    /// <returns>Their requests; empty where no file is given.</returns>
    public static IReadOnlyList<RequestDefinition> Read(ParseResult parse, InitOptions options, Uri service, UsageFaults faults)
    {
        var files = new (Option<string?> Option, Func<string, IReadOnlyList<RequestDefinition>> Read)[]
        {
            (options.Curl, text => CurlFile.Read(text, Environment.GetEnvironmentVariable)),
            (options.HttpFile, HttpFile.Read),
            (options.Har, text => ReadHar(text, service)),
            (options.OpenApi, ReadOpenApi),
        };
        var given = files.Where(file => parse.GetValue(file.Option) is not null).ToArray();
        faults.Unless(given.Length < 2, $"Requests are given by several files ({string.Join(", ", given.Select(file => file.Option.Name))}). Leave all but one out.");
        return given.Length == 1 ? Read(parse.GetValue(given[0].Option)!, given[0].Option.Name, given[0].Read, faults) : [];
    }

    private static IReadOnlyList<RequestDefinition> Read(string file, string option, Func<string, IReadOnlyList<RequestDefinition>> read, UsageFaults faults)
    {
        try
        {
            var text = File.ReadAllText(file);
            return faults.Read(() => read(text), [], $"'{file}' ({option}): ");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            faults.Unless(false, $"'{file}' cannot be read: {error.Message} ({option}). Name a file that you may read.");
            return [];
        }
    }

    private static IReadOnlyList<RequestDefinition> ReadHar(string text, Uri service)
    {
        var (requests, otherHost) = HarFile.Read(text, service);
        if (otherHost is not null)
        {
            Console.WriteLine($"No request went to {service.Authority}; those to {otherHost} are used, which was called most.");
        }

        return requests;
    }

    private static IReadOnlyList<RequestDefinition> ReadOpenApi(string text)
    {
        var (requests, leftOut) = OpenApiDocument.Read(text);
        if (leftOut.Count > 0)
        {
            Console.WriteLine($"Left out: {string.Join(", ", leftOut)}.");
        }

        return requests;
    }
}
