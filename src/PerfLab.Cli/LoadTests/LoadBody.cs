using System.CommandLine;
using System.Text;
using PerfLab.Cli.Options;
using PerfLab.Load.Workloads;

namespace PerfLab.Cli.LoadTests;

/// <summary>The body of <c>load</c>'s request and its media type.</summary>
/// <param name="Body">The bytes, and what braces in them mean; null for no body.</param>
/// <param name="ContentType">The media type of the option or of the file's ending; null when nothing says it.</param>
internal sealed record LoadBody(RequestBody? Body, string? ContentType)
{
    private static readonly Dictionary<string, string> TypeOfEnding = new(StringComparer.OrdinalIgnoreCase)
    {
        [".json"] = "application/json",
        [".ndjson"] = "application/x-ndjson",
        [".xml"] = "application/xml",
        [".txt"] = "text/plain; charset=utf-8",
        [".csv"] = "text/csv",
        [".html"] = "text/html",
        [".pb"] = "application/x-protobuf",
        [".bin"] = "application/octet-stream",
        [".gz"] = "application/gzip",
        [".zip"] = "application/zip",
        [".pdf"] = "application/pdf",
        [".png"] = "image/png",
        [".jpg"] = "image/jpeg",
        [".jpeg"] = "image/jpeg",
    };

    /// <summary>Reads the options; what is wrong with them becomes faults.</summary>
    public static LoadBody Read(ParseResult parse, LoadOptions options, UsageFaults faults)
    {
        var (text, file, type) = (parse.GetValue(options.Body), parse.GetValue(options.BodyFile), parse.GetValue(options.ContentType));
        faults.Unless(text is null || file is null, "Two bodies are given (--body, --body-file). Leave one of them out.");
        faults.Unless(type is null || text is not null || file is not null, $"'{type}' is the type of no body (--content-type). Add --body or --body-file.");
        var isRaw = parse.GetValue(options.BodyRaw);
        if (text is not null)
        {
            return new LoadBody(new RequestBody(Encoding.UTF8.GetBytes(text), isRaw ? PlaceholderRule.None : PlaceholderRule.Strict), type);
        }

        if (file is null || ReadFile(file, faults) is not { } bytes)
        {
            return new LoadBody(null, type);
        }

        // What is no text in UTF-8 has no placeholders, whatever its bytes look like.
        var isText = System.Text.Unicode.Utf8.IsValid(bytes);
        return new LoadBody(
            new RequestBody(bytes, isRaw || !isText ? PlaceholderRule.None : PlaceholderRule.WellFormed),
            type ?? TypeOfEnding.GetValueOrDefault(Path.GetExtension(file)));
    }

    private static byte[]? ReadFile(string file, UsageFaults faults)
    {
        try
        {
            return File.ReadAllBytes(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            faults.Unless(
                false,
                File.Exists(file) || Directory.Exists(file)
                    ? $"'{file}' cannot be read: {error.Message} (--body-file). Name a file that you may read."
                    : $"'{file}' does not exist (--body-file). Name a file with the body.");
            return null;
        }
    }
}
