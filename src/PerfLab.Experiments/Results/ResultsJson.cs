using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using PerfLab.Experiments.Secrets;

namespace PerfLab.Experiments.Results;

/// <summary>The one way in which PerfLab writes and reads JSON: snake case, indented, LF, no byte order mark.</summary>
public static class ResultsJson
{
    /// <summary>Gets the options: snake-case names and enum values, required members enforced, unknown members refused.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    private static readonly JsonSerializerOptions s_lineOptions = new(Options) { WriteIndented = false, UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip };

    /// <summary>Serializes a value with a line feed at its end.</summary>
    public static string Serialize<T>(T value) => JsonSerializer.Serialize(value, Options) + "\n";

    /// <summary>Deserializes a value.</summary>
    /// <exception cref="JsonException">The text is not JSON of this shape.</exception>
    public static T Deserialize<T>(string json) =>
        JsonSerializer.Deserialize<T>(json, Options) ?? throw new JsonException($"The text is null where a {typeof(T).Name} was expected.");

    /// <summary>Serializes a value into one line with a line feed at its end.</summary>
    public static string SerializeLine<T>(T value) => JsonSerializer.Serialize(value, s_lineOptions) + "\n";

    /// <summary>Deserializes a line that a later program may have given further members; those are ignored.</summary>
    /// <exception cref="JsonException">The text is not JSON of this shape.</exception>
    public static T DeserializeLine<T>(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize<T>(json, s_lineOptions) ?? throw new JsonException($"The text is null where a {typeof(T).Name} was expected.");

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            WriteIndented = true,
            NewLine = "\n",
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        options.Converters.Add(new SecretlessTextConverter());
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower));
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}

/// <summary>JSON files on disk: written completely or not at all, read with a message that says what is wrong.</summary>
internal static class AtomicJsonFile
{
    private const string VersionMember = "format_version";

    /// <summary>Writes a file beside its place and moves it there when all of it is on the disk, where <see cref="NamedOutput"/> can.</summary>
    public static void Write<T>(string path, T value) => NamedOutput.Write(path, Encoding.UTF8.GetBytes(ResultsJson.Serialize(value)), isPrivate: true);

    /// <summary>Reads a file; a version of null takes any.</summary>
    public static T Read<T>(string path, int? formatVersion)
    {
        try
        {
            var json = File.ReadAllText(path);
            if (formatVersion is { } expected)
            {
                CheckVersion(path, json, expected);
            }

            return ResultsJson.Deserialize<T>(json);
        }
        catch (Exception error) when (error is JsonException or FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InvalidDataException(
                $"{path}: not a readable {typeof(T).Name}: {error.Message} Name a folder that `{StartCommand.Name} scenario` wrote with this version.",
                error);
        }
    }

    // Before the shape is looked at: a file of another version may have another shape, and the version is the reason.
    private static void CheckVersion(string path, string json, int expected)
    {
        using var document = JsonDocument.Parse(json);
        if (document.RootElement.ValueKind is not JsonValueKind.Object
            || !document.RootElement.TryGetProperty(VersionMember, out var member)
            || member.ValueKind is not JsonValueKind.Number
            || !member.TryGetInt32(out var actual))
        {
            throw new InvalidDataException($"{path}: it has no {VersionMember}, so PerfLab did not write it. Name a folder that `{StartCommand.Name} scenario` wrote.");
        }

        if (actual != expected)
        {
            throw new InvalidDataException($"{path}: its format is version {actual}, and this PerfLab reads version {expected}. Use the PerfLab that wrote it (manifest.json names its version and commit), or run the scenario again.");
        }
    }
}
